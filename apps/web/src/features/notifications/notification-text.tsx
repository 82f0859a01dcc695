import type { NotificationView } from '@sparkle/shared/activity'
import { useTranslations } from 'use-intl'
import { useFormats } from '../../lib/format.ts'

/** What happened, in the words of its kind; a message speaks for itself. */
export function NotificationText({ item }: { item: NotificationView }) {
  const t = useTranslations('notifications')
  if (item.kind === 'message') return textOf(item, 'message')
  const petName = textOf(item, 'petName')
  return t(`kind.${item.kind}`, {
    known: petName ? 'yes' : 'no',
    petName,
    to: textOf(item, 'to'),
    domain: textOf(item, 'domain'),
    keyName: textOf(item, 'keyName'),
    deliverable: textOf(item, 'deliverable'),
    number: Number(item.data['number'] ?? 0),
    count: Number(item.data['count'] ?? 1),
    days: Number(item.data['days'] ?? 0),
  })
}

/** The second line: by whom, which order, what to do. */
export function NotificationDetail({ item }: { item: NotificationView }) {
  const t = useTranslations('notifications')
  const common = useTranslations('common')
  const formats = useFormats()
  if (item.kind === 'message') return t('from', { name: textOf(item, 'from') })
  const deadline = textOf(item, 'deadline')
  const name = textOf(item, 'actorName')
  const actor = item.data['guest'] === true ? common('guestNamed', { name }) : name
  return t(`detail.${item.kind}`, {
    known: actor ? 'yes' : 'no',
    actor,
    order: textOf(item, 'orderNumber'),
    number: String(item.data['number'] ?? ''),
    deadline: deadline && formats.day(deadline),
    filename: textOf(item, 'filename'),
    days: Number(item.data['days'] ?? 0),
    reason: textOf(item, 'reason'),
    settledBy: textOf(item, 'settledBy'),
    due: textOf(item, 'dueAt').slice(0, 10) || 'none',
  })
}

function textOf(item: NotificationView, key: string): string {
  const value = item.data[key]
  return typeof value === 'string' ? value : ''
}
