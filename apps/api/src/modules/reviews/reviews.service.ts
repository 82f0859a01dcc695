import type { CreateVersionInput, DeliverableKind, ListVersionsQuery, VersionView } from '@sparkle/shared/reviews'
import { sql } from 'drizzle-orm'
import { can, hiddenProjects, isClient, isOutside, type Reviewer, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { findBuild } from '../builds/builds.queries.ts'
import { findProject, lockProject } from '../projects/projects.queries.ts'
import { moveProject, openProject } from '../projects/projects.service.ts'
import {
  countVersions,
  findAssetSource,
  findFileSource,
  findVersion,
  insertVersion,
  listVersions,
  listNumbers,
  listWaiting,
  nextNumber,
  updateVersion,
  type VersionFilter,
  type VersionRow,
} from './reviews.queries.ts'
import { lookAtOf, type Numbered, wayToReview } from './reviews.rules.ts'
import { toViews, type ReviewTools } from './version-view.ts'

/** Versions of one project, or of all that the reader may see. Customers see what was sent to them. */
export async function listVersionViews(
  tx: TenantTx,
  tools: ReviewTools,
  actor: Reviewer,
  projectId: string | null,
  query: ListVersionsQuery,
) {
  if (projectId) {
    const project = await findProject(tx, projectId)
    if (!project || project.deletedAt) notFound('project')
    const { accountId, assignedArtistId } = project
    if (!can(actor, 'projects:read', { projectId, accountId, assignedArtistId })) notFound('project')
  }
  const filter: VersionFilter = {
    ...(actor.kind === 'guest' ? { projectId: actor.projectId, without: [] } : placesOf(actor, projectId)),
    drafts: !isOutside(actor),
    kind: query.kind,
    status: query.status,
  }
  const page = await listVersions(tx, filter, query)
  const total = asksFor(query.include, 'total') ? await countVersions(tx, filter) : undefined
  const items = await toViews(tx, tools, actor, page.rows)
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/** The one project that is asked for, or those that somebody may see. */
function placesOf(
  actor: UserActor,
  projectId: string | null,
): Pick<VersionFilter, 'projectId' | 'accountId' | 'without'> {
  return {
    ...(projectId && { projectId }),
    ...(isClient(actor) && { accountId: actor.accountId ?? actor.userId }),
    without: projectId ? [] : hiddenProjects(actor, 'projects:read', 'reviews:read'),
  }
}

/** The version, of a project that the reader may see; to customers and guests a draft does not exist. */
export async function seenVersion(tx: TenantTx, actor: Reviewer, id: string): Promise<VersionRow> {
  const row = (await findVersion(tx, id)) ?? notFound('version')
  const { projectId, accountId, assignedArtistId } = row
  const place = { projectId, accountId, assignedArtistId }
  if (!can(actor, 'projects:read', place) || !can(actor, 'reviews:read', place)) notFound('version')
  if (row.status === 'draft' && isOutside(actor)) notFound('version')
  return row
}

export async function getVersion(tx: TenantTx, tools: ReviewTools, actor: Reviewer, id: string): Promise<VersionView> {
  const [view] = await toViews(tx, tools, actor, [await seenVersion(tx, actor, id)])
  return view ?? notFound('version')
}

/** Of each deliverable the version to look at, in the order in which the deliverables were first sent. */
export function versionsToLookAt(versions: readonly (Numbered & { deliverableId: string })[]): string[] {
  const deliverables = Map.groupBy(versions, ({ deliverableId }) => deliverableId)
  return [...deliverables.values()].flatMap((own) => lookAtOf(own)?.versionId ?? [])
}

interface Source {
  kind: DeliverableKind
  deliverableId: string
  digest: string
  shownDigest: string | null
}

function notReady(detail: string): never {
  conflict('version.source_not_ready', detail)
}

/** What the version is of. Throws 404 for another project's thing, 409 `version.source_not_ready` for an unfinished one. */
async function findSource(tx: TenantTx, projectId: string, input: CreateVersionInput): Promise<Source> {
  if (input.buildId) {
    const build = (await findBuild(tx, input.buildId)) ?? notFound('build')
    if (build.projectId !== projectId) notFound('build')
    if (build.status !== 'passed' || !build.digest) notReady('Only a passed build can be looked at.')
    return { kind: 'build', deliverableId: projectId, digest: build.digest, shownDigest: null }
  }
  if (input.assetId) {
    const asset = (await findAssetSource(tx, input.assetId)) ?? notFound('asset')
    if (asset.projectId !== projectId) notFound('asset')
    if (asset.status !== 'ready' || !asset.digest) notReady('This asset is not ready yet.')
    const kinds = { sprite: 'sprite', photo: 'picture', background: 'picture', sound: 'file', config: 'file' } as const
    const { digest, shownDigest, assetType } = asset
    return { kind: kinds[assetType], deliverableId: input.assetId, digest, shownDigest }
  }
  const file = (await findFileSource(tx, input.fileVersionId ?? '')) ?? notFound('project_file')
  if (file.projectId !== projectId) notFound('project_file')
  if (file.number === null || !file.digest) notReady('This document has not arrived yet.')
  return { kind: 'file', deliverableId: file.fileId, digest: file.digest, shownDigest: null }
}

/** Numbers the next version of a deliverable. Nobody but the studio sees it until it is sent. */
export async function createVersion(
  tx: TenantTx,
  tools: ReviewTools,
  actor: UserActor,
  projectId: string,
  input: CreateVersionInput,
): Promise<VersionView> {
  const project = await openProject(tx, actor, projectId, { permission: 'projects:update' })
  const source = await findSource(tx, projectId, input)
  const id = newId()
  const number = await nextNumber(tx, source.deliverableId)
  const { changelog, buildId, assetId, fileVersionId } = input
  await insertVersion(tx, {
    ...source,
    id,
    projectId,
    number,
    changelog,
    buildId: buildId ?? null,
    assetId: assetId ?? null,
    fileVersionId: fileVersionId ?? null,
    createdBy: actor.userId,
  })
  await recordAudit(tx, actor, 'version:drafted', { entity: 'version', id })
  await emit(tx, actor, 'version:drafted', {
    projectId,
    data: { versionId: id, number, deliverable: source.kind, petName: project.petName },
  })
  return getVersion(tx, tools, actor, id)
}

/** The version and its project, both as they are under the project's lock, for somebody who may work on it. */
export async function openVersion(tx: TenantTx, actor: UserActor, id: string) {
  const { projectId } = await seenVersion(tx, actor, id)
  const project = await openProject(tx, actor, projectId, { permission: 'projects:update' })
  return { project, row: await seenVersion(tx, actor, id) }
}

export async function changeVersion(
  tx: TenantTx,
  tools: ReviewTools,
  actor: UserActor,
  id: string,
  changelog: string,
  expected: number | null,
): Promise<VersionView> {
  const { row, project } = await openVersion(tx, actor, id)
  assertVersion(row.version, expected)
  if (row.status !== 'draft' && row.status !== 'waiting')
    conflict('version.decided', 'What was decided on stays as it was. Make a new version to say more.')
  await updateVersion(tx, id, { changelog })
  await recordAudit(tx, actor, 'version:updated', { entity: 'version', id })
  await emit(tx, actor, 'version:updated', {
    projectId: row.projectId,
    data: { versionId: id, number: row.number, deliverable: row.kind, petName: project.petName },
  })
  return getVersion(tx, tools, actor, id)
}

/**
 * Sends a draft to the customer: the project moves to `review`, and what still waited of the same deliverable does no
 * longer. Throws 409 `version.newer_sent` after a newer one, and `project.illegal_transition` where the project is on
 * hold or cancelled.
 */
export async function sendVersion(
  tx: TenantTx,
  tools: ReviewTools,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<VersionView> {
  const { row, project } = await openVersion(tx, actor, id)
  assertVersion(row.version, expected)
  if (row.status !== 'draft') conflict('version.already_sent', 'This version was sent already.')
  if (project.archivedAt) conflict('project.archived', 'This project is archived. Take it out of the archive first.')
  // The customer is shown the newest that was sent: an older one after it would wait where nobody looks.
  const newest = (await listNumbers(tx, [row.deliverableId])).filter(({ status }) => status !== 'draft')
  if (newest.some(({ number }) => number > row.number))
    conflict('version.newer_sent', 'A newer version was sent already. Make a new one of what you want to be seen.')
  let current = project
  for (const status of wayToReview(project.status) ?? (['review'] as const)) {
    await moveProject(tx, actor, current, status, { byReview: true })
    current = (await lockProject(tx, project.id)) ?? notFound('project')
  }
  for (const older of await listWaiting(tx, row.deliverableId)) {
    await updateVersion(tx, older.id, { status: 'superseded' })
    await recordAudit(tx, actor, 'version:updated', { entity: 'version', id: older.id })
    await emit(tx, actor, 'version:updated', {
      projectId: project.id,
      data: { versionId: older.id, number: older.number, deliverable: row.kind, petName: project.petName },
    })
  }
  await updateVersion(tx, id, { status: 'waiting', sentAt: sql`now()` })
  await recordAudit(tx, actor, 'version:added', { entity: 'version', id })
  await emit(tx, actor, 'version:added', {
    projectId: project.id,
    data: { versionId: id, number: row.number, deliverable: row.kind, petName: project.petName },
  })
  return getVersion(tx, tools, actor, id)
}
