import type { ServiceAccountView } from '@sparkle/shared/api-keys'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Bot, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge, StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { AddServiceAccount } from './add-service-account.tsx'
import { apiKeyQueries, useServiceAccountStep } from './api.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'

/** Members without a person, apart from people; their keys are made from here. */
export function ServiceAccounts() {
  const t = useTranslations('apiKeys.service')
  const [adding, setAdding] = useState(false)
  const [keyFor, setKeyFor] = useState<ServiceAccountView | null>(null)
  return (
    <>
      <p className="mb-4 max-w-160 text-muted">{t('lead')}</p>
      <Card
        flush
        title={t('title')}
        action={
          <Button size="small" icon={<Plus />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        }
      >
        <Accounts onMakeKey={setKeyFor} />
      </Card>
      <AddServiceAccount open={adding} onClose={() => setAdding(false)} />
      <CreateKeyDialog open={keyFor !== null} onClose={() => setKeyFor(null)} account={keyFor ?? undefined} />
    </>
  )
}

function Accounts({ onMakeKey }: { onMakeKey: (account: ServiceAccountView) => void }) {
  const t = useTranslations('apiKeys.service')
  const list = useInfiniteQuery(apiKeyQueries.serviceAccounts)
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={3} />
      </div>
    )
  }
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const accounts = list.data.pages.flatMap(({ items }) => items)
  if (accounts.length === 0) return <EmptyState scene="spark" title={t('emptyTitle')} body={t('emptyBody')} />
  return (
    <>
      <ul className="divide-y divide-line">
        {accounts.map((account) => (
          <Account key={account.id} account={account} onMakeKey={() => onMakeKey(account)} />
        ))}
      </ul>
      <LoadMore {...list} />
    </>
  )
}

function Account({ account, onMakeKey }: { account: ServiceAccountView; onMakeKey: () => void }) {
  const t = useTranslations('apiKeys.service')
  const keys = useTranslations('apiKeys')
  const role = useTranslations('web.role')
  const active = account.status === 'active'
  return (
    <li className="flex flex-wrap items-start gap-3 px-4 py-3 sm:flex-nowrap">
      <Bot aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow basis-40">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={cn('min-w-0 font-strong wrap-anywhere', !active && 'text-muted')}>{account.name}</span>
          <Badge>{role(account.role)}</Badge>
          {!active && <StatusPill tone="neutral">{t('ended')}</StatusPill>}
        </p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          <span>{t('keys', { count: account.activeKeys })}</span>
          {account.lastUsedAt ? (
            <span>
              {keys('lastUsed')} <RelativeTime at={account.lastUsedAt} />
            </span>
          ) : (
            <span>{keys('neverUsed')}</span>
          )}
        </p>
      </div>
      <div className="flex shrink-0 gap-2 max-sm:pl-8">
        {active && (
          <Button size="small" aria-label={t('makeKeyNamed', { name: account.name })} onClick={onMakeKey}>
            {keys('make')}
          </Button>
        )}
        <Step account={account} />
      </div>
    </li>
  )
}

function Step({ account }: { account: ServiceAccountView }) {
  const t = useTranslations('apiKeys.service')
  const confirm = useConfirm()
  const active = account.status === 'active'
  const step = useServiceAccountStep(active ? 'deactivate' : 'reactivate')
  const { name } = account
  const take = async () => {
    const sure =
      !active ||
      (await confirm({ title: t('endTitle', { name }), body: t('endBody'), confirmLabel: t('end'), danger: true }))
    if (sure) step.mutate(account, { onSuccess: () => notify(t(active ? 'endedNamed' : 'resumed', { name })) })
  }
  return (
    <Button
      size="small"
      look="quiet"
      pending={step.isPending}
      aria-label={t(active ? 'endNamed' : 'resumeNamed', { name })}
      onClick={() => void take()}
    >
      {t(active ? 'end' : 'resume')}
    </Button>
  )
}
