import { notificationKinds, type NotificationKind } from '@sparkle/shared/events'
import { useTranslations } from 'use-intl'

function isKind(kind: string): kind is NotificationKind {
  return (notificationKinds as readonly string[]).includes(kind)
}

/** What a kind of message is called; those that no person chooses have names too. */
export function useKindLabel(): (kind: string) => string {
  const t = useTranslations('notifications')
  return (kind) => {
    if (isKind(kind)) return t(`label.${kind}`)
    if (kind === 'digest') return t('digestLabel')
    return t(kind === 'sign_in' ? 'signInLabel' : 'customerLabel')
  }
}
