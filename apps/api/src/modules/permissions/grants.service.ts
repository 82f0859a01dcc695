import { type CreateGrantInput, type GrantView, mostGrants } from '@sparkle/shared/roles'
import type { Resource } from '@sparkle/shared/decide'
import { can, type UserActor } from '../../core/actor.ts'
import { conflict, forbidden, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { newId } from '../../core/ids.ts'
import type { TenantRead, TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { findResource } from '../../core/resources.ts'
import {
  countGrants,
  deleteGrantRow,
  findGrant,
  hasDenial,
  insertGrant,
  listGrants,
  lockMember,
} from './grants.queries.ts'
import { covered } from './roles.service.ts'

export async function listUserGrants(tx: TenantTx, userId: string): Promise<{ items: GrantView[] }> {
  if (!(await lockMember(tx, userId))) notFound('user')
  return { items: await listGrants(tx, userId) }
}

/** Gives or denies one person something, on record. It counts from the commit on, in every process. */
export async function addGrant(
  tx: TenantTx,
  actor: UserActor,
  userId: string,
  input: CreateGrantInput,
): Promise<GrantView> {
  const member = (await lockMember(tx, userId)) ?? notFound('user')
  assertNotOneself(actor, userId)
  if (input.effect === 'deny' && member.role === 'admin')
    conflict('grant.admin_denied', 'Nothing is denied to an admin: give them another role first.')
  if (input.expiresAt && Date.parse(input.expiresAt) <= Date.now())
    invalid('grant.expired', 'Name a time that is still to come.', 'body.expiresAt')
  assertHolds(actor, input.permission, await resourceOf(tx, input))
  if ((await countGrants(tx, userId)) >= mostGrants)
    conflict('grant.too_many', `A person has at most ${mostGrants} grants and denials. Give them a role instead.`)
  const id = newId()
  const { projectId = null, assetId = null, expiresAt = null, effect, permission, reason } = input
  const facts = { userId, effect, permission, projectId, assetId, expiresAt, reason }
  await insertGrant(tx, { id, ...facts, grantedBy: actor.userId })
  await recordAudit(tx, actor, 'user:grant:added', { entity: 'permission_grant', id, changes: facts })
  await emit(tx, actor, 'user:grant:added', { data: { userId, userName: member.displayName } })
  return (await findGrant(tx, userId, id)) ?? notFound('grant')
}

export async function removeGrant(tx: TenantTx, actor: UserActor, userId: string, id: string): Promise<void> {
  const member = (await lockMember(tx, userId)) ?? notFound('user')
  const grant = (await findGrant(tx, userId, id)) ?? notFound('grant')
  assertNotOneself(actor, userId)
  // To take a denial away is to give.
  if (grant.effect === 'deny') assertHolds(actor, grant.permission, await resourceOf(tx, grant))
  await deleteGrantRow(tx, id)
  const { effect, permission, projectId, assetId } = grant
  await recordAudit(tx, actor, 'user:grant:removed', {
    entity: 'permission_grant',
    id,
    changes: { userId, effect, permission, projectId, assetId },
  })
  await emit(tx, actor, 'user:grant:removed', { data: { userId, userName: member.displayName } })
}

/** Throws 409 for somebody to whom anything is denied: an admin may everything, and the last one has to. */
export async function assertNotDenied(tx: TenantTx, userId: string): Promise<void> {
  if (await hasDenial(tx, userId))
    conflict('role.has_denials', 'Something is denied to this person. Take that away before they become an admin.')
}

/** The thing a grant names; without one, any project of the studio, assigned or not. */
async function resourceOf(
  tx: TenantRead,
  { projectId, assetId }: { projectId?: string | null; assetId?: string | null },
): Promise<Resource> {
  if (projectId) return (await findResource(tx, 'projects', projectId)) ?? notFound('project')
  if (assetId) return (await findResource(tx, 'assets', assetId)) ?? notFound('asset')
  return { assignedArtistId: null }
}

function assertHolds(actor: UserActor, pattern: string, resource: Resource): void {
  const missing = covered([pattern]).find((name) => !can(actor, name, resource))
  if (missing)
    forbidden('role.exceeds_own', `You may not do this yourself: ${missing}. Nobody gives what they do not hold.`)
}

function assertNotOneself(actor: UserActor, userId: string): void {
  if (userId === actor.userId)
    forbidden('grant.own', 'Nobody grants or denies themselves anything. Ask somebody else of the studio.')
}
