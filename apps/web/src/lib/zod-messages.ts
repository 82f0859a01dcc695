import { useTranslations } from 'use-intl'
import { z } from 'zod'
import type { Translator } from './i18n.tsx'

/** Makes Zod speak from the key store, for every schema that brings no words of its own. */
export function useZodMessages(): void {
  const t = useTranslations('common.validation')
  z.config({ customError: (issue) => messageFor(issue, t) })
}

function messageFor(issue: z.core.$ZodRawIssue, t: Translator<'common.validation'>): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? t('required') : t('tooShort', { count: Number(issue.minimum) })
      if (issue.origin === 'array' || issue.origin === 'set') return t('tooFewItems', { count: Number(issue.minimum) })
      return t('tooSmall', { minimum: Number(issue.minimum) })
    case 'too_big':
      if (issue.origin === 'string') return t('tooLong', { count: Number(issue.maximum) })
      if (issue.origin === 'array' || issue.origin === 'set') return t('tooManyItems', { count: Number(issue.maximum) })
      return t('tooBig', { maximum: Number(issue.maximum) })
    case 'invalid_type':
      if (issue.input === undefined || issue.input === null) return t('required')
      if (issue.expected === 'number' || issue.expected === 'int') return t('number')
      return issue.expected === 'date' ? t('date') : t('other')
    case 'invalid_format':
      return issue.format === 'email' ? t('email') : t('format')
    case 'invalid_value':
      return t('option')
    default:
      return t('other')
  }
}
