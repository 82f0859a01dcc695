import {
  animationNames,
  colorLimits,
  ditherModes,
  outlineModes,
  outlinePlaces,
  spriteSizes,
} from '@sparkle/pixel/recipe'
import type { AnimationName, DitherMode, OutlineMode, OutlinePlace } from '@sparkle/pixel/recipe'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../components/checkbox.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { Slider } from '../../components/slider.tsx'
import { Group } from './group.tsx'
import { PaletteField } from './palette-field.tsx'
import type { RecipeEditing } from './use-recipe.ts'

type ControlsProps = Pick<RecipeEditing, 'recipe' | 'change' | 'onSettle'> & {
  projectId: string
  /** The colours the sprite has now, '#rrggbb'. */
  palette: readonly string[]
}

const defaultOutline = '#3a2a2a'

/** Everything but crop and mask, in the order of the work. */
export function SpriteControls({ projectId, recipe, change, onSettle, palette }: ControlsProps) {
  const t = useTranslations('sprites')
  const { outline, animations } = recipe
  const toggle = (name: AnimationName, on: boolean) =>
    change({ animations: animationNames.filter((one) => (one === name ? on : animations.includes(one))) })

  return (
    <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2 xl:grid-cols-[auto_minmax(200px,1.2fr)_minmax(180px,1fr)_auto]">
      <div className="flex flex-col gap-4">
        <Group label={t('size')} note={t('sizeUnit')}>
          <SegmentedControl
            label={t('size')}
            value={String(recipe.size)}
            onValueChange={(value) => {
              const size = spriteSizes.find((one) => String(one) === value)
              if (size) change({ size })
            }}
            options={spriteSizes.map((size) => ({ value: String(size), label: String(size) }))}
            className="w-full [&>button]:px-1.5 [&>button]:tabular-nums"
          />
        </Group>
        <Group label={t('facing')}>
          <Checkbox
            label={t('mirrored')}
            hint={t('facingHint')}
            checked={recipe.mirrored}
            onCheckedChange={(mirrored) => change({ mirrored })}
          />
        </Group>
      </div>
      <PaletteField projectId={projectId} recipe={recipe} change={change} onSettle={onSettle} palette={palette} />
      <div className="flex flex-col gap-4">
        <Group label={t('colors')} note={t('colorsAtMost', { count: recipe.colors })}>
          <Slider
            label={t('colors')}
            min={colorLimits.min}
            max={colorLimits.max}
            value={recipe.colors}
            onValueChange={(colors) => change({ colors }, 'colors')}
            onValueCommit={onSettle}
          />
        </Group>
        <Group label={t('dither.label')}>
          <Select<DitherMode>
            aria-label={t('dither.label')}
            value={recipe.dither}
            onValueChange={(dither) => change({ dither })}
            options={ditherModes.map((value) => ({ value, label: t(`dither.${value}`) }))}
          />
          {recipe.dither !== 'none' && (
            <Slider
              label={t('dither.strength')}
              min={0}
              max={100}
              value={recipe.ditherStrength}
              onValueChange={(ditherStrength) => change({ ditherStrength }, 'ditherStrength')}
              onValueCommit={onSettle}
            />
          )}
        </Group>
      </div>
      <div className="flex flex-col gap-4">
        <Group label={t('outline.label')}>
          <div className="flex gap-2">
            <Select<OutlineMode>
              aria-label={t('outline.label')}
              value={outline.mode}
              onValueChange={(mode) =>
                change({
                  outline: { ...outline, mode, ...(mode === 'color' && { color: outline.color ?? defaultOutline }) },
                })
              }
              options={outlineModes.map((value) => ({ value, label: t(`outline.${value}`) }))}
            />
            {outline.mode === 'color' && (
              <input
                type="color"
                aria-label={t('outline.pick')}
                value={outline.color ?? defaultOutline}
                onChange={(event) =>
                  change({ outline: { ...outline, color: event.currentTarget.value.toLowerCase() } }, 'outline')
                }
                onBlur={onSettle}
                className="control w-12! shrink-0 p-1!"
              />
            )}
          </div>
          {outline.mode !== 'none' && (
            <SegmentedControl<OutlinePlace>
              label={t('outline.place')}
              value={outline.place ?? 'outer'}
              onValueChange={(place) => change({ outline: { ...outline, place } })}
              options={outlinePlaces.map((value) => ({ value, label: t(`outline.${value}`) }))}
              className="mt-2 w-full"
            />
          )}
        </Group>
        <Group label={t('animations')}>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {animationNames.map((name) => (
              <Checkbox
                key={name}
                label={t(`animation.${name}`)}
                checked={animations.includes(name)}
                onCheckedChange={(on) => toggle(name, on)}
              />
            ))}
          </div>
        </Group>
      </div>
    </div>
  )
}
