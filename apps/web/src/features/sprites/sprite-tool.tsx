import type { Image } from '@sparkle/pixel/image'
import type { MaskStep, SpriteRecipe } from '@sparkle/pixel/recipe'
import { ChevronLeft, Redo2, Undo2, WandSparkles } from 'lucide-react'
import { useState, type CSSProperties } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { notify } from '../../components/toast.tsx'
import { useAction } from '../../lib/actions.tsx'
import { firstRecipe } from './first-recipe.ts'
import { addStep, firstModes, type MarkMode, type MarkTool } from './mask-steps.ts'
import { isMarkTool, PhotoCanvas, type PhotoTool } from './photo-canvas.tsx'
import { ellipseFor, PhotoTools } from './photo-tools.tsx'
import { SavedSprite } from './saved-sprite.tsx'
import { wholePhoto } from './shapes.ts'
import { SpriteControls } from './sprite-controls.tsx'
import { SpriteResult } from './sprite-result.tsx'
import { SwapPhoto } from './swap-photo.tsx'
import { useDraft, useFirstDraft } from './use-draft.ts'
import type { MarkSettings } from './use-marking.ts'
import { usePreview } from './use-preview.ts'
import { useRecipe, type RecipeEditing } from './use-recipe.ts'
import { useSaveSprite } from './use-save-sprite.ts'

interface SpriteToolProps {
  photo: { id: string; projectId: string; filename: string }
  /** The signed link of the work image, and its pixels. */
  workUrl: string
  work: Image
  /** The sprite that is worked on; without one a new sprite is made. */
  sprite: { id: string; filename: string } | null
  /** Its recipe, or one that is tried on another photo. */
  recipe: SpriteRecipe | null
  /** The recipe comes from another photo: a draft on this one is not asked. */
  swapped: boolean
  backTo: string
}

const firstSettings = { radius: 0.03, tolerance: 14, contiguous: true }

/** Turns a photo into game art. What is shown is what the server will draw: both run the same code on the same pixels. */
export function SpriteTool({ photo, workUrl, work, sprite, recipe: first, swapped, backTo }: SpriteToolProps) {
  const t = useTranslations('sprites')
  const from = sprite?.id ?? null
  const kept = useFirstDraft(photo.id, from)
  const draft = swapped ? null : kept
  const [opened] = useState(() => first ?? firstRecipe)
  const [settled, setSettled] = useState(opened)
  const editing = useRecipe(draft ?? opened)
  const { recipe, change, onSettle } = editing
  useDraft(photo.id, from, recipe, settled)
  const preview = usePreview(work, recipe)
  const saving = useSaveSprite(photo.id, sprite)
  const [tool, setTool] = useState<PhotoTool>('guess')
  const [modes, setModes] = useState<Record<MarkTool, MarkMode>>(firstModes)
  const [own, setOwn] = useState(firstSettings)
  const settings: MarkSettings = { ...own, mode: isMarkTool(tool) ? modes[tool] : 'add' }
  const empty = preview.render.palette.length === 0
  const save = (as: 'version' | 'new') => {
    if (saving.isPending || empty) return
    saving.save(recipe, preview.sheetOf(recipe), as, () => setSettled(recipe))
  }
  useAction({
    id: 'sprite-save',
    label: t('save'),
    group: 'page',
    keys: 'mod+s',
    icon: WandSparkles,
    run: () => save('version'),
  })

  const onStep = (step: MaskStep) => {
    const steps = addStep(recipe.steps, step)
    if (!steps) notify(t('tools.full'), { tone: 'bad' })
    else if (step.mode === 'replace') change({ steps, mask: undefined })
    else change({ steps })
  }
  const pickTool = (next: PhotoTool) => {
    setTool(next)
    if (next === 'ellipse') ellipseFor(editing)
  }
  const onSettings = ({ mode, ...rest }: Partial<MarkSettings>) => {
    setOwn({ ...own, ...rest })
    if (mode && isMarkTool(tool)) setModes({ ...modes, [tool]: mode })
  }
  return (
    <div data-page="full" className="flex flex-col md:h-[calc(100dvh-56px)]">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
        <Link to={backTo} aria-label={t('back')} className="rounded-box p-1.5 text-muted hover:bg-hover hover:text-ink">
          <ChevronLeft aria-hidden="true" className="size-5" />
        </Link>
        <h1 className="min-w-0 grow basis-40 truncate text-large font-strong">
          {t('title', { name: photo.filename })}
        </h1>
        <SwapPhoto photo={photo} from={from} recipe={recipe} />
        <UndoButtons editing={editing} />
        {sprite && (
          <Button disabled={empty || saving.isPending} onClick={() => save('new')}>
            {t('saveNew')}
          </Button>
        )}
        <Button
          look="primary"
          icon={<WandSparkles />}
          pending={saving.isPending}
          disabled={empty}
          title={sprite ? t('saveVersion', { name: sprite.filename }) : undefined}
          onClick={() => save('version')}
          className="max-sm:w-full"
        >
          {saving.isPending ? t('saving') : t('save')}
        </Button>
      </header>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] gap-4 p-4 pb-24 md:grid-cols-[minmax(0,1fr)_minmax(280px,40%)] md:grid-rows-[minmax(0,1fr)_auto] md:pb-4">
        <section aria-label={t('photo')} className="order-2 flex min-h-0 flex-col gap-2.5 md:order-1">
          <PhotoTools
            tool={tool}
            onPick={pickTool}
            settings={settings}
            onSettings={onSettings}
            onGuess={() => onStep({ kind: 'guess', mode: settings.mode, box: recipe.crop ?? wholePhoto })}
            editing={editing}
          />
          <div
            className="relative min-h-0 grow overflow-hidden rounded-box bg-sunken max-md:aspect-(--photo)"
            style={{ '--photo': `${work.width} / ${work.height}` } as CSSProperties}
          >
            <PhotoCanvas
              photo={{ url: workUrl, width: work.width, height: work.height }}
              tool={tool}
              settings={settings}
              kept={preview.kept}
              recipe={recipe}
              change={change}
              onSettle={onSettle}
              onStep={onStep}
            />
          </div>
          <p id="photo-tool-hint" className="text-small text-muted">
            {t(`tools.${tool}Hint`)}
          </p>
        </section>
        <div className="order-1 -mx-4 -mt-4 flex min-h-0 flex-col gap-3 border-b border-line bg-canvas p-4 pb-3 md:order-2 md:m-0 md:overflow-y-auto md:border-0 md:p-0">
          {draft && settled === opened && (
            <Notice
              tone="info"
              action={
                <Button look="quiet" size="small" onClick={() => change(opened)}>
                  {t('draft.startOver')}
                </Button>
              }
            >
              {t('draft.restored')}
            </Notice>
          )}
          <SpriteResult name={photo.filename} editing={editing} preview={preview} />
          {saving.saved && (
            <SavedSprite key={`${saving.saved.spriteId} ${saving.saved.revision}`} {...saving.saved} backTo={backTo} />
          )}
        </div>
        <div className="order-3 border-line md:col-span-2 md:border-t md:pt-4">
          <SpriteControls
            projectId={photo.projectId}
            recipe={recipe}
            change={change}
            onSettle={onSettle}
            palette={preview.render.palette}
          />
        </div>
      </div>
    </div>
  )
}

function UndoButtons({ editing }: { editing: RecipeEditing }) {
  const t = useTranslations('sprites')
  return (
    <div className="flex">
      <IconButton label={t('undo')} keys="mod+z" icon={<Undo2 />} disabled={!editing.canUndo} onClick={editing.undo} />
      <IconButton label={t('redo')} keys="mod+y" icon={<Redo2 />} disabled={!editing.canRedo} onClick={editing.redo} />
    </div>
  )
}
