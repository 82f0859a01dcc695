import { deletionGraceDays, type OrganizationView } from '@sparkle/shared/organizations'
import { roles } from '@sparkle/shared/permissions'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { scheduleDeletion } from '../../db/system-studios.ts'
import { notifyRoles } from '../notifications/notifications.service.ts'
import { lockOrganization } from './organizations.queries.ts'
import { getOrganization } from './organizations.service.ts'

/**
 * Asks for the deletion of the studio. It is carried out after the days of grace; until then everybody in it can read
 * and nobody can write, except to take this back. `typedSlug` guards against deleting the wrong one.
 */
export async function askForDeletion(
  tx: TenantTx,
  publicOrigin: string,
  actor: UserActor,
  typedSlug: string,
): Promise<OrganizationView> {
  const { id, slug, name } = (await lockOrganization(tx)) ?? notFound('organization')
  if (typedSlug !== slug)
    invalid('organization.wrong_slug', `Type the studio's address, ${slug}, to delete it.`, 'body.slug')
  if (!(await scheduleDeletion(tx, deletionGraceDays)))
    conflict('organization.deletion_scheduled', 'This studio is being deleted already.')
  const view = await getOrganization(tx, publicOrigin)
  const dueAt = view.deletionDueAt ?? ''
  await recordAudit(tx, actor, 'studio:deletion:scheduled', { entity: 'organization', id, changes: { dueAt } })
  await emit(tx, actor, 'studio:deletion:scheduled', { data: { name, dueAt } })
  await notifyRoles(tx, actor, roles, { kind: 'studio_deletion', data: { name, dueAt, actorName: actor.displayName } })
  return view
}

export async function takeDeletionBack(
  tx: TenantTx,
  publicOrigin: string,
  actor: UserActor,
  expected: number | null,
): Promise<OrganizationView> {
  const { id, name, version } = (await lockOrganization(tx)) ?? notFound('organization')
  assertVersion(version, expected)
  if (!(await scheduleDeletion(tx, null)))
    conflict('organization.no_deletion', 'Nobody has asked for the deletion of this studio.')
  await recordAudit(tx, actor, 'studio:deletion:cancelled', { entity: 'organization', id })
  await emit(tx, actor, 'studio:deletion:cancelled', { data: { name } })
  await notifyRoles(tx, actor, roles, { kind: 'studio_deletion', data: { name, actorName: actor.displayName } })
  return getOrganization(tx, publicOrigin)
}
