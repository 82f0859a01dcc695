import { type OrganizationView, planLimits, type UpdateOrganizationInput } from '@sparkle/shared/organizations'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { renameStudio } from '../../db/system-studios.ts'
import {
  findOrganization,
  lockOrganization,
  type OrganizationRow,
  updateOrganization,
} from './organizations.queries.ts'

export function toOrganizationView({ logoKey, ...row }: OrganizationRow, publicOrigin: string): OrganizationView {
  return {
    ...row,
    logoUrl: logoKey && logoUrl(publicOrigin, row.slug, logoKey),
    planLimits: planLimits[row.plan],
    orderPageUrl: `${publicOrigin}/order/${row.slug}`,
  }
}

/** A picture that has changed has another address, so that it can be cached for good. */
export function logoUrl(publicOrigin: string, slug: string, logoKey: string): string {
  const [version] = (logoKey.split('-').at(-1) ?? '').split('.')
  return `${publicOrigin}/api/v1/public/studios/${slug}/logo?v=${version}`
}

export async function getOrganization(tx: TenantTx, publicOrigin: string): Promise<OrganizationView> {
  return toOrganizationView((await findOrganization(tx)) ?? notFound('organization'), publicOrigin)
}

export async function changeOrganization(
  tx: TenantTx,
  publicOrigin: string,
  actor: UserActor,
  { slug, ...input }: UpdateOrganizationInput,
  expected: number | null,
): Promise<OrganizationView> {
  const before = (await lockOrganization(tx)) ?? notFound('organization')
  assertVersion(before.version, expected)
  if (slug !== undefined && slug !== before.slug && !(await renameStudio(tx, slug))) throw slugTaken()
  await updateOrganization(tx, input)
  await recordAudit(tx, actor, 'studio:updated', {
    entity: 'organization',
    id: before.id,
    changes: changesBetween(before, { ...input, ...(slug !== undefined && { slug }) }),
  })
  await emit(tx, actor, 'studio:updated', { data: { name: input.name ?? before.name } })
  return getOrganization(tx, publicOrigin)
}

export function slugTaken(): never {
  return conflict('organization.slug_taken', 'Another studio has or had this address. Choose another one.')
}
