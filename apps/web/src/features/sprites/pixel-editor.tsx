import type { PixelEdits } from '@sparkle/pixel/recipe'
import type { SpriteRender } from '@sparkle/pixel/render'
import { Eraser, Layers, Pencil, Pipette, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { FrameStrip } from './frame-strip.tsx'
import { bodyFrame, paintPixels } from './pixel-edits.ts'
import { PixelGrid } from './pixel-grid.tsx'
import type { RecipeEditing } from './use-recipe.ts'

interface PixelEditorProps extends Pick<RecipeEditing, 'recipe' | 'change' | 'onSettle'> {
  render: SpriteRender
  sheet: HTMLCanvasElement
}

const pens = ['pencil', 'eraser', 'picker'] as const
type Pen = (typeof pens)[number]
const icons = {
  pencil: <Pencil aria-hidden="true" />,
  eraser: <Eraser aria-hidden="true" />,
  picker: <Pipette aria-hidden="true" />,
}

/** The sprite pixel by pixel. Corrections are a layer of the recipe: a new crop or palette keeps them. */
export function PixelEditor({ render, sheet, recipe, change, onSettle }: PixelEditorProps) {
  const t = useTranslations('sprites.pixels')
  const [wanted, setChosen] = useState(0)
  const [pen, setPen] = useState<Pen>('pencil')
  const [picked, setColor] = useState<string | null>(null)
  const [onion, setOnion] = useState(false)
  const { frames } = render.meta
  const chosen = Math.min(wanted, frames.length - 1)
  const frame = frames[chosen]
  const color = picked !== null && render.palette.includes(picked) ? picked : (render.palette[0] ?? '#000000')
  const count = recipe.edits?.pixels.length ?? 0
  if (!frame) return null

  const paint = (pixels: readonly (readonly [number, number])[], ink: string | null) => {
    const stroke = { frame: frame.filename, pixels, color: ink }
    const edits = paintPixels(recipe.edits, stroke, render, recipe.mirrored)
    if (!edits) {
      notify(t('full'), { tone: 'bad' })
      return
    }
    // The pen may move twice before the page is drawn anew: each move goes on from what the one before has left.
    const goOn = (before: PixelEdits | undefined) =>
      before === recipe.edits ? edits : (paintPixels(before, stroke, render, recipe.mirrored) ?? before)
    change((now) => ({ edits: goOn(now.edits) }), 'pixels')
  }
  const stepColor = (by: number) => {
    const { palette } = render
    setColor(palette[(palette.indexOf(color) + by + palette.length) % palette.length] ?? color)
  }
  return (
    <div className="flex shrink-0 flex-col gap-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl<Pen>
          label={t('pen.label')}
          value={pen}
          onValueChange={setPen}
          iconsOnly
          options={pens.map((value) => ({ value, label: t(`pen.${value}`), icon: icons[value] }))}
        />
        <Button
          size="small"
          icon={<Layers />}
          aria-pressed={onion}
          onClick={() => setOnion(!onion)}
          className={cn('min-h-8.5! pointer-coarse:min-h-11!', onion && 'bg-accent-soft!')}
        >
          {t('onion')}
        </Button>
        {count > 0 && (
          <Button look="quiet" size="small" icon={<RotateCcw />} onClick={() => change({ edits: undefined })}>
            {t('reset', { count })}
          </Button>
        )}
      </div>
      <PixelGrid
        sheet={sheet}
        frame={frame.frame}
        ghosts={onion ? neighbours(render, chosen) : []}
        ink={pen === 'eraser' ? null : color}
        onPaint={pen === 'picker' ? undefined : paint}
        onPick={(found) => {
          setColor(found)
          setPen('pencil')
        }}
        onStepColor={stepColor}
        onSettle={onSettle}
      />
      <ul aria-label={t('colors')} className="flex flex-wrap gap-1 p-1">
        {render.palette.map((one) => (
          <li key={one}>
            <button
              type="button"
              aria-label={t('color', { color: one })}
              aria-pressed={one === color}
              title={one}
              onClick={() => {
                setColor(one)
                setPen('pencil')
              }}
              className={cn(
                'block size-6 rounded-[4px] border border-line pointer-coarse:size-9',
                one === color && 'ring-2 ring-accent ring-offset-2 ring-offset-canvas',
              )}
              style={{ background: one }}
            />
          </li>
        ))}
      </ul>
      <FrameStrip render={render} sheet={sheet} chosen={chosen} onChoose={setChosen} />
      <p className="text-small text-muted">{frame.filename === bodyFrame ? t('bodyHint') : t('frameHint')}</p>
    </div>
  )
}

/** The frames before and after one of the same movement, going round. */
function neighbours({ meta: { frames, meta } }: SpriteRender, chosen: number) {
  const tag = meta.frameTags.find(({ from, to }) => from <= chosen && chosen <= to)
  if (!tag || tag.from === tag.to) return []
  const [count, at] = [tag.to - tag.from + 1, chosen - tag.from]
  const before = frames[tag.from + ((at + count - 1) % count)]
  const after = frames[tag.from + ((at + 1) % count)]
  return before && after ? [before.frame, after.frame] : []
}
