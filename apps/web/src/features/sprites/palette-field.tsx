import { isPaletteName, namedPalettes, type PaletteName } from '@sparkle/pixel/named-palettes'
import { colorLimits, type SpriteRecipe } from '@sparkle/pixel/recipe'
import type { AssetItem } from '@sparkle/shared/assets'
import { useQuery } from '@tanstack/react-query'
import { Pipette } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/select.tsx'
import { spriteQueries } from './api.ts'
import { Group } from './group.tsx'
import { ImportPalette } from './import-palette.tsx'
import type { RecipeEditing } from './use-recipe.ts'

type PaletteFieldProps = Pick<RecipeEditing, 'recipe' | 'change' | 'onSettle'> & {
  projectId: string
  palette: readonly string[]
}

const extracted = 'extracted'
const own = 'own'
const spritePrefix = 'sprite '
const names = Object.keys(namedPalettes).filter(isPaletteName)
/** The API takes palettes of two colours and more. */
const fewest = 2

/** Where the colours come from: the photo, a palette by name, or colours of one's own that began as either. */
export function PaletteField({ projectId, recipe, change, onSettle, palette }: PaletteFieldProps) {
  const t = useTranslations('sprites.palette')
  const sprites = useQuery(spriteQueries.ofProject(projectId, 'sprite')).data?.filter(hasColors) ?? []
  const value = chosen(recipe.palette)
  const colors = Array.isArray(recipe.palette) ? recipe.palette : palette
  const choose = (next: string) => {
    if (next === extracted) change({ palette: undefined })
    else if (isPaletteName(next)) change({ palette: next, colors: Math.max(recipe.colors, namedPalettes[next].length) })
    else if (next.startsWith(spritePrefix)) take(sprites.find(({ id }) => id === next.slice(spritePrefix.length)))
    else change({ palette: [...palette] })
  }
  const take = (sprite: AssetItem | undefined) => {
    if (sprite?.metadata.colors) change(fixed(sprite.metadata.colors, recipe))
  }
  const setColor = (index: number, color: string) =>
    change({ palette: colors.map((one, at) => (at === index ? color : one)) }, `swatch ${index}`)
  return (
    <Group label={t('label')}>
      <Select
        aria-label={t('label')}
        value={value}
        onValueChange={choose}
        options={[
          { value: extracted, label: t('extracted') },
          ...names.map((name) => ({ value: name, label: t(name), icon: <Strip colors={namedPalettes[name]} /> })),
          ...sprites.map(({ id, filename, metadata }) => ({
            value: `${spritePrefix}${id}`,
            label: t('fromSprite', { name: filename }),
            icon: <Strip colors={metadata.colors ?? []} />,
          })),
          { value: own, label: t('own'), disabled: palette.length < fewest },
        ]}
      />
      <ul aria-label={t('swatches')} className="mt-2.5 flex flex-wrap gap-1">
        {colors.map((color, index) => (
          <li key={value === own ? index : color}>
            {value === own ? (
              <input
                type="color"
                aria-label={t('swatch', { number: index + 1 })}
                value={color}
                onChange={(event) => setColor(index, event.currentTarget.value.toLowerCase())}
                onBlur={onSettle}
                className={swatch}
              />
            ) : (
              <span title={color} className={swatch} style={{ background: color }} />
            )}
          </li>
        ))}
      </ul>
      <div className="mt-1.5 -ml-2 flex flex-wrap">
        {value !== own && palette.length >= fewest && (
          <Button look="quiet" size="small" icon={<Pipette />} onClick={() => choose(own)}>
            {t('fix')}
          </Button>
        )}
        <ImportPalette onImport={(imported) => change(fixed(imported, recipe))} />
      </div>
    </Group>
  )
}

const swatch =
  'block size-6 overflow-hidden rounded-[4px] border border-line p-0 pointer-coarse:size-8 [&::-webkit-color-swatch]:border-0 [&::-webkit-color-swatch-wrapper]:p-0'

function chosen(palette: string | string[] | undefined): PaletteName | typeof extracted | typeof own {
  if (palette === undefined) return extracted
  return typeof palette === 'string' && isPaletteName(palette) ? palette : own
}

/** Colours from elsewhere, all of which may be used. */
function fixed(palette: string[], { colors }: SpriteRecipe): Pick<SpriteRecipe, 'palette' | 'colors'> {
  return { palette, colors: Math.max(colors, Math.min(palette.length, colorLimits.max)) }
}

function hasColors({ metadata }: AssetItem): boolean {
  return (metadata.colors?.length ?? 0) >= fewest
}

function Strip({ colors }: { colors: readonly string[] }) {
  return (
    <span aria-hidden="true" className="inline-flex overflow-hidden rounded-[4px]">
      {colors.slice(0, 8).map((color) => (
        <span key={color} className="h-4 w-1.5" style={{ background: color }} />
      ))}
    </span>
  )
}
