import type { Difficulty } from '@sparkle/shared/games'
import type { StudioView } from '@sparkle/shared/orders'
import { RadioGroup } from 'radix-ui'
import { useController, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../components/checkbox.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { isStageScene, SpriteStage, type StageFrame } from '../../components/sprite-stage.tsx'
import type { OrderFields } from './order-draft.ts'

const noFrames: StageFrame[] = []
const anyTheme = 'any'

/** The second step: wishes. All of it may be left as it is. */
export function GameStep({ form }: { form: StudioView['form'] }) {
  const t = useTranslations('orders.fields')
  const games = useTranslations('games')
  const { control } = useFormContext<OrderFields>()
  const difficulty = useController({ control, name: 'game.difficulty' })
  const features = useController({ control, name: 'game.features' })
  const chosen = features.field.value
  const toggle = (id: string, on: boolean) =>
    features.field.onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <div className="flex flex-col gap-6">
      <ThemeField themes={form.themes} />
      <div>
        <p className="mb-1.5 font-strong">{t('difficulty')}</p>
        <SegmentedControl<Difficulty>
          label={t('difficulty')}
          value={difficulty.field.value}
          onValueChange={difficulty.field.onChange}
          options={(['easy', 'medium', 'hard'] as const).map((value) => ({
            value,
            label: games(`difficulties.${value}`),
          }))}
          className="w-full sm:w-auto"
        />
      </div>
      <fieldset>
        <legend className="mb-2.5 font-strong">{t('features')}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          {form.features.map(({ id, name }) => (
            <Checkbox key={id} label={name} checked={chosen.includes(id)} onCheckedChange={(on) => toggle(id, on)} />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

/** The worlds as small pictures of themselves. */
function ThemeField({ themes }: { themes: readonly string[] }) {
  const t = useTranslations('orders.fields')
  const games = useTranslations('games.themes')
  const { control } = useFormContext<OrderFields>()
  const { field } = useController({ control, name: 'game.theme' })
  const known = themes.filter(isStageScene)
  return (
    <div>
      <p className="mb-1.5 font-strong">{t('theme')}</p>
      <RadioGroup.Root
        aria-label={t('theme')}
        value={field.value ?? anyTheme}
        onValueChange={(next) => field.onChange(next === anyTheme ? undefined : next)}
        className="grid grid-cols-2 gap-2 sm:grid-cols-3"
      >
        {[anyTheme, ...known].map((theme) => (
          <RadioGroup.Item
            key={theme}
            value={theme}
            className="overflow-hidden rounded-box border border-outline bg-surface text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:font-strong data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
          >
            {isStageScene(theme) ? (
              <span aria-hidden="true">
                <SpriteStage sheet={null} frames={noFrames} scene={theme} ratio={2.2} className="rounded-none!" />
              </span>
            ) : (
              <span aria-hidden="true" className="grid grid-cols-2">
                {known.slice(0, 4).map((scene) => (
                  <SpriteStage
                    key={scene}
                    sheet={null}
                    frames={noFrames}
                    scene={scene}
                    ratio={2.2}
                    className="rounded-none!"
                  />
                ))}
              </span>
            )}
            <span className="block px-3 py-2">{isStageScene(theme) ? games(theme) : t('anyTheme')}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  )
}
