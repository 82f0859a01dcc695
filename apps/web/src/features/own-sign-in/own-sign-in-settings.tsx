import type { ProviderView } from '@sparkle/shared/identity-providers'
import { maxProviders } from '@sparkle/shared/identity-providers'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { providersQuery } from './api.ts'
import { ProviderCard } from './provider-card.tsx'
import { ProviderDialog } from './provider-dialog.tsx'

/** The studio's own ways to sign in, by the servers its people have at work already. */
export function OwnSignInSettings() {
  const t = useTranslations('sso')
  const providers = useQuery(providersQuery)
  const [editing, setEditing] = useState<ProviderView | 'new' | null>(null)
  if (providers.isPending) return <SkeletonList rows={2} className="h-40" />
  if (providers.isLoadingError) return <ErrorState error={providers.error} onRetry={() => void providers.refetch()} />
  const { items } = providers.data
  const add = (
    <Button
      look={items.length === 0 ? 'primary' : undefined}
      icon={<Plus />}
      disabled={items.length >= maxProviders}
      onClick={() => setEditing('new')}
    >
      {t('add')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      {items.length === 0 ? (
        <Card>
          <EmptyState scene="spark" title={t('empty')} body={t('emptyBody')} action={add} />
        </Card>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-110 text-muted">{t('body')}</p>
            {add}
          </div>
          {items.map((provider) => (
            <ProviderCard key={provider.id} provider={provider} onEdit={() => setEditing(provider)} />
          ))}
        </>
      )}
      {editing && <ProviderDialog provider={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  )
}
