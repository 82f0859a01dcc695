import { Check } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { Field } from '../../components/field.tsx'
import { Picture } from '../../components/picture.tsx'
import { Select } from '../../components/select.tsx'
import type { Sendable } from './sendable.ts'

interface SendablePickerProps {
  /** All of one kind; at least one. */
  things: readonly Sendable[]
  value: string
  onChange: (id: string) => void
}

/** Which one: pictures by what is on them, everything else by its name. */
export function SendablePicker({ things, value, onChange }: SendablePickerProps) {
  const t = useTranslations('reviews')
  const kind = things[0]?.kind ?? 'build'
  if (kind === 'build' || kind === 'file')
    return (
      <Field label={t(`kind.${kind}`)}>
        {(tie) => (
          <Select
            {...tie}
            value={value}
            onValueChange={onChange}
            options={things.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
      </Field>
    )
  return (
    <RadioGroup.Root
      aria-label={t(`kind.${kind}`)}
      value={value}
      onValueChange={onChange}
      className="grid max-h-70 grid-cols-[repeat(auto-fill,minmax(88px,1fr))] gap-2 overflow-y-auto p-0.5"
    >
      {things.map(({ id, label, thumb }) => (
        <RadioGroup.Item
          key={id}
          value={id}
          aria-label={label}
          title={label}
          className="relative overflow-hidden rounded-box border-2 border-line transition-colors hover:border-edge data-[state=checked]:border-accent"
        >
          <Picture src={thumb} alt="" kind={kind === 'sprite' ? 'sprite' : 'photo'} className="w-full rounded-none" />
          <RadioGroup.Indicator className="absolute right-1 bottom-1 flex size-5 items-center justify-center rounded-full bg-accent text-accent-ink">
            <Check className="size-3.5" strokeWidth={3} aria-hidden="true" />
          </RadioGroup.Indicator>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
