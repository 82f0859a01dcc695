import type { GrantView } from '@sparkle/shared/roles'
import type { UserView } from '@sparkle/shared/users'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import { usePatternName } from './permission-select.tsx'
import { rightsQueries, useRemoveGrant } from './rights-api.ts'

/** What somebody may, or may not, beside their role. */
export function PersonGrants({ person }: { person: UserView }) {
  const t = useTranslations('permissions.grants')
  const self = useSession().user.id === person.id
  const mayChange = useCan('roles:update') && !self
  const grants = useQuery(rightsQueries.grants(person.id))
  const remove = useRemoveGrant(person.id)
  const [adding, setAdding] = useState(false)
  const add = mayChange && (
    <Button size="small" icon={<Plus />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  const take = ({ id }: GrantView) => remove.mutate(id, { onSuccess: () => notify(t('removed')) })
  return (
    <Card title={t('title')} action={add}>
      {self && <p className="mb-3 text-muted">{t('own')}</p>}
      {grants.isPending && <SkeletonList rows={2} />}
      {grants.isLoadingError && <ErrorState error={grants.error} onRetry={() => void grants.refetch()} />}
      {grants.data?.items.length === 0 && <p className="text-muted">{t('empty', { name: person.displayName })}</p>}
      {grants.data && grants.data.items.length > 0 && (
        <ul className="divide-y divide-line">
          {grants.data.items.map((grant) => (
            <GrantRow key={grant.id} grant={grant} onRemove={mayChange ? () => take(grant) : null} />
          ))}
        </ul>
      )}
      {adding && <GrantDialog person={person} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function GrantRow({ grant, onRemove }: { grant: GrantView; onRemove: (() => void) | null }) {
  const t = useTranslations('permissions.grants')
  const formats = useFormats()
  const name = usePatternName()
  const { effect, projectId, assetId, resourceName, expiresAt, active } = grant
  const thing = resourceName ?? ''
  const where = projectId ? t('only', { name: thing }) : assetId ? t('asset', { name: thing }) : t('everywhere')
  const date = expiresAt ? formats.date(expiresAt) : ''
  const end = expiresAt ? t(active ? 'ends' : 'ended', { date }) : t('lasts')
  return (
    <li
      className={cn('flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0', !active && 'opacity-75')}
    >
      <span className="min-w-0 grow basis-60">
        <span className="flex flex-wrap items-center gap-x-2">
          <StatusText tone={!active ? 'neutral' : effect === 'deny' ? 'bad' : 'ok'}>
            {t(effect === 'deny' ? 'denied' : 'allowed')}
          </StatusText>
          <span className="font-strong">{name(grant.permission)}</span>
        </span>
        <span className="block">{grant.reason}</span>
        <span className="block text-small text-muted">
          {[where, end, t('by', { name: grant.grantedByName, date: formats.date(grant.createdAt) })].join(' · ')}
        </span>
      </span>
      {onRemove && (
        <Button size="small" onClick={onRemove}>
          {t('remove')}
        </Button>
      )}
    </li>
  )
}
