import { accountKinds, type AccountKind } from '@sparkle/shared/accounts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Field } from '../../components/field.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { Input } from '../../components/input.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { clientQueries, useAddClient } from '../../features/clients/api.ts'
import { ClientTable } from '../../features/clients/client-table.tsx'
import { ContactDialog } from '../../features/clients/contact-form.tsx'
import { useAction } from '../../lib/actions.tsx'
import { useCan } from '../../lib/session.tsx'

/** Everybody the studio works for; filters live in the address. */
export function ClientsPage() {
  const t = useTranslations('clients')
  const navigate = useNavigate()
  const mayAdd = useCan('accounts:create')
  const add = useAddClient()
  const [adding, setAdding] = useState(false)
  const [search, setSearch] = useSearchParams()
  const q = search.get('q') ?? ''
  const kind = accountKinds.find((one) => one === search.get('kind'))
  const sort = search.get('sort') ?? '-createdAt'
  const [newKind, setNewKind] = useState<AccountKind>(kind ?? 'household')
  useAction(
    mayAdd ? { id: 'add-client', label: t('add'), group: 'create', keys: 'c', run: () => setAdding(true) } : null,
  )
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  const button = mayAdd && (
    <Button look="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  const filter = { q: useDeferredValue(q.trim()), kind, sort }
  return (
    <>
      <PageHeader title={t('label')} description={<Count filter={filter} />} actions={button} />
      <div className="mb-4 flex flex-wrap gap-2">
        <SegmentedControl
          label={t('kindLabel')}
          value={kind ?? 'all'}
          onValueChange={(value) => set('kind', value === 'all' ? '' : value)}
          options={(['all', ...accountKinds] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          icon={<Search />}
          value={q}
          maxLength={254}
          onChange={(event) => set('q', event.target.value)}
          className="min-w-0 grow sm:max-w-72"
        />
      </div>
      <Card flush>
        <List filter={filter} onSort={(value) => set('sort', value)} add={button} />
      </Card>
      <ContactDialog
        key={String(adding)}
        open={adding}
        onOpenChange={setAdding}
        title={t('add')}
        description={t('addBody')}
        known={null}
        pending={add.isPending}
        onSave={async (contact) => {
          const made = await add.mutateAsync({ name: contact.name, kind: newKind, contact })
          notify(t('added', { name: made.name }))
          void navigate(`/clients/${made.id}`)
        }}
      >
        <Field label={t('kindLabel')} className="mb-4">
          {(field) => (
            <Select
              {...field}
              value={newKind}
              onValueChange={setNewKind}
              options={accountKinds.map((value) => ({ value, label: t(`oneKind.${value}`) }))}
            />
          )}
        </Field>
      </ContactDialog>
    </>
  )
}

interface Filter {
  q: string
  kind: AccountKind | undefined
  sort: string
}

/** The same query as the list's, so it costs nothing. */
function Count({ filter }: { filter: Filter }) {
  const t = useTranslations('clients')
  const { data } = useInfiniteQuery(clientQueries.list(filter))
  const total = data?.pages[0]?.total
  return total === undefined ? null : t('count', { count: total })
}

function List({ filter, onSort, add }: { filter: Filter; onSort: (sort: string) => void; add: React.ReactNode }) {
  const t = useTranslations('clients')
  const list = useInfiniteQuery(clientQueries.list(filter))
  if (list.isPending)
    return (
      <div className="p-4">
        <SkeletonList rows={5} />
      </div>
    )
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const clients = list.data.pages.flatMap(({ items }) => items)
  if (clients.length === 0)
    return filter.q || filter.kind ? (
      <EmptyState scene="search" title={t('noneTitle')} body={t('noneBody')} />
    ) : (
      <EmptyState scene="hearts" title={t('emptyTitle')} body={t('emptyBody')} action={add} />
    )
  return <ClientTable clients={clients} sort={filter.sort} onSortChange={onSort} footer={<LoadMore {...list} />} />
}
