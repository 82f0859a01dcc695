import { notificationKinds, type NotificationKind } from '@sparkle/shared/events'
import { kindsFor } from '@sparkle/shared/notifications'
import { SlidersHorizontal } from 'lucide-react'
import { Link, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { MarkAllRead } from '../../features/notifications/mark-all-read.tsx'
import { NotificationList } from '../../features/notifications/notification-list.tsx'
import { useSession } from '../../lib/session.tsx'

function readKind(value: string | null): NotificationKind | undefined {
  return notificationKinds.find((kind) => kind === value)
}

export function NotificationsPage() {
  const t = useTranslations('notifications')
  const { role } = useSession()
  const [search, setSearch] = useSearchParams()
  const unread = search.get('show') === 'unread'
  const kind = readKind(search.get('kind'))
  const put = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return (
    <div className="mx-auto max-w-180">
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <>
            <MarkAllRead size="medium" />
            <Button asChild icon={<SlidersHorizontal />}>
              <Link to="/settings/notifications">{t('chooseKinds')}</Link>
            </Button>
          </>
        }
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <SegmentedControl
          label={t('filter')}
          value={unread ? 'unread' : 'all'}
          onValueChange={(value) => put('show', value === 'unread' ? value : null)}
          options={[
            { value: 'all', label: t('all') },
            { value: 'unread', label: t('unreadOnly') },
          ]}
        />
        <Select
          aria-label={t('kindFilter')}
          value={kind ?? 'all'}
          onValueChange={(value) => put('kind', value === 'all' ? null : value)}
          options={[
            { value: 'all', label: t('everyKind') },
            ...(role ? kindsFor(role) : notificationKinds).map((value) => ({ value, label: t(`label.${value}`) })),
          ]}
          className="w-auto! min-w-44"
        />
      </div>
      <Card flush>
        <NotificationList filter={{ unread, kind }} />
      </Card>
    </div>
  )
}
