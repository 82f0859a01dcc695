import { useFormatter, useNow, useTranslations } from 'use-intl'
import type { ControlProps } from './field.tsx'
import { Button } from './button.tsx'
import { Input } from './input.tsx'
import { browserTimeZone } from '../lib/i18n.tsx'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

interface TimeZoneFieldProps extends ControlProps {
  value: string
  onChange: (zone: string) => void
  onBlur?: () => void
  name?: string
  disabled?: boolean
}

/** A zone by its name, found by typing a part of it, with the time there as a check. */
export function TimeZoneField({ value, onChange, ...field }: TimeZoneFieldProps) {
  const t = useTranslations('common.timeZone')
  const format = useFormatter()
  const now = useNow({ updateInterval: 30_000 })
  const time = zones.includes(value) ? format.dateTime(now, { timeZone: value, timeStyle: 'short' }) : null
  return (
    <>
      <Input
        {...field}
        list={`${field.id}-zones`}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={`${field.id}-zones`}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 text-small text-muted">
        {time && <span>{t('now', { time })}</span>}
        {value !== browserTimeZone && !field.disabled && (
          <Button
            look="quiet"
            size="small"
            className="-ml-1 text-accent-text!"
            onClick={() => onChange(browserTimeZone)}
          >
            {t('here', { zone: browserTimeZone })}
          </Button>
        )}
      </div>
    </>
  )
}
