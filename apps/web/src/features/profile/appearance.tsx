import { Monitor, Moon, Sun } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { useReducedMotion } from '../../lib/reduced-motion.ts'
import { setTheme, themes, useTheme, type Theme } from '../../lib/theme.ts'

const icons = { system: Monitor, light: Sun, dark: Moon }

/** Light, dark or as the device; acts at once and stays on this device. */
export function Appearance() {
  const t = useTranslations('profile.appearance')
  const theme = useTheme()
  const still = useReducedMotion()
  return (
    <div className="flex flex-col gap-4">
      <Card title={t('theme')}>
        <p className="-mt-2 mb-4 text-muted">{t('hint')}</p>
        <RadioGroup.Root
          aria-label={t('theme')}
          value={theme}
          onValueChange={(next) => setTheme(next as Theme)}
          className="grid gap-3 sm:grid-cols-3"
        >
          {themes.map((name) => {
            const Icon = icons[name]
            return (
              <RadioGroup.Item
                key={name}
                value={name}
                className="flex flex-col gap-3 rounded-box border border-outline p-3 text-left transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
              >
                <Sketch theme={name} />
                <span className="flex items-start gap-2">
                  <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
                  <span>
                    <span className="block font-strong">{t(name)}</span>
                    <span className="block text-small text-muted">{t(`${name}Hint`)}</span>
                  </span>
                </span>
              </RadioGroup.Item>
            )
          })}
        </RadioGroup.Root>
      </Card>
      <Card title={t('motion')}>
        <p className="text-muted">{t(still ? 'motionReduced' : 'motionFull')}</p>
      </Card>
    </div>
  )
}

/** A page in little, in the colours of its theme; half and half where the device decides. */
function Sketch({ theme }: { theme: Theme }) {
  const halves: ('light' | 'dark')[] = theme === 'system' ? ['light', 'dark'] : [theme]
  return (
    <span aria-hidden="true" className="flex h-16 w-full overflow-hidden rounded-[6px] border border-line">
      {halves.map((half) => (
        <span key={half} style={{ colorScheme: half }} className="flex grow basis-0 gap-1.5 bg-canvas p-2">
          <span className="w-1/4 rounded-[3px] bg-sunken" />
          <span className="flex grow flex-col gap-1.5">
            <span className="h-2 w-1/2 rounded-full bg-accent" />
            <span className="grow rounded-[3px] border border-line bg-surface" />
          </span>
        </span>
      ))}
    </span>
  )
}
