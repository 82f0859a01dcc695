import { isAccountRole } from '@sparkle/shared/permissions'
import type { EventType } from '@sparkle/shared/events'
import type { Mail } from '../../adapters/mail.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { HandledEvent } from '../../core/event-handlers.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readCustomerEmail } from '../projects/contact-data.service.ts'
import { signInvitation } from '../users/invitations.service.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { composeMail, type MailFace, type MailOrder } from './mail.service.ts'
import { addressOf, type MailPlace, textOf } from './notices.ts'
import { findOpenInvitation, findProjectFacts } from './notifications.queries.ts'

/** Who gets mails without being of the studio: they asked for them, so they have no choice of channels. */
export const outsiderOf = {
  'order:received': 'customer',
  'url:deployed': 'customer',
  'user:invited': 'invited',
} as const satisfies Partial<Record<EventType, string>>
export type OutsideEvent = keyof typeof outsiderOf
export const outsideEvents = Object.keys(outsiderOf) as OutsideEvent[]

export function isOutside(type: EventType): type is OutsideEvent {
  return type in outsiderOf
}

/** The mail of an event to the customer or the invited; null for who cannot be reached or does not wait for it any more. */
export async function composeOutsideMail(
  tx: TenantTx,
  crypto: Crypto,
  place: MailPlace,
  face: MailFace,
  event: HandledEvent,
  messageId: string,
): Promise<Mail | null> {
  if (event.type === 'user:invited') return invitationMail(tx, crypto, place, face, event, messageId)
  const project = event.projectId ? await findProjectFacts(tx, event.projectId) : undefined
  const to = project && readCustomerEmail(crypto, project)
  if (!project || !to) return null
  const { petName, orderId, orderNumber } = project
  const recipient = { to, name: project.customerName }
  const reason = { kind: 'asked-for' } as const
  if (event.type === 'url:deployed') {
    const address = addressOf(place, event.data)
    const order = { kind: 'customerDeployed', values: { petName, address }, link: address } as const
    return composeMail(face, recipient, order, reason, messageId)
  }
  if (!orderId || !orderNumber) return null
  const link = `${place.publicOrigin}/track/${crypto.signToken('tracking', [tx.organizationId, orderId])}`
  const order = { kind: 'orderConfirmation', values: { petName, orderNumber }, link } as const
  return composeMail(face, recipient, order, reason, messageId)
}

async function invitationMail(
  tx: TenantTx,
  crypto: Crypto,
  place: MailPlace,
  face: MailFace,
  event: HandledEvent,
  messageId: string,
): Promise<Mail | null> {
  const id = textOf(event.data['invitationId'])
  const invitation = await findOpenInvitation(tx, id)
  if (!invitation) return null
  const inviterName = invitation.inviterName ?? ''
  const known = inviterName ? 'yes' : 'no'
  const { role, petName, generation } = invitation
  const link = `${place.publicOrigin}/invite/${signInvitation(crypto, tx.organizationId, { id, generation })}`
  const to = { to: crypto.decrypt(invitation.emailCipher, userEmailContext) }
  const order: MailOrder =
    petName === null
      ? { kind: isAccountRole(role) ? 'accountInvitation' : 'invitation', values: { inviterName, role, known }, link }
      : { kind: 'projectInvitation', values: { inviterName, petName, known }, link }
  return composeMail(face, to, order, { kind: 'asked-for' }, messageId)
}
