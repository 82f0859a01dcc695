import { MailSubscription } from '../../features/notifications/mail-subscription.tsx'
import { useLinkToken } from '../use-link-token.ts'

export function UnsubscribePage() {
  return <MailSubscription token={useLinkToken()} />
}
