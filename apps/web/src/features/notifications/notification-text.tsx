import type { NotificationView } from '@sparkle/shared/activity'
import { useTranslations } from 'use-intl'

/** What happened, in the words of its kind; a message speaks for itself. */
export function NotificationText({ item }: { item: NotificationView }) {
  const t = useTranslations('notifications')
  if (item.kind === 'message') return textOf(item, 'message')
  const petName = textOf(item, 'petName')
  return t(`kind.${item.kind}`, { known: petName ? 'yes' : 'no', petName, keyName: textOf(item, 'keyName') })
}

/** The second line: by whom, which order, what to do. */
export function NotificationDetail({ item }: { item: NotificationView }) {
  const t = useTranslations('notifications')
  if (item.kind === 'message') return t('from', { name: textOf(item, 'from') })
  const actor = textOf(item, 'actorName')
  return t(`detail.${item.kind}`, {
    known: actor ? 'yes' : 'no',
    actor,
    number: textOf(item, 'orderNumber'),
    days: Number(item.data['days'] ?? 0),
  })
}

/** Where a notification leads: the part of its project that it is about. */
export function placeOf({ kind, projectId }: Pick<NotificationView, 'kind' | 'projectId'>): string | null {
  if (!projectId) return null
  if (kind === 'build_failed') return `/projects/${projectId}/builds`
  return kind === 'url_deployed' || kind === 'url_expiring'
    ? `/projects/${projectId}/address`
    : `/projects/${projectId}`
}

function textOf(item: NotificationView, key: string): string {
  const value = item.data[key]
  return typeof value === 'string' ? value : ''
}
