import type { UserView } from '@sparkle/shared/users'
import type { UserActor } from '../../core/actor.ts'
import { conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { resetSecondFactor } from '../../db/system.ts'
import { lockMembership } from './users.queries.ts'
import { assertNotAbove, getUser } from './users.service.ts'

/** Takes a member's second factor away, on record, and tells them. Their sessions end, in this studio and everywhere. */
export async function resetMemberFactor(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  userId: string,
): Promise<UserView> {
  const member = (await lockMembership(tx, userId)) ?? notFound('user')
  await assertNotAbove(tx, actor, member)
  const outcome = await resetSecondFactor(tx, userId)
  if (outcome === 'unknown') notFound('user')
  if (outcome === 'none') conflict('second_factor.none', 'This person has no second factor.')
  if (outcome === 'elsewhere')
    conflict('second_factor.elsewhere', 'This person works for another studio too, which relies on it.')
  await recordAudit(tx, actor, 'second-factor:reset', { entity: 'user', id: userId })
  await queuePersonMail(tx, { kind: 'secondFactorReset', to: { userId } })
  return getUser(tx, crypto, userId)
}
