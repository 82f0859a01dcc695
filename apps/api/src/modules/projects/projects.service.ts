import type {
  CreateProjectInput,
  ListProjectsQuery,
  ProjectStatus,
  ProjectView,
  UpdateProjectInput,
} from '@sparkle/shared/projects'
import type { EventData } from '@sparkle/shared/events'
import { deniedProjects } from '@sparkle/shared/decide'
import { legalMoves } from '@sparkle/shared/projects'
import { isAccountRole } from '@sparkle/shared/permissions'
import { sql } from 'drizzle-orm'
import { isClient, type Reviewer, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, invalid, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantRead, TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import type { Linker } from '../../core/file-links.ts'
import { countProjects, listProjects, type ProjectFilter, searchProjects, toTsQuery } from './projects.list.ts'
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
import { progressOf } from './projects.progress.ts'
import { assertDates, assertMayWorkOn, mayRestore, maySee, moveTo, type Need } from './projects.rules.ts'

/** What turns a row into a view: the keys of its contact data, links to its picture, and where games are played. */
export interface ViewTools {
  crypto: Crypto
  link: Linker
  gamesOrigin: string
}

/** Contexts bind a ciphertext to its column, so that values cannot be swapped between columns. */
const emailContext = 'projects.customer_email'
const phoneContext = 'projects.customer_phone'
/** One context for all exact look-ups of a customer's address. */
export const customerEmailIndex = 'customer.email'

/** Encrypted columns for a customer's contact data; null clears, undefined leaves alone. */
export function contactColumns(
  crypto: Crypto,
  input: { customerEmail?: string | null; customerPhone?: string | null },
) {
  const { customerEmail: email, customerPhone: phone } = input
  return {
    ...(email !== undefined && {
      customerEmailCipher: email && crypto.encrypt(email, emailContext),
      customerEmailIndex: email && crypto.blindIndex(email, customerEmailIndex),
    }),
    ...(phone !== undefined && { customerPhoneCipher: phone && crypto.encrypt(phone, phoneContext) }),
  }
}

/** The customer's address of a project's row, for the mails that go to them; null where none is known. */
export function readCustomerEmail(crypto: Crypto, row: { customerEmailCipher: string | null }): string | null {
  return row.customerEmailCipher && crypto.decrypt(row.customerEmailCipher, emailContext)
}

/**
 * A row as its reader may see it: customers get no notes, hours or contact data. Written out field by field, since a
 * list does this for every row and copying the rest of an object costs several times as much.
 */
export function toView({ crypto, link }: ViewTools, actor: UserActor, row: ProjectRow): ProjectView {
  const [assetId, digest, coverType] = row.cover?.split(' ') ?? []
  const { customerEmailCipher: email, customerPhoneCipher: phone } = row
  const inside = !isClient(actor)
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    customerName: row.customerName,
    customerEmail: inside && email ? crypto.decrypt(email, emailContext) : null,
    customerPhone: inside && phone ? crypto.decrypt(phone, phoneContext) : null,
    petName: row.petName,
    petBreed: row.petBreed,
    petAge: row.petAge,
    petPersonality: row.petPersonality,
    packageType: row.packageType,
    status: row.status,
    legalMoves: legalMoves(row.status, row.statusBeforeHold),
    priority: row.priority,
    assignedArtistId: row.assignedArtistId,
    assignedArtistName: row.assignedArtistName,
    accountId: row.accountId,
    startDate: row.startDate,
    deadline: row.deadline,
    budgetHours: inside ? row.budgetHours : null,
    estimatedHours: inside ? row.estimatedHours : null,
    actualHours: inside ? row.actualHours : 0,
    gameConfig: row.gameConfig,
    notes: inside ? row.notes : '',
    orderNumber: row.orderNumber,
    thumbUrl: assetId && digest ? link(actor.organizationId, { assetId, variant: 'thumb', digest }) : null,
    thumbKind: row.cover ? (coverType === 'sprite' ? 'sprite' : 'photo') : null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    completedAt: row.completedAt,
    archivedAt: row.archivedAt,
    deletedAt: row.deletedAt,
    version: row.version,
  }
}

/** The projects a search finds, newest first; undefined where nothing is searched for. */
export async function findMatches(tx: TenantRead, tools: Pick<ViewTools, 'crypto'>, q?: string, most?: number) {
  if (!q?.trim()) return undefined
  const emailIndex = q.includes('@') ? tools.crypto.blindIndex(q, customerEmailIndex) : null
  return searchProjects(tx, emailIndex ? '' : q, emailIndex, most)
}

/** `matches`: what the search has found, where the caller has asked before. */
export async function listProjectViews(
  tx: TenantRead,
  tools: ViewTools,
  actor: UserActor,
  query: ListProjectsQuery,
  matches?: string[],
) {
  const { q, assignedTo, include, ...rest } = query
  if (query.deleted === 'true' && !mayRestore(actor))
    forbidden('auth.forbidden', 'Deleted projects are shown to those who may restore them: projects:delete.')
  const hidden = deniedProjects(actor, 'projects:read')
  const filter: ProjectFilter = {
    ...rest,
    ...(hidden.length > 0 && { without: hidden }),
    ...(assignedTo && { assignedTo: assignedTo === 'me' ? actor.userId : assignedTo }),
    ...(isClient(actor)
      ? { accountId: actor.accountId ?? actor.userId, words: q?.trim() ? toTsQuery(q) : undefined }
      : { ids: matches ?? (await findMatches(tx, tools, q)) }),
  }
  const [page, total] = await Promise.all([
    listProjects(tx, filter),
    asksFor(include, 'total') ? countProjects(tx, filter) : undefined,
  ])
  const items: ProjectView[] = page.rows.map((row) => toView(tools, actor, row))
  if (asksFor(include, 'progress')) {
    const ids = items.map((item) => item.id)
    const progress = await progressOf(tx, tools.gamesOrigin, ids)
    for (const item of items) item.progress = progress.get(item.id)
  }
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

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
  actor: Reviewer,
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
