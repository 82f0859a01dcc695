import type { ApprovalView, ApproverRule } from '@sparkle/shared/reviews'
import { approverRules } from '@sparkle/shared/reviews'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useCan } from '../../lib/session.tsx'
import { useChangeApproval } from './api.ts'

const rules = ['studio', 'always', 'never'] as const
type Rule = (typeof rules)[number]
const stored: Record<Rule, boolean | null> = { studio: null, always: true, never: false }

interface ApprovalCardProps {
  projectId: string
  approval: ApprovalView
  mayChange: boolean
}

/** Whether the project's builds need approval, and whose; only an admin lets them go without. */
export function ApprovalCard({ projectId, approval, mayChange }: ApprovalCardProps) {
  const t = useTranslations('reviews.rule')
  const mayLoosen = useCan('studio:update')
  const change = useChangeApproval(projectId, () => notify(t('saved')))
  const { required, requireApproval, studioRequiresApproval, approvers, approved } = approval
  const rule = rules.find((one) => stored[one] === requireApproval) ?? 'studio'
  const loosens = (one: Rule) => required && !(stored[one] ?? studioRequiresApproval)
  return (
    <Card title={t('title')}>
      <StatusText tone={!required ? 'neutral' : approved ? 'ok' : 'warn'}>
        {required ? t('required') : t('free')}
      </StatusText>
      <p className="mt-1 text-muted">{approved ? t('approved', { number: approved.number }) : t('none')}</p>
      {mayChange && (
        <div className="mt-4 grid gap-4">
          <Field label={t('label')}>
            {(tie) => (
              <Select
                {...tie}
                value={rule}
                onValueChange={(next: Rule) => change.mutate({ requireApproval: stored[next] })}
                options={rules
                  .filter((one) => one === rule || mayLoosen || !loosens(one))
                  .map((one) => ({
                    value: one,
                    label: one === 'studio' ? t(one, { required: studioRequiresApproval ? 'yes' : 'no' }) : t(one),
                  }))}
              />
            )}
          </Field>
          <Field label={t('approvers')}>
            {(tie) => (
              <Select
                {...tie}
                value={approvers}
                onValueChange={(next: ApproverRule) => change.mutate({ approvers: next })}
                options={approverRules.map((value) => ({ value, label: t(value) }))}
              />
            )}
          </Field>
        </div>
      )}
    </Card>
  )
}
