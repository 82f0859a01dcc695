import type { EventData, NotificationKind } from '@sparkle/shared/events'
import { notificationCatalogue, outsideChannels, type OutsideChannel } from '@sparkle/shared/notifications'
import type { Mail } from '../../adapters/mail.ts'
import type { Sms } from '../../adapters/sms.ts'
import type { PushMessage } from '../../adapters/web-push.ts'
import type { Crypto } from '../../core/crypto.ts'
import { findEvent } from '../../core/event-log.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { type Delivery, countSms, reserveSms } from './deliveries.queries.ts'
import { conversationFacts } from './conversation-news.ts'
import { composeDigest } from './digest.ts'
import { composeMail, composeShort, type MailFace, type MailOrder } from './mail.service.ts'
import { type MailPlace, orderOf, type Told } from './notices.ts'
import { findNotification, findProjectFacts } from './notifications.queries.ts'
import { smsPerPerson, smsPerStudio, waysOf } from './notifications.rules.ts'
import { composeOutsideMail } from './outside-mails.ts'
import { listSubscriptions } from './push.queries.ts'
import { quietUntil } from './quiet-hours.ts'
import { findTold, listMuting, type ToldPerson } from './settings.queries.ts'
import { stopLinks } from './unsubscribe.service.ts'
import { phoneContext } from './phone.service.ts'

/** What goes through one adapter. A push message goes to every browser of the person. */
export type Parcel =
  | { channel: 'mail'; mail: Mail }
  | { channel: 'sms'; sms: Sms }
  | { channel: 'push'; message: PushMessage; subscriptions: readonly { id: string; subscription: string }[] }

/** What a message says and to whom, ready to be packed for its channel. */
export interface Ready {
  delivery: Delivery
  /** Null for a customer or somebody invited, whose mail is written already. */
  person: ToldPerson | null
  /** Of more than one kind where several messages were merged. */
  what: readonly (NotificationKind | 'digest')[]
  order: MailOrder | null
  mail?: Mail
}

/** What becomes of a claimed message now. */
export type Verdict = { do: 'send'; ready: Ready } | { do: 'hold'; until: Date } | { do: 'skip'; why: string }

export interface Sorting {
  crypto: Crypto
  place: MailPlace
  face: MailFace
  now: Date
}

const skip = (why: string): Verdict => ({ do: 'skip', why })

/** Decides about one message that is due, by what holds now: choices may have changed since it was planned. */
export async function judge(tx: TenantTx, sorting: Sorting, delivery: Delivery): Promise<Verdict> {
  if (!delivery.userId) return judgeOutside(tx, sorting, delivery)
  const person = await findTold(tx, delivery.userId)
  if (!person) return skip('gone')
  if (delivery.kind === 'digest') {
    const order = await composeDigest(tx, sorting, person)
    return order ? { do: 'send', ready: { delivery, person, what: ['digest'], order } } : skip('empty')
  }
  const told = delivery.notificationId ? await findNotification(tx, delivery.notificationId) : undefined
  if (!told) return skip('gone')
  if (told.readAt && (delivery.held || told.kind === 'message_received')) return skip('read')
  if (!(await stillWanted(tx, person, told, delivery.channel))) return skip('not wanted')
  const until = silenceOf(person, told.kind, sorting.now)
  if (until) return { do: 'hold', until }
  const fresh = await freshFacts(tx, told)
  if (!fresh) return skip('gone')
  const order = orderOf(sorting.place, { ...told, data: { ...told.data, ...fresh } })
  return { do: 'send', ready: { delivery, person, what: [told.kind], order } }
}

async function judgeOutside(tx: TenantTx, sorting: Sorting, delivery: Delivery): Promise<Verdict> {
  const { crypto, place, face } = sorting
  const event = delivery.eventId ? await findEvent(tx, delivery.eventId) : undefined
  const mail = event && (await composeOutsideMail(tx, crypto, place, face, event, delivery.key))
  return mail ? { do: 'send', ready: { delivery, person: null, what: [], order: null, mail } } : skip('gone')
}

/** One message in place of several to the same person that waited for the end of quiet hours. */
export function merge(place: MailPlace, face: MailFace, all: readonly [Ready, ...Ready[]]): Ready {
  const items = all.flatMap(({ order, person }) =>
    order ? [{ text: composeShort(face, person?.locale ?? 'en', order).title, href: order.link }] : [],
  )
  const order: MailOrder = {
    kind: 'held',
    values: { count: items.length },
    link: `${place.publicOrigin}/notifications`,
    sections: [{ title: '', items }],
  }
  return { ...all[0], what: [...new Set(all.flatMap(({ what }) => what))], order }
}

async function stillWanted(tx: TenantTx, person: ToldPerson, told: Told, channel: OutsideChannel): Promise<boolean> {
  const muting = told.projectId ? await listMuting(tx, told.projectId, [person.userId]) : []
  return waysOf(told.kind, { ...person, muted: muting.length > 0 }).includes(channel)
}

function silenceOf(person: ToldPerson, kind: NotificationKind, now: Date): Date | null {
  const { quietHours, timeZone } = person
  if (!quietHours || (quietHours.urgentPasses && notificationCatalogue[kind].urgent)) return null
  return quietUntil(quietHours, timeZone, now)
}

/** What is read when the message is written: notifications keep no names of customers, nor anybody's words. */
async function freshFacts(tx: TenantTx, told: Told & { userId: string }): Promise<EventData | null> {
  if (told.kind === 'message_received') return conversationFacts(tx, told)
  if (told.kind !== 'order_received' || !told.projectId) return {}
  const project = await findProjectFacts(tx, told.projectId)
  return project ? { customerName: project.customerName, packageType: project.packageType } : {}
}

/** Makes a message ready for its adapter; a string says why it cannot go. */
export async function pack(tx: TenantTx, sorting: Sorting, ready: Ready): Promise<Parcel | string> {
  const { delivery, person, order, mail } = ready
  if (mail) return { channel: 'mail', mail }
  if (!person || !order) return 'gone'
  if (delivery.channel === 'mail') return mailTo(tx, sorting, person, order, ready.what, delivery.key)
  const { title, body } = composeShort(sorting.face, person.locale, order)
  if (delivery.channel === 'push') {
    const subscriptions = await listSubscriptions(tx, sorting.crypto, person.userId)
    if (subscriptions.length === 0) return 'no device'
    const message = { title, body: body.slice(0, 300), url: order.link, tag: delivery.key }
    return { channel: 'push', message, subscriptions }
  }
  if (!person.phoneCipher || !person.phoneConfirmedAt) return 'no phone'
  const { person: own, studio } = await countSms(tx, person.userId)
  if (own >= smsPerPerson || studio >= smsPerStudio) return 'daily limit'
  await reserveSms(tx, [delivery.id])
  const to = sorting.crypto.decrypt(person.phoneCipher, phoneContext)
  return { channel: 'sms', sms: { to, body: `${sorting.face.name}: ${title} ${order.link}`, id: delivery.id } }
}

function mailTo(
  tx: TenantTx,
  { crypto, place, face }: Sorting,
  person: ToldPerson,
  order: MailOrder,
  what: Ready['what'],
  messageId: string,
): Parcel {
  const to = crypto.decrypt(person.emailCipher, userEmailContext)
  const recipient = { to, name: person.displayName, locale: person.locale }
  // Of a merged mail, the kinds that can be stopped; where there is none, why it comes all the same.
  const stoppable = what.filter((one) => one === 'digest' || notificationCatalogue[one].always !== 'mail')
  if (stoppable.length === 0)
    return { channel: 'mail', mail: composeMail(face, recipient, order, { kind: 'always' }, messageId) }
  const settingsLink = `${place.publicOrigin}/settings/notifications`
  const { organizationId } = tx
  const links = stopLinks(crypto, place.publicOrigin, { organizationId, userId: person.userId, what: stoppable })
  const reason = { kind: 'chosen', what: stoppable, settingsLink, ...links } as const
  const mail = composeMail(face, recipient, order, reason, messageId)
  return { channel: 'mail', mail }
}

/** The channels outside the app among a person's ways. */
export function outsideOf(ways: readonly string[]): OutsideChannel[] {
  return outsideChannels.filter((channel) => ways.includes(channel))
}
