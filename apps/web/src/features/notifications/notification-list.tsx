import type { NotificationView } from '@sparkle/shared/activity'
import { placeOf } from '@sparkle/shared/notifications'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useDayNames } from '../../lib/day-names.ts'
import { notificationQueries, useReadNotification, type NotificationFilter } from './api.ts'
import { NotificationRow } from './notification-row.tsx'

interface NotificationListProps {
  filter?: NotificationFilter
  /** Called when one is opened, before the page changes. */
  onOpen?: () => void
}

/** Newest first, by day. Opening one marks it as read and leads to what it is about. */
export function NotificationList({ filter = {}, onOpen }: NotificationListProps) {
  const t = useTranslations('notifications')
  const navigate = useNavigate()
  const read = useReadNotification()
  const dayOf = useDayNames()
  const list = useInfiniteQuery(notificationQueries.list(filter))
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={3} />
      </div>
    )
  }
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0) {
    const narrowed = Boolean(filter.unread || filter.kind)
    return (
      <EmptyState
        scene="spark"
        title={t(filter.kind ? 'emptyKindTitle' : filter.unread ? 'emptyUnreadTitle' : 'emptyTitle')}
        body={t(narrowed ? 'emptyUnreadBody' : 'emptyBody')}
        className="py-8!"
      />
    )
  }
  const open = (item: NotificationView) => {
    if (!item.readAt) read.mutate(item.id)
    onOpen?.()
    void navigate(placeOf(item.kind, item.projectId))
  }
  return (
    <>
      {byDay(items, dayOf).map(({ day, items: ofDay }) => (
        <Fragment key={day}>
          <h3 className="px-4 pt-3 pb-1 text-small text-muted">{day}</h3>
          <ul aria-label={t('listOf', { day })} className="px-1 pb-1">
            {ofDay.map((item) => (
              <li key={item.id}>
                <NotificationRow item={item} onOpen={() => open(item)} />
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
      <LoadMore {...list} />
    </>
  )
}

/** Consecutive ones of a day under its name. */
function byDay(items: readonly NotificationView[], dayOf: (instant: string) => string) {
  const days: { day: string; items: NotificationView[] }[] = []
  for (const item of items) {
    const day = dayOf(item.createdAt)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(item)
    else days.push({ day, items: [item] })
  }
  return days
}
