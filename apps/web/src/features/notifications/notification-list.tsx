import type { NotificationView } from '@sparkle/shared/activity'
import { placeOf } from '@sparkle/shared/notifications'
import { useInfiniteQuery } from '@tanstack/react-query'
import {
  AlarmClock,
  ArrowRightLeft,
  CalendarClock,
  CircleAlert,
  FileX,
  KeyRound,
  LifeBuoy,
  MessageCircle,
  MoonStar,
  PackageCheck,
  Rocket,
  ShoppingBag,
  Unplug,
  Trash2,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { cn } from '../../lib/cn.ts'
import { notificationQueries, useReadNotification } from './api.ts'
import { NotificationDetail, NotificationText } from './notification-text.tsx'

const icons: Record<NotificationView['kind'], LucideIcon> = {
  order_received: ShoppingBag,
  project_assigned: UserRoundCheck,
  project_status_changed: ArrowRightLeft,
  deadline_approaching: AlarmClock,
  asset_rejected: FileX,
  build_passed: PackageCheck,
  build_failed: CircleAlert,
  url_deployed: Rocket,
  url_expiring: CalendarClock,
  url_expired: MoonStar,
  domain_lapsed: Unplug,
  studio_deletion: Trash2,
  platform_acting: LifeBuoy,
  message: MessageCircle,
  api_key_expiring: KeyRound,
}

interface NotificationListProps {
  /** Only those that were not read. */
  unread?: boolean
  /** Called when one is opened, before the page changes. */
  onOpen?: () => void
}

/** Newest first. Opening one marks it as read and leads to what it is about. */
export function NotificationList({ unread, onOpen }: NotificationListProps) {
  const t = useTranslations('notifications')
  const navigate = useNavigate()
  const read = useReadNotification()
  const list = useInfiniteQuery(notificationQueries.list({ unread }))
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
    return (
      <EmptyState
        scene="spark"
        title={t(unread ? 'emptyUnreadTitle' : 'emptyTitle')}
        body={t(unread ? 'emptyUnreadBody' : 'emptyBody')}
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
      <ul aria-label={t('list')} className="p-1">
        {items.map((item) => (
          <li key={item.id}>
            <Row item={item} onOpen={() => open(item)} />
          </li>
        ))}
      </ul>
      <LoadMore {...list} />
    </>
  )
}

function Row({ item, onOpen }: { item: NotificationView; onOpen: () => void }) {
  const t = useTranslations('notifications')
  const Icon = icons[item.kind]
  const fresh = !item.readAt
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-full items-start gap-3 rounded-box px-3 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span
        aria-hidden="true"
        className={cn(
          'mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-full [&_svg]:size-3.5',
          fresh ? 'bg-accent-soft text-accent-text' : 'bg-sunken text-muted',
        )}
      >
        <Icon />
      </span>
      <span className="min-w-0 grow">
        <span className={cn('block break-words', fresh && 'font-strong')}>
          <NotificationText item={item} />
          {fresh && <span className="sr-only">{t('unread')}</span>}
        </span>
        <span className="block text-small text-muted">
          <NotificationDetail item={item} />
        </span>
      </span>
      <RelativeTime at={item.createdAt} className="shrink-0 pt-0.5 text-small text-muted" />
      <span
        aria-hidden="true"
        className={cn('mt-2 size-2 shrink-0 rounded-full', fresh ? 'bg-accent' : 'bg-transparent')}
      />
    </button>
  )
}
