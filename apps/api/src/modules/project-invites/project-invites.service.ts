import type {
  CreateProjectInviteInput,
  ListProjectInvitesQuery,
  ProjectInviteView,
} from '@sparkle/shared/project-invites'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import type { Crypto } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { createAccount } from '../accounts/accounts.service.ts'
import type { LockedProject } from '../projects/projects.queries.ts'
import { giveAccount, openProject, readProject } from '../projects/projects.service.ts'
import {
  inviteToAccount,
  lockOpen,
  renewInvitation,
  revokeInvitation,
  stateOfInvite,
} from '../users/invitations.service.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { countInvites, findInvite, listInvites, type InviteRow } from './project-invites.queries.ts'

const permission = 'reviews:invite'

function viewOf(crypto: Crypto, { emailCipher, revokedAt, ...row }: InviteRow): ProjectInviteView {
  return {
    ...row,
    projectId: row.projectId ?? notFound('invitation'),
    // The database holds these two roles to invitations of an account, and those of a project are.
    role: row.role === 'owner' ? 'owner' : 'member',
    email: crypto.decrypt(emailCipher, userEmailContext),
    state: stateOfInvite({ ...row, revokedAt }, new Date()),
  }
}

/** Everybody who was ever invited to a project. */
export async function listProjectInvites(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  projectId: string,
  query: ListProjectInvitesQuery,
) {
  await readProject(tx, actor, projectId, { permission })
  const page = await listInvites(tx, projectId, query)
  const total = asksFor(query.include, 'total') ? await countInvites(tx, projectId) : undefined
  const items = page.rows.map((row) => viewOf(crypto, row))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/**
 * Invites somebody to the account that a project is made for, which is made where the project has none yet. Throws 409
 * `user.already_invited`, `user.already_member`, `user.of_another_account` and `user.deactivated`.
 */
export async function inviteToProject(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  projectId: string,
  input: CreateProjectInviteInput,
): Promise<ProjectInviteView> {
  const project = await openProject(tx, actor, projectId, { permission })
  const accountId = project.accountId ?? (await makeAccount(tx, crypto, actor, project))
  const { id } = await inviteToAccount(tx, crypto, actor, {
    ...input,
    accountId,
    project: { id: projectId, petName: project.petName },
  })
  return viewOf(crypto, (await findInvite(tx, id)) ?? notFound('invitation'))
}

async function makeAccount(tx: TenantTx, crypto: Crypto, actor: UserActor, project: LockedProject): Promise<string> {
  const name = project.customerName || project.petName
  const { id } = await createAccount(tx, crypto, actor, { name, kind: 'household' })
  await giveAccount(tx, actor, project, id)
  return id
}

/** The invitation and its project, locked, for somebody who may invite there; 404 for those of other kinds. */
async function openInvite(tx: TenantTx, actor: UserActor, id: string) {
  const found = await findInvite(tx, id)
  await openProject(tx, actor, found?.projectId ?? notFound('invitation'), { permission })
  return lockOpen(tx, id)
}

/** Sends it again for another week, with a new link; the one before is dead. */
export async function resendProjectInvite(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<ProjectInviteView> {
  const invitation = await openInvite(tx, actor, id)
  assertVersion(invitation.version, expected)
  await renewInvitation(tx, actor, invitation)
  return viewOf(crypto, (await findInvite(tx, id)) ?? notFound('invitation'))
}

export async function revokeProjectInvite(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  await openInvite(tx, actor, id)
  await revokeInvitation(tx, actor, id, expected)
}
