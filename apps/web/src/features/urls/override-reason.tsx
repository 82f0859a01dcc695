import type { ApprovalView } from '@sparkle/shared/reviews'
import { useTranslations } from 'use-intl'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCan } from '../../lib/session.tsx'

export const longestReason = 300

interface OverrideReasonProps {
  approved: ApprovalView['approved']
  value: string
  onChange: (reason: string) => void
}

/** Says that nobody approved the build, and asks an admin why it goes live all the same. */
export function OverrideReason({ approved, value, onChange }: OverrideReasonProps) {
  const t = useTranslations('urls.deploy')
  const mayOverride = useCan('studio:update')
  return (
    <>
      <Notice tone="warn">{approved ? t('notApproved', { number: approved.number }) : t('noneApproved')}</Notice>
      {mayOverride && (
        <Field label={t('reason')} hint={t('reasonHint')}>
          {(tie) => (
            <Input
              {...tie}
              value={value}
              maxLength={longestReason}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      )}
    </>
  )
}
