import { CalendarRange } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormats } from '../lib/format.ts'
import { faultOf, presets, type Preset, type usePeriod } from '../lib/period.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { Input } from './input.tsx'
import { Popover } from './popover.tsx'
import { SegmentedControl } from './segmented-control.tsx'

interface PeriodPickerProps extends ReturnType<typeof usePeriod> {
  /** The days that are shown, as the API answered. */
  shown?: { from: string; to: string } | undefined
}

/** One of the usual periods, or two days of one's own: in a row that wraps, beside what else is there. */
export function PeriodPicker({ period, choosePreset, chooseDays, shown }: PeriodPickerProps) {
  const t = useTranslations('common.period')
  return (
    <>
      <SegmentedControl<Preset | 'none'>
        label={t('label')}
        value={period.preset ?? 'none'}
        onValueChange={(preset) => preset !== 'none' && choosePreset(preset)}
        options={presets.map((value) => ({ value, label: t(value) }))}
      />
      <OwnDays
        key={`${shown?.from} ${shown?.to}`}
        chosen={period.preset === null}
        shown={shown}
        onChoose={chooseDays}
      />
    </>
  )
}

interface OwnDaysProps {
  chosen: boolean
  shown: PeriodPickerProps['shown']
  onChoose: (from: string, to: string) => void
}

function OwnDays({ chosen, shown, onChoose }: OwnDaysProps) {
  const t = useTranslations('common.period')
  const { day } = useFormats()
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState(shown?.from ?? '')
  const [to, setTo] = useState(shown?.to ?? '')
  const fault = from && to ? faultOf(from, to) : null
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('ownTitle')}
      trigger={
        <Button icon={<CalendarRange />} aria-pressed={chosen} className={chosen ? 'bg-hover' : undefined}>
          {chosen && shown ? `${day(shown.from)} – ${day(shown.to)}` : t('own')}
        </Button>
      }
    >
      <form
        className="grid w-60 gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (!from || !to || fault) return
          onChoose(from, to)
          setOpen(false)
        }}
      >
        <Field label={t('from')}>
          {(control) => (
            <Input {...control} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        <Field label={t('to')} {...(fault && { error: t(fault) })}>
          {(control) => <Input {...control} type="date" value={to} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        <Button type="submit" disabled={!from || !to || fault !== null}>
          {t('apply')}
        </Button>
      </form>
    </Popover>
  )
}
