import type { CreateProjectInput, ProjectStatus, ProjectView, UpdateProjectInput } from '@sparkle/shared/projects'
import type { EventData } from '@sparkle/shared/events'
import { isAccountRole } from '@sparkle/shared/permissions'
import { sql } from 'drizzle-orm'
import type { Reviewer, SystemActor, UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { contactColumns } from './contact-data.service.ts'
import { toView, type ViewTools } from './project-view.service.ts'
import {
  findActiveMember,
  findPetProfile,
  findProject,
  insertProject,
  type LockedProject,
  lockProject,
  type ProjectRow,
  updateProject,
} from './projects.queries.ts'
import { assertDates, assertMayWorkOn, mayRestore, maySee, moveTo, type Need } from './projects.rules.ts'

export async function getProject(tx: TenantTx, tools: ViewTools, actor: UserActor, id: string): Promise<ProjectView> {
  const row = (await findProject(tx, id)) ?? notFound('project')
  if (!maySee(actor, row) || (row.deletedAt && !mayRestore(actor))) notFound('project')
  return toView(tools, actor, row)
}

/** The project, locked for a change by somebody who may see and work on it. 404 for deleted ones. */
export async function openProject(tx: TenantTx, actor: Reviewer, id: string, need?: Need): Promise<LockedProject> {
  const project = (await lockProject(tx, id)) ?? notFound('project')
  if (project.deletedAt) notFound('project')
  assertMayWorkOn(actor, project, need)
  return project
}

/** The project as somebody reads it who may see and work on it; not locked. 404 for deleted ones. */
export async function readProject(tx: TenantTx, actor: Reviewer, id: string, need?: Need): Promise<ProjectRow> {
  const project = (await findProject(tx, id)) ?? notFound('project')
  if (project.deletedAt) notFound('project')
  assertMayWorkOn(actor, project, need)
  return project
}

export async function createProject(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  input: CreateProjectInput,
): Promise<ProjectView> {
  assertDates(input)
  const id = newId()
  const { customerEmail, customerPhone, ...rest } = input
  const artist = input.assignedArtistId ? await assertAssignable(tx, input.assignedArtistId) : null
  const pet = input.petProfileId ? await knownPet(tx, input.petProfileId) : undefined
  await insertProject(tx, {
    ...rest,
    ...(pet && {
      accountId: pet.accountId,
      petBreed: input.petBreed || pet.breed,
      petPersonality: input.petPersonality || pet.traits,
    }),
    id,
    name: input.name ?? input.petName,
    ...contactColumns(tools.crypto, { customerEmail, customerPhone }),
  })
  await recordAudit(tx, actor, 'project:created', {
    entity: 'project',
    id,
    changes: { petName: input.petName, packageType: input.packageType },
  })
  await emit(tx, actor, 'project:created', { projectId: id, data: { petName: input.petName } })
  if (artist) await tellAssigned(tx, actor, { id, petName: input.petName, assignedArtistId: null }, artist)
  return getProject(tx, tools, actor, id)
}

async function knownPet(tx: TenantTx, id: string) {
  return (
    (await findPetProfile(tx, id)) ??
    invalid('project.no_pet_profile', 'There is no such pet profile.', 'body.petProfileId')
  )
}

export async function changeProject(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  id: string,
  input: UpdateProjectInput,
  expected: number | null,
): Promise<ProjectView> {
  const project = await openProject(tx, actor, id, { permission: 'projects:update' })
  assertVersion(project.version, expected)
  assertDates({ ...project, ...input })
  const { customerEmail, customerPhone, ...rest } = input
  await updateProject(tx, id, { ...rest, ...contactColumns(tools.crypto, { customerEmail, customerPhone }) })
  const secret = {
    ...(customerEmail !== undefined && { customerEmail: 'changed' }),
    ...(customerPhone !== undefined && { customerPhone: 'changed' }),
  }
  await recordAudit(tx, actor, 'project:updated', {
    entity: 'project',
    id,
    changes: { ...changesBetween(project, rest), ...secret },
  })
  await emit(tx, actor, 'project:updated', { projectId: id, data: { petName: input.petName ?? project.petName } })
  return getProject(tx, tools, actor, id)
}

/** Says for whom a locked project is made, where that was not known before. */
export async function giveAccount(
  tx: TenantTx,
  actor: UserActor,
  { id, petName, accountId: before }: Pick<LockedProject, 'id' | 'petName' | 'accountId'>,
  accountId: string,
): Promise<void> {
  await updateProject(tx, id, { accountId })
  await recordAudit(tx, actor, 'project:updated', {
    entity: 'project',
    id,
    changes: { accountId: [before, accountId] },
  })
  await emit(tx, actor, 'project:updated', { projectId: id, data: { petName } })
}

export async function setProjectStatus(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  id: string,
  status: ProjectStatus,
  expected: number | null,
): Promise<ProjectView> {
  const project = await openProject(tx, actor, id, { permission: 'projects:update' })
  assertVersion(project.version, expected)
  await moveProject(tx, actor, project, status)
  return getProject(tx, tools, actor, id)
}

/**
 * Moves a locked project for a reason that the caller has weighed; `data` joins that of the event. Throws 409
 * `project.illegal_transition`.
 */
export async function moveProject(
  tx: TenantTx,
  actor: Reviewer | SystemActor,
  project: LockedProject,
  status: ProjectStatus,
  data: EventData = {},
): Promise<void> {
  const { id } = project
  const { completed, ...moved } = moveTo(project, status)
  await updateProject(tx, id, {
    ...moved,
    completedAt: completed ? sqlNow : status === 'review' ? null : project.completedAt,
  })
  await recordAudit(tx, actor, 'project:status:changed', {
    entity: 'project',
    id,
    changes: { status: [project.status, status] },
  })
  await emit(tx, actor, 'project:status:changed', {
    projectId: id,
    data: { from: project.status, to: status, petName: project.petName, ...data },
  })
}
const sqlNow = sql`now()` as unknown as string

export async function assignProject(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  id: string,
  userId: string | null,
  expected: number | null,
): Promise<ProjectView> {
  const project = await openProject(tx, actor, id, { permission: 'projects:assign' })
  assertVersion(project.version, expected)
  const member = userId ? await assertAssignable(tx, userId) : null
  await updateProject(tx, id, { assignedArtistId: userId })
  await tellAssigned(tx, actor, project, member)
  return getProject(tx, tools, actor, id)
}

/** Says who is on a project now, on record and in the feed; `before` is the project as it was. */
async function tellAssigned(
  tx: TenantTx,
  actor: UserActor,
  before: Pick<LockedProject, 'id' | 'petName' | 'assignedArtistId'>,
  member: { userId: string; displayName: string } | null,
): Promise<void> {
  const userId = member?.userId ?? null
  await recordAudit(tx, actor, 'project:assigned', {
    entity: 'project',
    id: before.id,
    changes: { assignedArtistId: [before.assignedArtistId, userId] },
  })
  await emit(tx, actor, 'project:assigned', {
    projectId: before.id,
    data: { petName: before.petName, userId, userName: member?.displayName ?? null },
  })
}

export async function assertAssignable(tx: TenantTx, userId: string) {
  const member = await findActiveMember(tx, userId)
  if (!member || isAccountRole(member.role))
    invalid('project.not_assignable', 'Only an active member of the studio can be assigned.', 'userId')
  return member
}

export async function deleteProject(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const project = await openProject(tx, actor, id, { permission: 'projects:delete' })
  assertVersion(project.version, expected)
  await updateProject(tx, id, { deletedAt: sqlNow })
  await recordAudit(tx, actor, 'project:deleted', { entity: 'project', id })
  await emit(tx, actor, 'project:deleted', { projectId: id, data: { petName: project.petName } })
}

export async function restoreProject(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  id: string,
): Promise<ProjectView> {
  const project = (await lockProject(tx, id)) ?? notFound('project')
  if (!project.deletedAt) conflict('project.not_deleted', 'This project is not deleted.')
  await updateProject(tx, id, { deletedAt: null })
  await recordAudit(tx, actor, 'project:restored', { entity: 'project', id })
  await emit(tx, actor, 'project:restored', { projectId: id, data: { petName: project.petName } })
  return getProject(tx, tools, actor, id)
}
