import { notificationKinds, type NotificationKind } from '@sparkle/shared/events'
import { type Choices, wants } from '@sparkle/shared/notifications'
import type { PublicActor, SystemActor, UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { findStudioFace } from './notifications.queries.ts'
import { findTold, lockTold, noDigest, updateSettings } from './settings.queries.ts'

export type Stoppable = NotificationKind | 'digest'

/** Links of a mail that stop its kind: a page for people, and an address for their mail program (RFC 8058). */
export function stopLinks(
  crypto: Crypto,
  publicOrigin: string,
  ids: [studio: string, person: string, what: Stoppable],
) {
  const token = crypto.signToken('unsubscribe', ids)
  return {
    stopLink: `${publicOrigin}/unsubscribe#${token}`,
    oneClickLink: `${publicOrigin}/api/v1/public/unsubscribe/${token}`,
  }
}

/** What a link stops, and for whom. Throws 404 for what was never signed here. */
export function readStop(crypto: Crypto, token: string): { organizationId: string; userId: string; what: Stoppable } {
  const [organizationId, userId, what] = crypto.readToken('unsubscribe', token) ?? notFound('subscription')
  if (!organizationId || !userId || !isStoppable(what)) notFound('subscription')
  return { organizationId, userId, what }
}

function isStoppable(what: string | undefined): what is Stoppable {
  return what === 'digest' || (notificationKinds as readonly (string | undefined)[]).includes(what)
}

/** Whether the mails of a link still come. */
export async function getSubscription(tx: TenantTx, userId: string, what: Stoppable) {
  const person = (await findTold(tx, userId)) ?? notFound('subscription')
  const subscribed = what === 'digest' ? person.digest.every !== 'never' : wants(person.choices, what, 'mail')
  return { kind: what, channel: 'mail' as const, studioName: (await findStudioFace(tx))?.name ?? '', subscribed }
}

/** Stops or takes up again one kind of mail. Doing it again changes nothing. */
export async function setSubscription(
  tx: TenantTx,
  actor: PublicActor | UserActor | SystemActor,
  userId: string,
  what: Stoppable,
  subscribed: boolean,
) {
  const before = (await lockTold(tx, userId)) ?? notFound('subscription')
  const now = await getSubscription(tx, userId, what)
  if (now.subscribed === subscribed) return now
  if (what === 'digest') {
    const digest = before.digest.every === 'never' ? noDigest : before.digest
    await updateSettings(tx, userId, { digest: { ...digest, every: subscribed ? 'day' : 'never' } })
  } else {
    const choices: Choices = { ...before.choices, [what]: { ...before.choices[what], mail: subscribed } }
    await updateSettings(tx, userId, { choices })
  }
  await recordAudit(tx, actor, 'notification:unsubscribed', {
    entity: 'user',
    id: userId,
    changes: { what, mail: [now.subscribed, subscribed] },
  })
  return { ...now, subscribed }
}
