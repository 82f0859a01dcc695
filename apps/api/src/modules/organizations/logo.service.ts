import type { OrganizationView } from '@sparkle/shared/organizations'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { lockOrganization, updateOrganization } from './organizations.queries.ts'
import { getOrganization } from './organizations.service.ts'

/**
 * Points the studio at another logo, or at none. `before` is the file that nothing names any more once this has
 * committed; each upload has a key of its own, so that it can be deleted whatever came after.
 */
export async function changeLogo(
  tx: TenantTx,
  publicOrigin: string,
  actor: UserActor,
  logoKey: string | null,
  expected: number | null,
): Promise<{ view: OrganizationView; before: string | null }> {
  const { id, name, version, logoKey: before } = (await lockOrganization(tx)) ?? notFound('organization')
  assertVersion(version, expected)
  if (logoKey === null && before === null) return { view: await getOrganization(tx, publicOrigin), before }
  await updateOrganization(tx, { logoKey })
  await recordAudit(tx, actor, 'studio:updated', {
    entity: 'organization',
    id,
    changes: { logoKey: [before, logoKey] },
  })
  await emit(tx, actor, 'studio:updated', { data: { name } })
  return { view: await getOrganization(tx, publicOrigin), before }
}
