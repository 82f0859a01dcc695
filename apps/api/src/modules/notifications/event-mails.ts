import type { EventData, EventType } from '@sparkle/shared/events'
import type { Mail } from '../../adapters/mail.ts'
import type { Crypto } from '../../core/crypto.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import type { HandledEvent } from '../../core/event-handlers.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readCustomerEmail } from '../projects/projects.service.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { composeMail, type MailFace, type MailOrder } from './mail.service.ts'
import {
  findMessage,
  findOpenInvitation,
  findProjectFacts,
  findRecipient,
  findStudioFace,
} from './notifications.queries.ts'
import { listConcerned } from './notifications.service.ts'

/** Where links in mails lead. */
export interface MailPlace {
  publicOrigin: string
  gamesOrigin: string
}

type Project = NonNullable<Awaited<ReturnType<typeof findProjectFacts>>>

/** Somebody who gets a mail of an event: a person of the studio by id, the customer, or who is invited. */
export type MailTarget = { userId: string } | 'customer' | 'invited'

/** The events that write mails. */
export const mailingEvents = [
  'order:received',
  'project:assigned',
  'url:deployed',
  'build:failed',
  'url:expiring',
  'notification:added',
  'user:invited',
] as const satisfies readonly EventType[]

/** To whom an event's mails go, always in the same order. */
export async function listMailTargets(tx: TenantTx, event: HandledEvent): Promise<MailTarget[]> {
  if (event.type === 'user:invited') return ['invited']
  if (event.type === 'notification:added') {
    const message = await findMessage(tx, text(event.data['notificationId']))
    return message ? [{ userId: message.userId }] : []
  }
  const people: MailTarget[] = (await listConcerned(tx, event)).map((userId) => ({ userId }))
  return event.type === 'order:received' || event.type === 'url:deployed' ? [...people, 'customer'] : people
}

/** The mail of an event to one of its targets; null for those who want none or cannot be reached. */
export async function composeEventMail(
  tx: TenantTx,
  crypto: Crypto,
  place: MailPlace,
  event: HandledEvent,
  target: MailTarget,
): Promise<Mail | null> {
  const face = (await findStudioFace(tx)) ?? { name: '', accent: null }
  if (target === 'invited') return invitationMail(tx, crypto, place, event, face)
  const project = event.projectId ? await findProjectFacts(tx, event.projectId) : undefined
  if (target === 'customer') return project ? customerMail(tx, crypto, place, event, face, project) : null

  const person = await findRecipient(tx, target.userId)
  if (!person?.notificationMails) return null
  const order =
    event.type === 'notification:added'
      ? await messageOrder(tx, place, event)
      : project && staffOrder(place, event, project)
  if (!order) return null
  const to = {
    to: crypto.decrypt(person.emailCipher, userEmailContext),
    name: person.displayName,
    locale: person.locale,
  }
  return composeMail(face, to, order, `${event.id}.${person.userId}`)
}

function staffOrder(place: MailPlace, event: HandledEvent, project: Project): MailOrder | null {
  const actorName = event.actorName ?? ''
  const shared = {
    link: `${place.publicOrigin}/projects/${event.projectId}`,
    canTurnOff: true,
  }
  const { petName } = project
  switch (event.type) {
    case 'order:received': {
      const customerName = project.customerName ?? ''
      const orderNumber = project.orderNumber ?? ''
      const values = {
        petName,
        orderNumber,
        packageType: project.packageType,
        customerName,
        known: yesNo(customerName),
      }
      return { ...shared, kind: 'orderReceived', values }
    }
    case 'project:assigned':
      return { ...shared, kind: 'projectAssigned', values: { petName, actorName, known: yesNo(actorName) } }
    case 'url:deployed':
      return {
        ...shared,
        kind: 'urlDeployed',
        values: { petName, actorName, known: yesNo(actorName), address: addressOf(place, event) },
      }
    case 'url:expiring':
      return {
        ...shared,
        link: `${shared.link}/address`,
        kind: 'urlExpiring',
        values: { petName, address: addressOf(place, event), days: Number(event.data['days'] ?? 0) },
      }
    case 'build:failed':
      return { ...shared, kind: 'buildFailed', values: { petName } }
    default:
      return null
  }
}

async function messageOrder(tx: TenantTx, place: MailPlace, event: HandledEvent): Promise<MailOrder | null> {
  const found = await findMessage(tx, text(event.data['notificationId']))
  if (!found) return null
  const values = { from: text(found.data['from']), message: text(found.data['message']) }
  const link = found.projectId ? `${place.publicOrigin}/projects/${found.projectId}` : `${place.publicOrigin}/`
  return { kind: 'message', values, link, canTurnOff: true }
}

function customerMail(
  tx: TenantTx,
  crypto: Crypto,
  place: MailPlace,
  event: HandledEvent,
  face: MailFace,
  project: Project,
): Mail | null {
  const to = readCustomerEmail(crypto, project)
  if (!to) return null
  const { petName, orderId, orderNumber } = project
  const messageId = `${event.id}.customer`
  const recipient = { to, name: project.customerName }
  if (event.type === 'url:deployed') {
    const address = addressOf(place, event)
    return composeMail(
      face,
      recipient,
      { kind: 'customerDeployed', values: { petName, address }, link: address, canTurnOff: false },
      messageId,
    )
  }
  if (!orderId || !orderNumber) return null
  const link = `${place.publicOrigin}/track/${crypto.signToken('tracking', [tx.organizationId, orderId])}`
  return composeMail(
    face,
    recipient,
    { kind: 'orderConfirmation', values: { petName, orderNumber }, link, canTurnOff: false },
    messageId,
  )
}

async function invitationMail(
  tx: TenantTx,
  crypto: Crypto,
  place: MailPlace,
  event: HandledEvent,
  face: MailFace,
): Promise<Mail | null> {
  const id = text(event.data['invitationId'])
  const invitation = await findOpenInvitation(tx, id)
  if (!invitation) return null
  const inviterName = invitation.inviterName ?? ''
  const values = { inviterName, role: invitation.role, known: yesNo(inviterName) }
  const link = `${place.publicOrigin}/invite/${crypto.signToken('invite', [tx.organizationId, id])}`
  const to = { to: crypto.decrypt(invitation.emailCipher, userEmailContext) }
  return composeMail(face, to, { kind: 'invitation', values, link, canTurnOff: false }, `${event.id}.invited`)
}

function addressOf(place: MailPlace, event: HandledEvent): string {
  return `${gameOrigin(place.gamesOrigin, text(event.data['primaryDomain']))}/${text(event.data['slug'])}/`
}

function text(value: EventData[string] | undefined): string {
  return value == null ? '' : String(value)
}

function yesNo(value: string): 'yes' | 'no' {
  return value ? 'yes' : 'no'
}
