import { planLimits, plans, type Plan } from '@sparkle/shared/organizations'
import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useStudioStep } from './api.ts'

export function PlanDialog({ studio, onClose }: { studio: PlatformOrganizationView; onClose: () => void }) {
  const t = useTranslations('platform')
  const textOf = useProblemText()
  const { number, size } = useFormats()
  const [plan, setPlan] = useState<Plan>(studio.plan)
  const act = useStudioStep(studio.id)
  const limits = planLimits[plan]
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('planOf', { name: studio.name })}
      width="small"
      footer={
        <Button
          look="primary"
          pending={act.isPending}
          disabled={plan === studio.plan}
          onClick={() => act.mutate({ step: 'plan', plan }, { onSuccess: onClose })}
        >
          {t('changePlan')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {act.isError && <Notice tone="bad">{textOf(act.error)}</Notice>}
        <Field
          label={t('columns.plan')}
          hint={
            limits
              ? t('limits', {
                  members: number(limits.members),
                  projects: number(limits.projects),
                  storage: size(limits.storageBytes),
                  plays: number(limits.plays),
                })
              : t('noLimits')
          }
        >
          {(control) => (
            <Select
              {...control}
              value={plan}
              onValueChange={setPlan}
              options={plans.map((value) => ({ value, label: t(`plan.${value}`) }))}
            />
          )}
        </Field>
      </div>
    </Dialog>
  )
}
