import { useQuery } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { notificationQueries, useReadAllNotifications } from './api.ts'

/** Only there while something is unread. */
export function MarkAllRead({ size = 'small' }: { size?: 'small' | 'medium' }) {
  const t = useTranslations('notifications')
  const { data } = useQuery(notificationQueries.unreadCount())
  const readAll = useReadAllNotifications()
  if (!data?.count) return null
  return (
    <Button
      look={size === 'small' ? 'quiet' : 'secondary'}
      size={size}
      icon={<CheckCheck />}
      onClick={() => readAll.mutate()}
    >
      {t('markAll')}
    </Button>
  )
}
