import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { MarkAllRead } from '../../features/notifications/mark-all-read.tsx'
import { NotificationList } from '../../features/notifications/notification-list.tsx'

export function NotificationsPage() {
  const t = useTranslations('notifications')
  const [search, setSearch] = useSearchParams()
  const unread = search.get('show') === 'unread'
  return (
    <div className="mx-auto max-w-180">
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <>
            <MarkAllRead size="medium" />
            <SegmentedControl
              label={t('filter')}
              value={unread ? 'unread' : 'all'}
              onValueChange={(value) => setSearch(value === 'unread' ? { show: value } : {}, { replace: true })}
              options={[
                { value: 'all', label: t('all') },
                { value: 'unread', label: t('unreadOnly') },
              ]}
            />
          </>
        }
      />
      <Card flush>
        <NotificationList unread={unread} />
      </Card>
    </div>
  )
}
