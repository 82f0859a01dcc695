import type { AnimationName, SpriteRecipe } from '@sparkle/pixel/recipe'
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
import { PixelEditor } from './pixel-editor.tsx'
import { useHeldKey } from './use-held-key.ts'
import type { Preview } from './use-preview.ts'
import type { RecipeEditing } from './use-recipe.ts'

interface SpriteResultProps {
  name: string
  editing: Pick<RecipeEditing, 'recipe' | 'change' | 'onSettle'>
  preview: Preview
}

const views = ['play', 'pixels'] as const
type View = (typeof views)[number]

/** The sprite: at play on the game's ground, or pixel by pixel. */
export function SpriteResult({ name, editing, preview: { render, cutPhoto } }: SpriteResultProps) {
  const t = useTranslations('sprites')
  const { recipe } = editing
  const [view, setView] = useState<View>('play')
  const sheet = useMemo(() => toCanvas(render.sheet), [render])
  const empty = render.palette.length === 0
  return (
    <section aria-label={t('result')} className="flex flex-col gap-2.5">
      <SegmentedControl<View>
        label={t('view.label')}
        value={view}
        onValueChange={setView}
        options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
        className="self-start"
      />
      {empty && <Notice tone="warn">{t('emptyCut')}</Notice>}
      {view === 'pixels' && !empty ? (
        <PixelEditor {...editing} render={render} sheet={sheet} />
      ) : (
        <AtPlay name={name} recipe={recipe} render={render} sheet={sheet} cutPhoto={cutPhoto} />
      )}
      {view === 'play' && (
        <p className="text-small text-muted tabular-nums">
          {t('facts', {
            width: render.still.width,
            height: render.still.height,
            colors: render.palette.length,
            frames: render.meta.frames.length,
          })}
        </p>
      )}
    </section>
  )
}

interface AtPlayProps extends Pick<Preview, 'render' | 'cutPhoto'> {
  name: string
  recipe: SpriteRecipe
  sheet: HTMLCanvasElement
}

const scenes: readonly StageScene[] = ['garden', 'seaside', 'snow', 'space']
const isScene = (value: string): value is StageScene => isStageScene(value)

/** On the game's ground; holding `b` shows the photo it was made from. */
function AtPlay({ name, recipe, render, sheet, cutPhoto }: AtPlayProps) {
  const t = useTranslations('sprites')
  const [wanted, setWanted] = useState<AnimationName | 'still'>('idle')
  const [scene, setScene] = useStored<StageScene>('sprite-scene', 'garden', isScene)
  const [pressed, setPressed] = useState(false)
  const before = useHeldKey('b') || pressed
  const animation = wanted === 'still' || recipe.animations.includes(wanted) ? wanted : 'still'
  const frames = useMemo(() => framesOfTag(render.meta, animation), [render, animation])
  return (
    <>
      <div className="relative min-h-0">
        <SpriteStage
          sheet={render.palette.length === 0 ? null : sheet}
          frames={frames}
          scene={scene}
          label={t('resultLabel', { name, animation: t(`animation.${animation}`) })}
          ratio={1.2}
          className="max-h-[30dvh] object-cover md:max-h-[calc(100dvh-560px)] md:min-h-44"
        />
        {before && <BeforePicture cutPhoto={cutPhoto} />}
      </div>
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
        <Select<StageScene>
          aria-label={t('scene')}
          value={scene}
          onValueChange={setScene}
          options={scenes.map((value) => ({ value, label: t(`scenes.${value}`) }))}
          className="w-30! shrink-0"
        />
      </div>
    </>
  )
}

/** What is cut out of the photo, before it is made small. */
function BeforePicture({ cutPhoto }: Pick<Preview, 'cutPhoto'>) {
  const t = useTranslations('sprites')
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return
      const cut = cutPhoto()
      if (!cut) return
      canvas.width = cut.width
      canvas.height = cut.height
      canvas.getContext('2d')?.drawImage(toCanvas(cut), 0, 0)
    },
    [cutPhoto],
  )
  return (
    <div className="checkered absolute inset-0 rounded-box border border-line p-3">
      <canvas ref={draw} role="img" aria-label={t('before')} className="size-full object-contain" />
    </div>
  )
}
