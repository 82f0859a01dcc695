import { toSlugText } from '@sparkle/shared/slugs'
import { slugPattern } from '@sparkle/shared/text'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { ToneIcon } from '../../components/status.tsx'
import { useSettled } from '../../lib/use-settled.ts'
import { urlQueries } from './api.ts'

const delayMs = 250

/**
 * What somebody types as it can stand in an address: small letters, other scripts written in ours. A hyphen at the end
 * stays while the next word is on its way.
 */
export function toSlug(typed: string): string {
  const slug = toSlugText(typed)
  return (slug && /[^\p{L}\p{N}]$/u.test(typed) ? `${slug}-` : slug).slice(0, 40)
}

export interface SlugCheck {
  /** `doubtful`: refused as offensive, unless somebody stands for it with a reason. */
  state: 'empty' | 'short' | 'checking' | 'free' | 'doubtful' | 'refused'
  /** One sentence for a person. */
  text: string
}

/** Whether an address is free, asked for once typing pauses. `own` is the name it has already. */
export function useSlugCheck(slug: string, own?: string): SlugCheck {
  const t = useTranslations('urls.check')
  const settled = useSettled(slug, delayMs)
  const wellFormed = slugPattern.test(slug)
  const availability = useQuery({
    ...urlQueries.availability(settled),
    enabled: slugPattern.test(settled) && settled !== own,
  })
  if (slug === '' || slug === own) return { state: 'empty', text: t('hint') }
  if (!wellFormed) return { state: 'short', text: t('malformed') }
  if (settled !== slug || availability.isPending) return { state: 'checking', text: t('checking') }
  if (availability.isError) return { state: 'refused', text: t('failed') }
  const { available, reason = 'taken' } = availability.data
  if (available) return { state: 'free', text: t('free') }
  return { state: reason === 'offensive' ? 'doubtful' : 'refused', text: t(reason) }
}

interface SlugFieldProps {
  label: string
  /** The games' origin without its scheme: `sparkleclassic.com`. Empty where the page does not know it yet. */
  host: string
  value: string
  onChange: (slug: string) => void
  check: SlugCheck
}

/** The free choice of an address, with the answer under it while one types. */
export function SlugField({ label, host, value, onChange, check }: SlugFieldProps) {
  const marks = {
    empty: null,
    short: null,
    checking: <Spinner className="mr-3 text-muted" />,
    free: <ToneIcon tone="ok" className="mr-3 size-4 text-ok" />,
    doubtful: <ToneIcon tone="warn" className="mr-3 size-4 text-warn" />,
    refused: <ToneIcon tone="bad" className="mr-3 size-4 text-bad" />,
  }
  const refused = check.state === 'refused' || check.state === 'doubtful'
  const prefix = `${host}/`
  return (
    <Field
      label={label}
      hint={refused ? undefined : <span role="status">{check.text}</span>}
      error={refused ? check.text : undefined}
    >
      {(tie) => (
        <span className="flex items-stretch">
          <span className="hidden items-center rounded-l-(--radius) border border-r-0 border-edge bg-sunken px-3 text-muted sm:flex">
            {prefix}
          </span>
          <Input
            {...tie}
            value={value}
            onChange={(event) => onChange(toSlug(event.target.value))}
            onBlur={() => onChange(value.replace(/-$/, ''))}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            trailing={marks[check.state]}
            className="min-w-0 grow sm:[&_input]:rounded-l-none"
          />
        </span>
      )}
    </Field>
  )
}
