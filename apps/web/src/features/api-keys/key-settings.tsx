import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useCan } from '../../lib/session.tsx'
import { apiKeyQueries } from './api.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { KeyList } from './key-list.tsx'

/** One's own keys; those who manage keys look at everybody's, too. */
export function KeySettings() {
  const t = useTranslations('apiKeys')
  const manages = useCan('api-keys:manage')
  const [owner, setOwner] = useState<'me' | 'everybody'>('me')
  const [making, setMaking] = useState(false)
  const make = (
    <Button size="small" look="primary" icon={<Plus />} onClick={() => setMaking(true)}>
      {t('make')}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-120 text-muted">{t('lead')}</p>
        {manages && (
          <SegmentedControl
            label={t('whose')}
            value={owner}
            onValueChange={setOwner}
            options={[
              { value: 'me', label: t('mine') },
              { value: 'everybody', label: t('everybody') },
            ]}
          />
        )}
      </div>
      <Card flush title={t('title')} action={make}>
        <Keys owner={owner} />
      </Card>
      <CreateKeyDialog open={making} onClose={() => setMaking(false)} />
    </div>
  )
}

function Keys({ owner }: { owner: 'me' | 'everybody' }) {
  const t = useTranslations('apiKeys')
  const list = useInfiniteQuery(apiKeyQueries.list(owner))
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={3} />
      </div>
    )
  }
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const keys = list.data.pages.flatMap(({ items }) => items)
  if (keys.length === 0) return <EmptyState scene="spark" title={t('emptyTitle')} body={t('emptyBody')} />
  return (
    <>
      <KeyList keys={keys} />
      <LoadMore {...list} />
    </>
  )
}
