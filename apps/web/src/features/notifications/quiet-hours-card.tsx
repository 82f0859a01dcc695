import type { PreferencesView, QuietHours } from '@sparkle/shared/notifications'
import { ToggleGroup } from 'radix-ui'
import { useLocale, useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Switch } from '../../components/switch.tsx'
import { useChangePreferences } from './preferences-api.ts'
import { weekdayNames } from './weekdays.ts'

const usual: QuietHours = { from: '22:00', until: '07:00', weekdays: [0, 1, 2, 3, 4, 5, 6], urgentPasses: true }

/** When nothing leaves the app. What was held back comes in one message afterwards. */
export function QuietHoursCard({ preferences }: { preferences: PreferencesView }) {
  const t = useTranslations('notifications.quiet')
  const { mutate } = useChangePreferences()
  const { quietHours: quiet, timeZone, mentionsPassMute } = preferences
  const change = (part: Partial<QuietHours>) => {
    const next = { ...usual, ...quiet, ...part }
    // An empty time field, or a silence without end, is no state to store.
    if (!next.from || !next.until || next.weekdays.length === 0) return
    if (next.from === next.until && next.weekdays.length === 7) return
    mutate({ quietHours: next })
  }
  return (
    <Card title={t('title')}>
      <div className="flex flex-col gap-4">
        <Switch
          label={t('on')}
          hint={t('hint', { timeZone })}
          checked={quiet !== null}
          onCheckedChange={(on) => mutate({ quietHours: on ? usual : null })}
        />
        {quiet && (
          <>
            <div className="grid grid-cols-2 gap-4 sm:max-w-80">
              <Field label={t('from')}>
                {(tie) => (
                  <Input {...tie} type="time" value={quiet.from} onChange={(e) => change({ from: e.target.value })} />
                )}
              </Field>
              <Field label={t('until')}>
                {(tie) => (
                  <Input {...tie} type="time" value={quiet.until} onChange={(e) => change({ until: e.target.value })} />
                )}
              </Field>
            </div>
            <Weekdays value={quiet.weekdays} onValueChange={(weekdays) => change({ weekdays })} />
            {quiet.from === quiet.until && <Notice tone="neutral">{t('wholeDay')}</Notice>}
            <Switch
              label={t('urgent')}
              hint={t('urgentHint')}
              checked={quiet.urgentPasses}
              onCheckedChange={(urgentPasses) => change({ urgentPasses })}
            />
          </>
        )}
        <Switch
          label={t('mentions')}
          hint={t('mentionsHint')}
          checked={mentionsPassMute}
          onCheckedChange={(passes) => mutate({ mentionsPassMute: passes })}
        />
      </div>
    </Card>
  )
}

function Weekdays({ value, onValueChange }: { value: readonly number[]; onValueChange: (days: number[]) => void }) {
  const t = useTranslations('notifications.quiet')
  return (
    <div>
      <p className="mb-1.5 font-strong">{t('weekdays')}</p>
      <ToggleGroup.Root
        type="multiple"
        aria-label={t('weekdays')}
        value={value.map(String)}
        onValueChange={(days) => days.length > 0 && onValueChange(days.map(Number).toSorted())}
        className="flex flex-wrap gap-1.5"
      >
        {weekdayNames(useLocale(), 'short').map(({ day, name }) => (
          <ToggleGroup.Item
            key={day}
            value={String(day)}
            className="min-h-9 min-w-11 rounded-box border border-outline px-2.5 text-muted hover:bg-hover data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-accent-text pointer-coarse:min-h-11"
          >
            {name}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  )
}
