import type { OrganizationView } from '@sparkle/shared/organizations'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  findOrganization,
  lockOrganization,
  type OrganizationChanges,
  type OrganizationRow,
  updateOrganization,
} from './organizations.queries.ts'

function toView(row: OrganizationRow, publicOrigin: string): OrganizationView {
  return { ...row, orderPageUrl: `${publicOrigin}/order/${row.slug}` }
}

export async function getOrganization(tx: TenantTx, publicOrigin: string): Promise<OrganizationView> {
  return toView((await findOrganization(tx)) ?? notFound('organization'), publicOrigin)
}

export async function changeOrganization(
  tx: TenantTx,
  publicOrigin: string,
  actor: UserActor,
  input: OrganizationChanges,
  expected: number | null,
): Promise<OrganizationView> {
  const before = (await lockOrganization(tx)) ?? notFound('organization')
  assertVersion(before.version, expected)
  await updateOrganization(tx, input)
  await recordAudit(tx, actor, 'studio:updated', {
    entity: 'organization',
    id: before.id,
    changes: changesBetween(before, input),
  })
  await emit(tx, actor, 'studio:updated', { data: { name: input.name ?? before.name } })
  return getOrganization(tx, publicOrigin)
}
