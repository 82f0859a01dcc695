import { and, desc, eq, inArray, isNull, max, ne, notInArray, sql, type SQL } from 'drizzle-orm'
import type { DeliverableKind, VersionStatus } from '@sparkle/shared/reviews'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets, assetVariantFiles } from '../../db/tables/assets.ts'
import { versionCommentReads as reads, versionComments as c } from '../../db/tables/comments.ts'
import { builds } from '../../db/tables/builds.ts'
import { organizations, users } from '../../db/tables/organizations.ts'
import { projectFiles, projectFileVersions } from '../../db/tables/project-files.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { deliverableVersions as v } from '../../db/tables/reviews.ts'

const columns = {
  id: v.id,
  projectId: v.projectId,
  petName: p.petName,
  accountId: p.accountId,
  assignedArtistId: p.assignedArtistId,
  approvers: p.approvers,
  kind: v.kind,
  deliverableId: v.deliverableId,
  deliverableName: sql<string | null>`coalesce(
    (select ${assets.filename} from ${assets} where ${assets.organizationId} = ${v.organizationId} and ${assets.id} = ${v.assetId}),
    (select ${projectFiles.name} from ${projectFiles}
      where ${projectFiles.organizationId} = ${v.organizationId} and ${projectFiles.id} = ${v.deliverableId}))`,
  number: v.number,
  changelog: v.changelog,
  status: v.status,
  digest: v.digest,
  shownDigest: v.shownDigest,
  buildId: v.buildId,
  previewGeneration: builds.previewGeneration,
  assetId: v.assetId,
  fileVersionId: v.fileVersionId,
  createdBy: v.createdBy,
  createdByName: sql<string | null>`${users.displayName}`,
  createdAt: v.createdAt,
  sentAt: v.sentAt,
  decidedAt: v.decidedAt,
  version: v.version,
}

/** Versions with what their views need; those of deleted projects are gone with them. */
function selectVersions(tx: TenantTx) {
  return tx
    .select(columns)
    .from(v)
    .innerJoin(p, and(eq(p.organizationId, v.organizationId), eq(p.id, v.projectId), isNull(p.deletedAt)))
    .leftJoin(builds, and(eq(builds.organizationId, v.organizationId), eq(builds.id, v.buildId)))
    .leftJoin(users, eq(users.id, v.createdBy))
    .$dynamic()
}
export type VersionRow = Awaited<ReturnType<typeof selectVersions>>[number]

const mine = (tx: TenantTx) => eq(v.organizationId, tx.organizationId)

export async function findVersion(tx: TenantTx, id: string): Promise<VersionRow | undefined> {
  const [row] = await selectVersions(tx).where(and(mine(tx), eq(v.id, id)))
  return row
}

/** Those of these versions that are there, in no order. */
export async function findVersions(tx: TenantTx, ids: readonly string[]): Promise<VersionRow[]> {
  if (ids.length === 0) return []
  return selectVersions(tx).where(and(mine(tx), inArray(v.id, [...ids])))
}

export interface VersionFilter {
  projectId?: string
  accountId?: string
  /** Projects whose versions are left out. */
  without: readonly string[]
  drafts: boolean
  kind?: DeliverableKind | undefined
  status?: VersionStatus | undefined
}

function conditions(tx: TenantTx, filter: VersionFilter): (SQL | undefined)[] {
  return [
    mine(tx),
    filter.projectId ? eq(v.projectId, filter.projectId) : undefined,
    filter.accountId ? eq(p.accountId, filter.accountId) : undefined,
    filter.without.length > 0 ? notInArray(v.projectId, [...filter.without]) : undefined,
    filter.drafts ? undefined : ne(v.status, 'draft'),
    filter.kind ? eq(v.kind, filter.kind) : undefined,
    filter.status ? eq(v.status, filter.status) : undefined,
  ]
}

export async function listVersions(
  tx: TenantTx,
  filter: VersionFilter,
  page: { limit: number; cursor?: string | undefined; sort: TimeSort },
) {
  const { after, order } = byTime(page.sort, v.createdAt, v.id, page.cursor)
  const rows = await selectVersions(tx)
    .where(and(...conditions(tx, filter), after))
    .orderBy(...order)
    .limit(page.limit + 1)
  return toPage(rows, page.limit, page.sort, (row) => [row.createdAt, row.id])
}

export async function countVersions(tx: TenantTx, filter: VersionFilter): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(v)
    .innerJoin(p, and(eq(p.organizationId, v.organizationId), eq(p.id, v.projectId), isNull(p.deletedAt)))
    .where(and(...conditions(tx, filter)))
  return row?.total ?? 0
}

/** Number and state of every version of these deliverables. */
export function listNumbers(tx: TenantTx, deliverableIds: readonly string[]) {
  return tx
    .select({ id: v.id, deliverableId: v.deliverableId, number: v.number, status: v.status })
    .from(v)
    .where(and(mine(tx), inArray(v.deliverableId, [...deliverableIds])))
}

/** The number of a deliverable's next version. The caller holds the project's lock, so no two get the same. */
export async function nextNumber(tx: TenantTx, deliverableId: string): Promise<number> {
  const [row] = await tx
    .select({ newest: max(v.number) })
    .from(v)
    .where(and(mine(tx), eq(v.deliverableId, deliverableId)))
  return (row?.newest ?? 0) + 1
}

/**
 * Keeps a version under the number it was given. Its time is that of the numbering, under the project's lock, and not of
 * the transaction's beginning: of two that are made at once, lists by time show the higher number as the newer one.
 */
export async function insertVersion(tx: TenantTx, values: Omit<typeof v.$inferInsert, 'organizationId' | 'createdAt'>) {
  await tx.insert(v).values({ ...values, organizationId: tx.organizationId, createdAt: sql`clock_timestamp()` })
}

type Changes = Partial<Pick<typeof v.$inferInsert, 'changelog' | 'status'>> & { sentAt?: SQL; decidedAt?: SQL }

/** Writes the changes and counts the version up. */
export async function updateVersion(tx: TenantTx, id: string, changes: Changes): Promise<void> {
  await tx
    .update(v)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${v.version} + 1` })
    .where(and(mine(tx), eq(v.id, id)))
}

/**
 * Locks a version, to delete it or to hang something on it that must not outlive it; answers whether it is there. Whoever
 * comes second sees what the first one did.
 */
export async function lockVersion(tx: TenantTx, id: string, strength: 'update' | 'key share'): Promise<boolean> {
  const rows = await tx
    .select({ id: v.id })
    .from(v)
    .where(and(mine(tx), eq(v.id, id)))
    .for(strength)
  return rows.length > 0
}

/** Deletes a draft and, by their foreign key, all comments on it. The database keeps whatever was sent. */
export async function deleteVersion(tx: TenantTx, id: string): Promise<void> {
  await tx.delete(v).where(and(mine(tx), eq(v.id, id), eq(v.status, 'draft')))
}

/** Locks all comments on a version, which go with it, and answers those that have not been deleted. */
export async function lockComments(tx: TenantTx, versionId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: c.id, deletedAt: c.deletedAt })
    .from(c)
    .where(and(eq(c.organizationId, tx.organizationId), eq(c.versionId, versionId)))
    .orderBy(c.id)
    .for('update')
  return rows.flatMap(({ id, deletedAt }) => (deletedAt === null ? [id] : []))
}

/** The versions of a deliverable that wait for a decision. */
export function listWaiting(tx: TenantTx, deliverableId: string) {
  return tx
    .select({ id: v.id, number: v.number })
    .from(v)
    .where(and(mine(tx), eq(v.deliverableId, deliverableId), eq(v.status, 'waiting')))
}

/** Whether another version of the project than this one waits for a decision. */
export async function othersWait(tx: TenantTx, projectId: string, id: string): Promise<boolean> {
  const waiting = await tx.$count(v, and(mine(tx), eq(v.projectId, projectId), eq(v.status, 'waiting'), ne(v.id, id)))
  return waiting > 0
}

/** How many comments each of these versions has, of those that somebody may see; none for one that has none. */
export function countComments(
  tx: TenantTx,
  versionIds: readonly string[],
  /** A guest has no id, and nothing is kept of what they have read. */
  reader: { userId: string | null; internal: boolean },
) {
  return tx
    .select({
      versionId: c.versionId,
      total: sql<number>`count(*)::int`,
      open: sql<number>`(count(*) filter (where ${c.parentId} is null and ${c.resolvedAt} is null))::int`,
      unread: sql<number>`(count(*) filter (where ${reader.userId}::uuid is not null and ${c.authorUserId} is distinct from ${reader.userId}::uuid
        and ${c.createdAt} > coalesce(${reads.readAt}, '-infinity')))::int`,
    })
    .from(c)
    .leftJoin(
      reads,
      and(
        eq(reads.organizationId, c.organizationId),
        eq(reads.versionId, c.versionId),
        sql`${reads.userId} = ${reader.userId}::uuid`,
      ),
    )
    .where(
      and(
        eq(c.organizationId, tx.organizationId),
        inArray(c.versionId, [...versionIds]),
        isNull(c.deletedAt),
        reader.internal ? undefined : eq(c.internal, false),
      ),
    )
    .groupBy(c.versionId)
}

/** What a version of an asset is made of: its bytes as they are now, and those that people are shown. */
export async function findAssetSource(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({
      projectId: assets.projectId,
      assetType: assets.assetType,
      status: assets.processingStatus,
      digest: assets.digest,
      shownDigest: assetVariantFiles.digest,
    })
    .from(assets)
    .leftJoin(
      assetVariantFiles,
      and(
        eq(assetVariantFiles.organizationId, assets.organizationId),
        eq(assetVariantFiles.assetId, assets.id),
        sql`${assetVariantFiles.variant} = case when ${assets.assetType} in ('sound', 'config') then 'original' else 'web' end`,
      ),
    )
    .where(and(eq(assets.organizationId, tx.organizationId), eq(assets.id, id), isNull(assets.deletedAt)))
  return row
}

export async function findFileSource(tx: TenantTx, fileVersionId: string) {
  const [row] = await tx
    .select({
      projectId: projectFiles.projectId,
      fileId: projectFiles.id,
      number: projectFileVersions.number,
      digest: projectFileVersions.digest,
    })
    .from(projectFileVersions)
    .innerJoin(
      projectFiles,
      and(
        eq(projectFiles.organizationId, projectFileVersions.organizationId),
        eq(projectFiles.id, projectFileVersions.fileId),
        isNull(projectFiles.deletedAt),
      ),
    )
    .where(and(eq(projectFileVersions.organizationId, tx.organizationId), eq(projectFileVersions.id, fileVersionId)))
  return row
}

/** The rule of a project and its studio's, and who has to approve. */
export async function findApprovalRule(tx: TenantTx, projectId: string) {
  const [row] = await tx
    .select({
      requireApproval: p.requireApproval,
      studioRequiresApproval: organizations.requireApproval,
      approvers: p.approvers,
      version: p.version,
    })
    .from(p)
    .innerJoin(organizations, eq(organizations.id, p.organizationId))
    .where(and(eq(p.organizationId, tx.organizationId), eq(p.id, projectId)))
  return row
}

/** The settled versions of a project's game, newest first. */
export function listSettledBuilds(tx: TenantTx, projectId: string) {
  return tx
    .select({ versionId: v.id, number: v.number, buildId: v.buildId, digest: v.digest, status: v.status })
    .from(v)
    .where(
      and(
        mine(tx),
        eq(v.projectId, projectId),
        eq(v.kind, 'build'),
        inArray(v.status, ['approved', 'changes_requested']),
      ),
    )
    .orderBy(desc(v.number))
}
