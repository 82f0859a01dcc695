import type { DigestPlan } from '@sparkle/shared/notifications'
import { useFormatter, useLocale, useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Field } from '../../components/field.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { useChangePreferences } from './preferences-api.ts'
import { weekdayNames } from './weekdays.ts'

const hours = Array.from({ length: 24 }, (_, hour) => hour)

/** A summary by mail at a time of one's own; silent when there is nothing to say. */
export function DigestCard({ digest, timeZone }: { digest: DigestPlan; timeZone: string }) {
  const t = useTranslations('notifications.digest')
  const format = useFormatter()
  const locale = useLocale()
  const { mutate } = useChangePreferences()
  const change = (part: Partial<DigestPlan>) => mutate({ digest: { ...digest, ...part } })
  const clock = (hour: number) =>
    format.dateTime(new Date(Date.UTC(1970, 0, 4, hour)), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
  return (
    <Card title={t('title')}>
      <p className="-mt-2 mb-4 text-muted">{t('hint')}</p>
      <div className="flex flex-col gap-4">
        <SegmentedControl
          label={t('every')}
          value={digest.every}
          onValueChange={(every) => change({ every })}
          options={(['never', 'day', 'week'] as const).map((value) => ({ value, label: t(value) }))}
          className="self-start"
        />
        {digest.every !== 'never' && (
          <div className="grid grid-cols-2 gap-4 sm:max-w-80">
            <Field label={t('hour')} hint={timeZone}>
              {(tie) => (
                <Select
                  {...tie}
                  value={String(digest.hour)}
                  onValueChange={(hour) => change({ hour: Number(hour) })}
                  options={hours.map((hour) => ({ value: String(hour), label: clock(hour) }))}
                />
              )}
            </Field>
            {digest.every === 'week' && (
              <Field label={t('weekday')}>
                {(tie) => (
                  <Select
                    {...tie}
                    value={String(digest.weekday)}
                    onValueChange={(weekday) => change({ weekday: Number(weekday) })}
                    options={weekdayNames(locale, 'long').map(({ day, name }) => ({ value: String(day), label: name }))}
                  />
                )}
              </Field>
            )}
          </div>
        )}
      </div>
    </Card>
  )
}
