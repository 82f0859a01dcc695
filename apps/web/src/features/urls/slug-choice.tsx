import type { ReserveUrlInput } from '@sparkle/shared/urls'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { SlugField, useSlugCheck } from './slug-field.tsx'

/** A name that is being chosen, and what may be sent: nothing while it cannot be had. */
export function useSlugChoice(start: string, own?: string) {
  const [slug, setSlug] = useState(start)
  const [reason, setReason] = useState('')
  const check = useSlugCheck(slug, own)
  const allowReason = reason.trim()
  const doubtful = check.state === 'doubtful'
  const ready = check.state === 'free' || (doubtful && allowReason !== '')
  const input: ReserveUrlInput | null = ready ? { slug, ...(doubtful && { allowReason }) } : null
  return { slug, setSlug, reason, setReason, check, input }
}

interface SlugChoiceFieldsProps {
  label: string
  host: string
  choice: ReturnType<typeof useSlugChoice>
}

/** The address, and the reason where its word needs somebody to stand for it. */
export function SlugChoiceFields({ label, host, choice }: SlugChoiceFieldsProps) {
  const t = useTranslations('urls.allow')
  return (
    <>
      <SlugField label={label} host={host} value={choice.slug} onChange={choice.setSlug} check={choice.check} />
      {choice.check.state === 'doubtful' && (
        <Field label={t('label')} hint={t('hint')}>
          {(tie) => (
            <Input
              {...tie}
              value={choice.reason}
              onChange={(event) => choice.setReason(event.target.value)}
              placeholder={t('placeholder')}
              maxLength={300}
              autoComplete="off"
            />
          )}
        </Field>
      )}
    </>
  )
}
