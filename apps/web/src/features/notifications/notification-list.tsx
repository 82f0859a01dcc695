import type { NotificationView } from '@sparkle/shared/activity'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { cn } from '../../lib/cn.ts'
import { notificationQueries, useReadNotification } from './api.ts'

/** Newest first. Opening one marks it as read and leads to its project. */
export function NotificationList({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('notifications')
  const navigate = useNavigate()
  const read = useReadNotification()
  const list = useInfiniteQuery(notificationQueries.list())
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={3} />
      </div>
    )
  }
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0)
    return <EmptyState scene="spark" title={t('emptyTitle')} body={t('emptyBody')} className="py-8!" />

  const open = (item: NotificationView) => {
    if (!item.readAt) read.mutate(item.id)
    onOpen()
    if (item.projectId) void navigate(`/projects/${item.projectId}`)
  }
  return (
    <>
      <ul className="p-1">
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              onClick={() => open(item)}
              className="flex w-full items-start gap-3 rounded-box px-3 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span
                aria-hidden="true"
                className={cn('mt-1.5 size-2 shrink-0 rounded-full', item.readAt ? 'bg-transparent' : 'bg-accent')}
              />
              <span className="min-w-0 grow">
                <span className={cn('block', !item.readAt && 'font-strong')}>
                  <NotificationText item={item} />
                  {!item.readAt && <span className="sr-only">{t('unread')}</span>}
                </span>
                <RelativeTime at={item.createdAt} className="text-small text-muted" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <LoadMore {...list} />
    </>
  )
}

function NotificationText({ item }: { item: NotificationView }) {
  const t = useTranslations('notifications')
  if (item.kind === 'message') return String(item.data.message ?? '')
  const { petName } = item.data
  const known = typeof petName === 'string' && petName !== ''
  return t(`kind.${item.kind}`, { known: known ? 'yes' : 'no', petName: known ? petName : '' })
}
