import type { Image } from '@sparkle/pixel/image'
import type { AnimationName, SpriteRecipe } from '@sparkle/pixel/recipe'
import { createRenderer, type SpriteRender } from '@sparkle/pixel/render'
import { Eye } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { isStageScene, SpriteStage, type StageScene } from '../../components/sprite-stage.tsx'
import { framesOfTag, toCanvas } from '../../lib/sprite-frames.ts'
import { useStored } from '../../lib/stored.ts'
import { useHeldKey } from './use-held-key.ts'

interface SpriteResultProps {
  name: string
  work: Image
  recipe: SpriteRecipe
  render: SpriteRender
}

const scenes: readonly StageScene[] = ['garden', 'seaside', 'snow', 'space']
const isScene = (value: string): value is StageScene => isStageScene(value)

/** The sprite at play on the game's ground; holding `b` shows the photo it was made from. */
export function SpriteResult({ name, work, recipe, render }: SpriteResultProps) {
  const t = useTranslations('sprites')
  const [wanted, setWanted] = useState<AnimationName | 'still'>('idle')
  const [scene, setScene] = useStored<StageScene>('sprite-scene', 'garden', isScene)
  const [pressed, setPressed] = useState(false)
  const before = useHeldKey('b') || pressed
  const animation = wanted === 'still' || recipe.animations.includes(wanted) ? wanted : 'still'
  const sheet = useMemo(() => toCanvas(render.sheet), [render])
  const frames = useMemo(() => framesOfTag(render.meta, animation), [render, animation])
  const empty = render.palette.length === 0

  return (
    <section aria-label={t('result')} className="flex min-h-0 flex-col gap-2.5">
      <div className="relative min-h-0">
        <SpriteStage
          sheet={empty ? null : sheet}
          frames={frames}
          scene={scene}
          label={t('resultLabel', { name, animation: t(`animation.${animation}`) })}
          ratio={1.2}
          className="max-h-[30dvh] object-cover md:max-h-[46dvh]"
        />
        {before && <BeforePicture work={work} recipe={recipe} />}
      </div>
      {empty && <Notice tone="warn">{t('emptyCut')}</Notice>}
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl<AnimationName | 'still'>
          label={t('animation.label')}
          value={animation}
          onValueChange={setWanted}
          options={(['still', ...recipe.animations] as const).map((value) => ({
            value,
            label: t(`animation.${value}`),
          }))}
        />
        <Button
          size="small"
          icon={<Eye />}
          title={t('compare')}
          aria-pressed={before}
          onPointerDown={() => setPressed(true)}
          onPointerUp={() => setPressed(false)}
          onPointerLeave={() => setPressed(false)}
          onKeyDown={(event) => event.key === ' ' && setPressed(true)}
          onKeyUp={() => setPressed(false)}
          onBlur={() => setPressed(false)}
          className="min-h-8.5! pointer-coarse:min-h-11!"
        >
          {t('compareShort')}
        </Button>
      </div>
      <div className="flex items-center justify-between gap-3">
        <p className="text-small text-muted tabular-nums">
          {t('facts', {
            width: render.still.width,
            height: render.still.height,
            colors: render.palette.length,
            frames: render.meta.frames.length,
          })}
        </p>
        <Select<StageScene>
          aria-label={t('scene')}
          value={scene}
          onValueChange={setScene}
          options={scenes.map((value) => ({ value, label: t(`scenes.${value}`) }))}
          className="w-30! shrink-0"
        />
      </div>
    </section>
  )
}

/** What is cut out of the photo, before it is made small. */
function BeforePicture({ work, recipe }: { work: Image; recipe: SpriteRecipe }) {
  const t = useTranslations('sprites')
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return
      const cut = createRenderer(work).cutPhoto(recipe)
      if (!cut) return
      canvas.width = cut.width
      canvas.height = cut.height
      canvas.getContext('2d')?.drawImage(toCanvas(cut), 0, 0)
    },
    [work, recipe],
  )
  return (
    <div className="checkered absolute inset-0 rounded-box border border-line p-3">
      <canvas ref={draw} role="img" aria-label={t('before')} className="size-full object-contain" />
    </div>
  )
}
