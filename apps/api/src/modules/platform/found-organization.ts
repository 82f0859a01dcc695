import type { FoundOrganizationInput } from '@sparkle/shared/organizations'
import type { PlatformActor, UserActor } from '../../core/actor.ts'
import { forbidden } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { foundOrganization } from '../../db/system-studios.ts'
import { slugTaken } from '../organizations/organizations.service.ts'
import { inviteUser } from '../users/invitations.service.ts'

/**
 * A new studio, in a transaction of its own. Somebody of the platform makes it for the person of `adminEmail`, who is
 * invited; everybody else becomes the admin of what they found.
 */
export async function found(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor | PlatformActor,
  { name, slug, timeZone = 'UTC', locale = 'en', adminEmail }: FoundOrganizationInput,
): Promise<{ id: string; slug: string; name: string }> {
  const id = tx.organizationId
  const forOthers = adminEmail !== undefined
  const outcome = await foundOrganization(tx, actor.userId, forOthers, { id, name, slug, timeZone, locale })
  if (outcome === 'slug_taken') slugTaken()
  if (outcome === 'refused')
    forbidden('organization.unconfirmed', 'Confirm your e-mail address first: we have sent you a link.')
  await recordAudit(tx, actor, 'studio:founded', { entity: 'organization', id, changes: { name, slug } })
  await emit(tx, actor, 'studio:updated', { data: { name } })
  if (forOthers) await inviteUser(tx, crypto, actor, { email: adminEmail, role: 'admin' })
  return { id, slug, name }
}
