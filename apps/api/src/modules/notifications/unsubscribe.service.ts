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

const between = '+'

/** Links of a mail that stop its kinds: a page for people, and an address for their mail program (RFC 8058). */
export function stopLinks(
  crypto: Crypto,
  publicOrigin: string,
  { organizationId, userId, what }: { organizationId: string; userId: string; what: readonly Stoppable[] },
) {
  const token = crypto.signToken('unsubscribe', [organizationId, userId, what.join(between)])
  return {
    stopLink: `${publicOrigin}/unsubscribe#${token}`,
    oneClickLink: `${publicOrigin}/api/v1/public/unsubscribe/${token}`,
  }
}

/** What a link stops, and for whom. Throws 404 for what was never signed here. */
export function readStop(crypto: Crypto, token: string): { organizationId: string; userId: string; what: Stoppable[] } {
  const [organizationId, userId, listed] = crypto.readToken('unsubscribe', token) ?? notFound('subscription')
  const what = listed?.split(between) ?? []
  if (!organizationId || !userId || !what.every(isStoppable)) notFound('subscription')
  return { organizationId, userId, what }
}

function isStoppable(what: string): what is Stoppable {
  return what === 'digest' || (notificationKinds as readonly string[]).includes(what)
}

/** Whether any of the mails of a link still comes. */
export async function getSubscription(tx: TenantTx, userId: string, what: readonly Stoppable[]) {
  const person = (await findTold(tx, userId)) ?? notFound('subscription')
  const subscribed = what.some((one) =>
    one === 'digest' ? person.digest.every !== 'never' : wants(person.choices, one, 'mail'),
  )
  const studioName = (await findStudioFace(tx))?.name ?? ''
  return { kinds: [...what], channel: 'mail' as const, studioName, subscribed }
}

/** Stops or takes up again the kinds of a mail. Doing it again changes nothing. */
export async function setSubscription(
  tx: TenantTx,
  actor: PublicActor | UserActor | SystemActor,
  userId: string,
  what: readonly Stoppable[],
  subscribed: boolean,
) {
  const before = (await lockTold(tx, userId)) ?? notFound('subscription')
  const now = await getSubscription(tx, userId, what)
  if (now.subscribed === subscribed) return now
  if (what.includes('digest')) {
    const digest = before.digest.every === 'never' ? noDigest : before.digest
    await updateSettings(tx, userId, { digest: { ...digest, every: subscribed ? 'day' : 'never' } })
  }
  const kinds = what.filter((one) => one !== 'digest')
  if (kinds.length > 0) {
    const changed = kinds.map((kind) => [kind, { ...before.choices[kind], mail: subscribed }] as const)
    const choices: Choices = { ...before.choices, ...Object.fromEntries(changed) }
    await updateSettings(tx, userId, { choices })
  }
  await recordAudit(tx, actor, 'notification:unsubscribed', {
    entity: 'user',
    id: userId,
    changes: { what, mail: [now.subscribed, subscribed] },
  })
  return { ...now, subscribed }
}
