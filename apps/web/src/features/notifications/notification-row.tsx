import type { NotificationView } from '@sparkle/shared/activity'
import { useQuery } from '@tanstack/react-query'
import {
  AlarmClock,
  ArrowRightLeft,
  AtSign,
  BadgeCheck,
  Bell,
  BellOff,
  CalendarClock,
  Check,
  CircleAlert,
  Ellipsis,
  Eye,
  FileX,
  Hourglass,
  ImagePlus,
  KeyRound,
  LifeBuoy,
  MessageCircle,
  MessageSquare,
  MessagesSquare,
  MessageSquareWarning,
  MoonStar,
  PackageCheck,
  Reply,
  Rocket,
  ShoppingBag,
  SlidersHorizontal,
  Trash2,
  Unplug,
  UserRoundCheck,
  type LucideIcon,
} from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { useReadNotification } from './api.ts'
import { NotificationDetail, NotificationText } from './notification-text.tsx'
import { muteQuery, useMute } from './preferences-api.ts'

const icons: Record<NotificationView['kind'], LucideIcon> = {
  order_received: ShoppingBag,
  project_assigned: UserRoundCheck,
  project_status_changed: ArrowRightLeft,
  deadline_approaching: AlarmClock,
  asset_rejected: FileX,
  photo_added: ImagePlus,
  build_passed: PackageCheck,
  build_failed: CircleAlert,
  version_added: Eye,
  message_received: MessagesSquare,
  review_approved: BadgeCheck,
  review_changes_requested: MessageSquareWarning,
  version_waiting: Hourglass,
  comment_mentioned: AtSign,
  comment_replied: Reply,
  comment_added: MessageSquare,
  url_deployed: Rocket,
  url_expiring: CalendarClock,
  url_expired: MoonStar,
  domain_lapsed: Unplug,
  studio_deletion: Trash2,
  platform_acting: LifeBuoy,
  message: MessageCircle,
  api_key_expiring: KeyRound,
}

export function NotificationRow({ item, onOpen }: { item: NotificationView; onOpen: () => void }) {
  const t = useTranslations('notifications')
  const Icon = icons[item.kind]
  const fresh = !item.readAt
  return (
    <div className="flex items-start rounded-box focus-within:bg-hover hover:bg-hover">
      <button
        type="button"
        onClick={onOpen}
        className="flex min-w-0 grow items-start gap-3 rounded-box py-2.5 pl-3 text-left focus-visible:-outline-offset-2"
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
          <span className={cn('block wrap-anywhere', fresh && 'font-strong')}>
            <NotificationText item={item} />
            {fresh && <span className="sr-only">{t('unread')}</span>}
          </span>
          <span className="block text-small wrap-anywhere text-muted">
            <NotificationDetail item={item} />
            <RelativeTime at={item.createdAt} className="block sm:hidden" />
          </span>
        </span>
        <RelativeTime at={item.createdAt} className="hidden shrink-0 pt-0.5 text-small text-muted sm:block" />
        <span
          aria-hidden="true"
          className={cn('mt-2 size-2 shrink-0 rounded-full', fresh ? 'bg-accent' : 'bg-transparent')}
        />
      </button>
      <RowMenu item={item} />
    </div>
  )
}

/** What else can be done with one: read it, hear no more of its project, choose about its kind. */
function RowMenu({ item }: { item: NotificationView }) {
  const t = useTranslations('notifications')
  const navigate = useNavigate()
  const read = useReadNotification()
  const [open, setOpen] = useState(false)
  return (
    <Menu
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton bare size="small" label={t('more')} icon={<Ellipsis />} className="m-2" />}
    >
      {!item.readAt && (
        <MenuItem icon={<Check />} onSelect={() => read.mutate(item.id)}>
          {t('markOne')}
        </MenuItem>
      )}
      {item.projectId && open && <MuteItem projectId={item.projectId} />}
      <MenuItem icon={<SlidersHorizontal />} onSelect={() => void navigate('/settings/notifications')}>
        {t('chooseKinds')}
      </MenuItem>
    </Menu>
  )
}

function MuteItem({ projectId }: { projectId: string }) {
  const t = useTranslations('notifications')
  const { data } = useQuery(muteQuery(projectId))
  const mute = useMute(projectId)
  const muted = data?.muted ?? false
  return (
    <MenuItem
      icon={muted ? <Bell /> : <BellOff />}
      disabled={!data}
      onSelect={() => mute.mutate(!muted, { onSuccess: () => notify(t(muted ? 'unmuted' : 'muted')) })}
    >
      {t(muted ? 'unmute' : 'mute')}
    </MenuItem>
  )
}
