import { assignedOnly, outcomeOf } from '@sparkle/shared/decide'
import { coveringPattern, type Permission, type Role } from '@sparkle/shared/permissions'
import type { Explanation } from '@sparkle/shared/roles'
import { useQuery } from '@tanstack/react-query'
import { Check, Minus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Field } from '../../components/field.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { cn } from '../../lib/cn.ts'
import { PermissionSelect } from './permission-select.tsx'
import { ProjectPicker } from './project-picker.tsx'
import { rightsQueries } from './rights-api.ts'

interface WhyProps {
  person: { id: string; displayName: string; role?: Role | null }
  roleName: string
}

/** Asks the API why somebody may do something, or why not, and shows the rules as they were asked. */
export function Why({ person, roleName }: WhyProps) {
  const t = useTranslations('permissions')
  const [permission, setPermission] = useState<Permission>('projects:update')
  const [where, setWhere] = useState<'everywhere' | 'project'>('everywhere')
  const [projectId, setProjectId] = useState<string>()
  return (
    <Card title={t('why.title')}>
      <div className="flex flex-col gap-4">
        <Field label={t('why.permission')}>
          {(field) => <PermissionSelect field={field} value={permission} onChange={setPermission} />}
        </Field>
        <div className="flex flex-col gap-2">
          <SegmentedControl
            label={t('grants.where')}
            value={where}
            onValueChange={setWhere}
            options={[
              { value: 'everywhere', label: t('grants.everywhere') },
              { value: 'project', label: t('grants.project') },
            ]}
          />
          {where === 'project' && <ProjectPicker value={projectId} onChange={setProjectId} />}
        </div>
        <Steps
          person={person}
          roleName={roleName}
          permission={permission}
          projectId={where === 'project' ? projectId : undefined}
        />
      </div>
    </Card>
  )
}

interface StepsProps extends WhyProps {
  permission: Permission
  projectId?: string | undefined
}

export function Steps({ person, roleName, permission, projectId }: StepsProps) {
  const t = useTranslations('permissions.why')
  const why = useQuery(rightsQueries.why(person.id, permission, projectId))
  if (why.isPending) return <SkeletonList rows={3} className="h-6" />
  if (why.isLoadingError) return <ErrorState error={why.error} onRetry={() => void why.refetch()} />
  const { allowed, steps } = why.data
  const name = person.displayName
  // Asked of the studio as a whole, the decision leaves out which projects an artist works on.
  const narrowed =
    allowed &&
    !projectId &&
    person.role === 'artist' &&
    steps.at(-1)?.rule === 'role' &&
    coveringPattern(assignedOnly, permission) !== undefined
  return (
    <div aria-live="polite">
      <p className={cn('mb-3 text-large font-strong', allowed ? 'text-ok' : 'text-bad')}>
        {t(narrowed ? 'assigned' : allowed ? 'yes' : 'no', { name })}
      </p>
      <ol aria-label={t('steps')} className="flex flex-col gap-2">
        {steps.map((step, at) => (
          <StepRow key={step.rule} step={step} roleName={roleName} last={at === steps.length - 1} />
        ))}
      </ol>
    </div>
  )
}

function StepRow({ step, roleName, last }: { step: Explanation['steps'][number]; roleName: string; last: boolean }) {
  const t = useTranslations('permissions.steps')
  const Icon = { allow: Check, deny: X, none: Minus }[step.effect]
  const tone = { allow: 'text-ok', deny: 'text-bad', none: 'text-faint' }[step.effect]
  const words = t(outcomeOf(step), {
    role: roleName,
    pattern: step.pattern ?? '',
    reason: step.grant?.reason ?? '',
    where: step.level,
  })
  return (
    <li className={cn('flex items-start gap-2', last ? 'font-strong' : 'text-muted')}>
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', tone)} />
      <span>{words}</span>
    </li>
  )
}
