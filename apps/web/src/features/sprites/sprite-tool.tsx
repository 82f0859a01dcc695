import type { Image } from '@sparkle/pixel/image'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import { ChevronLeft, Crop, Lasso, Redo2, RotateCcw, Undo2, WandSparkles } from 'lucide-react'
import { useState, type CSSProperties } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { useAction } from '../../lib/actions.tsx'
import { useCreateSprite } from './api.ts'
import { EllipseIcon } from './ellipse-icon.tsx'
import { PhotoCanvas, photoTools, type PhotoTool } from './photo-canvas.tsx'
import { SavedSprite } from './saved-sprite.tsx'
import { boxOf, ellipseIn } from './shapes.ts'
import { SpriteControls } from './sprite-controls.tsx'
import { SpriteResult } from './sprite-result.tsx'
import { firstRecipe } from './first-recipe.ts'
import { usePreview } from './use-preview.ts'
import { useRecipe, type RecipeEditing } from './use-recipe.ts'

interface SpriteToolProps {
  photo: { id: string; filename: string }
  /** The signed link of the work image, and its pixels. */
  workUrl: string
  work: Image
  /** An earlier sprite's recipe to go on from. */
  recipe: SpriteRecipe | null
  backTo: string
}

/** Turns a photo into game art. What is shown is what the server will draw: both run the same code on the same pixels. */
export function SpriteTool({ photo, workUrl, work, recipe: first, backTo }: SpriteToolProps) {
  const t = useTranslations('sprites')
  const editing = useRecipe(first ?? firstRecipe)
  const { recipe, change, onSettle } = editing
  const render = usePreview(work, recipe)
  const [saved, setSaved] = useState<{ id: string; preview: Image } | null>(null)
  const create = useCreateSprite(photo.id)
  const [tool, setTool] = useState<PhotoTool>('ellipse')
  const empty = render.palette.length === 0
  const save = () => {
    if (create.isPending || empty) return
    const preview = render.sheet
    create.mutate(recipe, { onSuccess: ({ id }) => setSaved({ id, preview }) })
  }
  useAction({ id: 'sprite-save', label: t('save'), group: 'page', keys: 'mod+s', icon: WandSparkles, run: save })

  const pickTool = (next: PhotoTool) => {
    setTool(next)
    if (next === 'ellipse' && recipe.mask?.shape !== 'ellipse')
      change({ mask: recipe.mask ? ellipseIn(boxOf(recipe.mask)) : firstRecipe.mask })
  }
  return (
    <div data-page="full" className="flex flex-col md:h-[calc(100dvh-56px)]">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
        <Link to={backTo} aria-label={t('back')} className="rounded-box p-1.5 text-muted hover:bg-hover hover:text-ink">
          <ChevronLeft aria-hidden="true" className="size-5" />
        </Link>
        <h1 className="min-w-0 grow truncate text-large font-strong">{t('title', { name: photo.filename })}</h1>
        <UndoButtons editing={editing} />
        <Button
          look="primary"
          icon={<WandSparkles />}
          pending={create.isPending}
          disabled={empty}
          onClick={save}
          className="max-sm:w-full"
        >
          {create.isPending ? t('saving') : t('save')}
        </Button>
      </header>
      <div className="grid min-h-0 grow gap-4 p-4 pb-24 md:grid-cols-[minmax(0,1fr)_minmax(260px,38%)] md:grid-rows-[minmax(0,1fr)_auto] md:pb-4">
        <section aria-label={t('photo')} className="order-2 flex min-h-0 flex-col gap-2.5 md:order-1">
          <PhotoTools tool={tool} onPick={pickTool} editing={editing} />
          <div
            className="relative min-h-0 grow overflow-hidden rounded-box bg-sunken max-md:aspect-(--photo)"
            style={{ '--photo': `${work.width} / ${work.height}` } as CSSProperties}
          >
            <PhotoCanvas
              photo={{ url: workUrl, width: work.width, height: work.height }}
              tool={tool}
              recipe={recipe}
              change={change}
              onSettle={onSettle}
            />
          </div>
          <p className="text-small text-muted">{t(`tools.${tool}Hint`)}</p>
        </section>
        <div className="sticky top-14 z-10 order-1 -mx-4 -mt-4 flex min-h-0 flex-col gap-3 border-b border-line bg-canvas p-4 pb-3 md:static md:order-2 md:m-0 md:border-0 md:p-0">
          <SpriteResult name={photo.filename} work={work} recipe={recipe} render={render} />
          {saved && <SavedSprite key={saved.id} spriteId={saved.id} preview={saved.preview} backTo={backTo} />}
        </div>
        <div className="order-3 border-line md:col-span-2 md:border-t md:pt-4">
          <SpriteControls recipe={recipe} change={change} onSettle={onSettle} palette={render.palette} />
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

interface PhotoToolsProps {
  tool: PhotoTool
  onPick: (tool: PhotoTool) => void
  editing: RecipeEditing
}

const icons: Record<PhotoTool, typeof EllipseIcon> = { crop: Crop, ellipse: EllipseIcon, lasso: Lasso }

function PhotoTools({ tool, onPick, editing: { recipe, change } }: PhotoToolsProps) {
  const t = useTranslations('sprites.tools')
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SegmentedControl<PhotoTool>
        label={t('label')}
        value={tool}
        onValueChange={onPick}
        options={photoTools.map((value) => {
          const Icon = icons[value]
          return { value, label: t(value), icon: <Icon aria-hidden="true" /> }
        })}
      />
      {tool === 'crop' && recipe.crop && (
        <Button look="quiet" size="small" icon={<RotateCcw />} onClick={() => change({ crop: undefined })}>
          {t('resetCrop')}
        </Button>
      )}
      {tool !== 'crop' && recipe.mask && (
        <Button look="quiet" size="small" icon={<RotateCcw />} onClick={() => change({ mask: undefined })}>
          {t('resetMask')}
        </Button>
      )}
    </div>
  )
}
