import { useInfiniteQuery } from '@tanstack/react-query'
import { Search, UserRoundPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Link, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { Input } from '../../components/input.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { ServiceAccounts } from '../../features/api-keys/service-accounts.tsx'
import { userQueries } from '../../features/team/api.ts'
import { InviteDialog } from '../../features/team/invite-dialog.tsx'
import { TeamTable } from '../../features/team/team-table.tsx'
import { useAction } from '../../lib/actions.tsx'
import { useCan } from '../../lib/session.tsx'

export function TeamPage() {
  const t = useTranslations('team')
  const nav = useTranslations('web.nav')
  const rights = useTranslations('permissions')
  const mayInvite = useCan('users:create')
  const seesRights = useCan('roles:read')
  const [inviting, setInviting] = useState(false)
  useAction(
    mayInvite
      ? { id: 'invite', label: t('inviteTitle'), group: 'create', keys: 'c', run: () => setInviting(true) }
      : null,
  )
  const invite = mayInvite && (
    <Button look="primary" icon={<UserRoundPlus />} onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={nav('team')}
        description={<Count />}
        actions={
          <>
            {seesRights && (
              <Button asChild>
                <Link to="/team/permissions">{rights('open')}</Link>
              </Button>
            )}
            {invite}
          </>
        }
      />
      <People invite={invite} />
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </>
  )
}

/** How many work here; the same query as the table's, so it costs nothing. */
function Count() {
  const t = useTranslations('team')
  const { data, hasNextPage } = useInfiniteQuery(userQueries.list('team', ''))
  const working = data?.pages.flatMap(({ items }) => items).filter(({ status }) => status === 'active') ?? []
  return working.length > 0 && !hasNextPage ? t('lead', { count: working.length }) : null
}

function People({ invite }: { invite: React.ReactNode }) {
  const t = useTranslations('team')
  const [search, setSearch] = useSearchParams()
  const managesKeys = useCan('api-keys:manage')
  const asked = search.get('show')
  const shown = asked === 'customers' || (asked === 'service' && managesKeys) ? asked : 'team'
  const q = search.get('q') ?? ''
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-2">
        <SegmentedControl
          label={t('show')}
          value={shown}
          onValueChange={(value) => set('show', value === 'team' ? '' : value)}
          options={[
            { value: 'team', label: t('team') },
            { value: 'customers', label: t('customers') },
            ...(managesKeys ? [{ value: 'service', label: t('service') }] : []),
          ]}
        />
        {shown !== 'service' && (
          <Input
            type="search"
            aria-label={t('search')}
            placeholder={t('searchHint')}
            icon={<Search />}
            value={q}
            maxLength={120}
            onChange={(event) => set('q', event.target.value)}
            className="min-w-0 grow sm:max-w-72"
          />
        )}
      </div>
      {shown === 'service' ? (
        <ServiceAccounts />
      ) : (
        <Card flush action={shown === 'customers' && <ClientsLink />}>
          <List q={q} customers={shown === 'customers'} invite={invite} />
        </Card>
      )}
    </>
  )
}

/** Who signs in for whom is kept with the clients. */
function ClientsLink() {
  const nav = useTranslations('web.nav')
  const seesClients = useCan('accounts:read')
  return (
    seesClients && (
      <Button asChild size="small">
        <Link to="/clients">{nav('clients')}</Link>
      </Button>
    )
  )
}

function List({ q, customers, invite }: { q: string; customers: boolean; invite: React.ReactNode }) {
  const t = useTranslations('team')
  const list = useInfiniteQuery(userQueries.list(customers ? 'customers' : 'team', useDeferredValue(q.trim())))
  const admins = useInfiniteQuery(userQueries.list('admins', ''))
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={5} />
      </div>
    )
  }
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const people = list.data.pages.flatMap(({ items }) => items)
  if (people.length === 0) {
    if (q) return <EmptyState scene="search" title={t('noneTitle')} body={t('noneBody')} />
    return customers ? (
      <EmptyState scene="hearts" title={t('noCustomersTitle')} body={t('noCustomersBody')} />
    ) : (
      <EmptyState scene="hearts" title={t('emptyTitle')} body={t('emptyBody')} action={invite} />
    )
  }
  const adminIds = admins.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ status }) => status === 'active')
    .map(({ id }) => id)
  return <TeamTable members={people} adminIds={adminIds ?? []} footer={<LoadMore {...list} />} />
}
