import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Input } from '../../components/input.tsx'

interface AccentFieldProps {
  /** `#rrggbb`, or null for the product's own. */
  value: string | null
  onChange: (value: string | null) => void
  disabled?: boolean
  onBlur?: () => void
  name?: string
  id?: string
  ref?: Ref<HTMLInputElement>
}

/** What the colour picker shows where no accent is chosen: the product's coral, as in the light theme. */
const ours = '#c8452f'

/** A colour, by hand or by the browser's own picker. */
export function AccentField({ value, onChange, disabled, ...field }: AccentFieldProps) {
  const t = useTranslations('settings.studio')
  return (
    <div className="flex gap-2">
      <input
        type="color"
        aria-label={t('accentPick')}
        value={/^#[0-9a-f]{6}$/.test(value ?? '') ? (value ?? ours) : ours}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 w-12 shrink-0 cursor-pointer rounded-box border border-outline bg-surface p-1 disabled:cursor-not-allowed pointer-coarse:h-11"
      />
      <Input
        {...field}
        value={value ?? ''}
        placeholder={t('accentNone')}
        spellCheck={false}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value.trim().toLowerCase() || null)}
        className="min-w-0 grow font-mono"
      />
      {value !== null && !disabled && <Button onClick={() => onChange(null)}>{t('accentNone')}</Button>}
    </div>
  )
}
