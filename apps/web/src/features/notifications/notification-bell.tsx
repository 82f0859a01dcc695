import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Popover } from '../../components/popover.tsx'
import { notificationQueries } from './api.ts'
import { MarkAllRead } from './mark-all-read.tsx'
import { NotificationList } from './notification-list.tsx'

export function NotificationBell() {
  const t = useTranslations('web.top')
  const texts = useTranslations('notifications')
  const [open, setOpen] = useState(false)
  const { data } = useQuery(notificationQueries.unreadCount())
  const count = data?.count ?? 0
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      label={t('notifications')}
      className="w-[min(360px,calc(100vw-24px))] p-0!"
      trigger={
        <button
          type="button"
          aria-label={count > 0 ? t('unread', { count }) : t('notifications')}
          className="relative flex size-9 items-center justify-center rounded-box text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover pointer-coarse:size-11"
        >
          <Bell aria-hidden="true" className="size-[18px]" />
          {count > 0 && (
            <span
              aria-hidden="true"
              className="absolute top-0.5 right-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] font-strong text-accent-ink tabular-nums"
            >
              {count > 99 ? '99+' : count}
            </span>
          )}
        </button>
      }
    >
      <div className="flex min-h-12 items-center justify-between gap-2 border-b border-line py-1.5 pr-2 pl-4">
        <span className="font-strong">{t('notifications')}</span>
        <MarkAllRead />
      </div>
      <div className="max-h-[min(480px,70dvh)] overflow-y-auto">
        <NotificationList onOpen={() => setOpen(false)} />
      </div>
      <div className="border-t border-line p-1.5">
        <Button look="quiet" className="w-full" asChild>
          <Link to="/notifications" onClick={() => setOpen(false)}>
            {texts('seeAll')}
          </Link>
        </Button>
      </div>
    </Popover>
  )
}
