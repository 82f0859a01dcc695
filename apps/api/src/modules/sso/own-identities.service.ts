import type { OwnIdentityView } from '@sparkle/shared/identity-providers'
import type { UserActor } from '../../core/actor.ts'
import { conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { endSessionsOfProvider } from '../auth/profile.queries.ts'
import { deleteIdentityOf, findIdentity, listIdentitiesOf, listProviders, lockProvider } from './providers.queries.ts'

/** The own links in the studio. `closed`: it lets people of the own domain in by its enforced providers only. */
export async function listOwnIdentities(tx: TenantTx, userId: string, closed: boolean): Promise<OwnIdentityView[]> {
  const links = await listIdentitiesOf(tx, userId)
  const enforced = new Set((await listProviders(tx)).filter((one) => one.enforced).map(({ id }) => id))
  return links.map((link) => ({ ...link, onlyWayIn: closed && enforced.has(link.providerId) }))
}

/**
 * Ends one's own link and the sessions that came in by it. Whoever does it has signed in otherwise (the route sees to
 * that), so they can again; but for a studio that lets them in by this provider alone, which keeps the link: 409.
 */
export async function unlinkOwn(tx: TenantTx, actor: UserActor, providerId: string, closed: boolean): Promise<void> {
  const { userId } = actor
  const provider = await lockProvider(tx, providerId)
  if (!provider || !(await findIdentity(tx, providerId, { userId }))) notFound('identity')
  if (closed && provider.enforced)
    conflict('identity.only_way_in', 'Your studio lets you in by this sign-in alone, so the link has to stay.')
  await deleteIdentityOf(tx, providerId, userId)
  const endedSessions = await endSessionsOfProvider(tx, userId, providerId)
  await recordAudit(tx, actor, 'identity:unlinked', {
    entity: 'identity_provider',
    id: providerId,
    changes: { userId: [userId, null], endedSessions },
  })
  await queuePersonMail(tx, {
    kind: 'signInUnlinked',
    to: { userId },
    facts: { provider: provider.name, by: 'oneself' },
  })
}
