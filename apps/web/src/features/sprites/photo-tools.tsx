import { noEdge, type MaskEdge } from '@sparkle/pixel/recipe'
import { Brush, Crop, Lasso, RotateCcw, ScanSearch, SlidersHorizontal, WandSparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { Popover } from '../../components/popover.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Slider } from '../../components/slider.tsx'
import { EllipseIcon } from './ellipse-icon.tsx'
import { firstRecipe } from './first-recipe.ts'
import { hidesBase, markModes, type MarkMode } from './mask-steps.ts'
import { isMarkTool, photoTools, type PhotoTool } from './photo-canvas.tsx'
import { boxOf, ellipseIn } from './shapes.ts'
import type { MarkSettings } from './use-marking.ts'
import type { RecipeEditing } from './use-recipe.ts'

interface PhotoToolsProps {
  tool: PhotoTool
  onPick: (tool: PhotoTool) => void
  settings: MarkSettings
  onSettings: (change: Partial<MarkSettings>) => void
  /** Cuts out what stands out from the whole photo or its crop. */
  onGuess: () => void
  editing: RecipeEditing
}

const icons: Record<PhotoTool, ReactNode> = {
  crop: <Crop aria-hidden="true" />,
  guess: <ScanSearch aria-hidden="true" />,
  brush: <Brush aria-hidden="true" />,
  lasso: <Lasso aria-hidden="true" />,
  wand: <WandSparkles aria-hidden="true" />,
  ellipse: <EllipseIcon aria-hidden="true" />,
}

/** What can be done to the photo, and how the chosen tool is set. */
export function PhotoTools({ tool, onPick, settings, onSettings, onGuess, editing }: PhotoToolsProps) {
  const t = useTranslations('sprites.tools')
  const { recipe, change, onSettle } = editing
  const uncut = recipe.mask === undefined && recipe.steps.length === 0
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl<PhotoTool>
          label={t('label')}
          value={tool}
          onValueChange={onPick}
          options={photoTools.map((value) => ({ value, label: t(value), icon: icons[value] }))}
          className="max-sm:w-full max-xl:[&>button]:gap-0 max-xl:[&>button]:px-2 max-xl:[&>button]:text-[0px]"
        />
        <Edge edge={recipe.edge} change={change} onSettle={onSettle} />
      </div>
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1">
        {isMarkTool(tool) && (
          <SegmentedControl<MarkMode>
            label={t('mode.label')}
            value={settings.mode}
            onValueChange={(mode) => onSettings({ mode })}
            options={markModes.map((value) => ({ value, label: t(`mode.${value}`) }))}
          />
        )}
        {tool === 'guess' && (
          <Button size="small" icon={<ScanSearch />} onClick={onGuess}>
            {t('guessWhole')}
          </Button>
        )}
        {tool === 'brush' && (
          <Setting label={t('radius')}>
            <Slider
              label={t('radius')}
              min={1}
              max={100}
              value={Math.round(settings.radius * 1000)}
              onValueChange={(value) => onSettings({ radius: value / 1000 })}
            />
          </Setting>
        )}
        {tool === 'wand' && (
          <>
            <Setting label={t('tolerance')}>
              <Slider
                label={t('tolerance')}
                min={1}
                max={60}
                value={settings.tolerance}
                onValueChange={(tolerance) => onSettings({ tolerance })}
              />
            </Setting>
            <Checkbox
              label={t('contiguous')}
              checked={settings.contiguous}
              onCheckedChange={(contiguous) => onSettings({ contiguous })}
            />
          </>
        )}
        {tool === 'ellipse' && hidesBase(recipe.steps) && (
          <Button size="small" onClick={() => change({ mask: firstRecipe.mask, steps: [] })}>
            {t('ellipseAnew')}
          </Button>
        )}
        {tool === 'crop' && recipe.crop && (
          <Button look="quiet" size="small" icon={<RotateCcw />} onClick={() => change({ crop: undefined })}>
            {t('resetCrop')}
          </Button>
        )}
        {tool !== 'crop' && !uncut && (
          <Button
            look="quiet"
            size="small"
            icon={<RotateCcw />}
            onClick={() => change({ mask: undefined, steps: [], edge: noEdge })}
          >
            {t('resetMask')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The recipe as the ellipse tool needs it: a shape to take by its handles, unless later steps hide it anyway. */
export function ellipseFor({ recipe, change }: Pick<RecipeEditing, 'recipe' | 'change'>): void {
  if (recipe.mask?.shape === 'ellipse' || hidesBase(recipe.steps)) return
  change({ mask: recipe.mask ? ellipseIn(boxOf(recipe.mask)) : firstRecipe.mask })
}

function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2.5">
      <span className="text-small text-muted">{label}</span>
      <div className="w-32">{children}</div>
    </div>
  )
}

const edgeRanges = { specks: [0, 128], smooth: [0, 32], grow: [-32, 32], feather: [0, 32] } as const
const edgeNames = ['specks', 'smooth', 'grow', 'feather'] as const

type EdgeProps = Pick<RecipeEditing, 'change' | 'onSettle'> & { edge: MaskEdge }

/** How the edge of the cut-out is cleaned up. */
function Edge({ edge, change, onSettle }: EdgeProps) {
  const t = useTranslations('sprites.edge')
  return (
    <Popover
      label={t('label')}
      align="end"
      className="w-72"
      trigger={
        <Button size="small" icon={<SlidersHorizontal />} className="min-h-8.5! pointer-coarse:min-h-11!">
          {t('label')}
        </Button>
      }
    >
      {edgeNames.map((name) => (
        <div key={name}>
          <p className="flex justify-between">
            <span>{t(name)}</span>
            <span className="text-muted tabular-nums">{edge[name]}</span>
          </p>
          <Slider
            label={t(name)}
            min={edgeRanges[name][0]}
            max={edgeRanges[name][1]}
            value={edge[name]}
            onValueChange={(value) => change({ edge: { ...edge, [name]: value } }, `edge ${name}`)}
            onValueCommit={onSettle}
          />
        </div>
      ))}
      <Button look="quiet" size="small" icon={<RotateCcw />} className="-ml-2" onClick={() => change({ edge: noEdge })}>
        {t('reset')}
      </Button>
    </Popover>
  )
}
