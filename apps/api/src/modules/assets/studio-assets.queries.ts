import { and, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import type { ListStudioAssetsQuery } from '@sparkle/shared/assets'
import { byTime } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets as a } from '../../db/tables/assets.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { listedColumns } from './assets.queries.ts'

export interface StudioAssetFilter extends Omit<ListStudioAssetsQuery, 'include'> {
  /** Only those of projects assigned to this person: what an artist works on. */
  assignedTo?: string | undefined
  /** Projects and assets that the person is denied. */
  without: { projects: readonly string[]; assets: readonly string[] }
}

/** `%` and `_` mean themselves. */
const pattern = (part: string) => `%${part.replace(/[\\%_]/g, '\\$&')}%`

function wanted(tx: TenantTx, filter: StudioAssetFilter) {
  const part = filter.q?.trim() ? pattern(filter.q.trim()) : undefined
  return and(
    eq(a.organizationId, tx.organizationId),
    isNull(a.deletedAt),
    isNotNull(a.uploadedAt),
    isNull(p.deletedAt),
    filter.assetType ? eq(a.assetType, filter.assetType) : undefined,
    filter.processingStatus ? eq(a.processingStatus, filter.processingStatus) : undefined,
    filter.projectId ? eq(a.projectId, filter.projectId) : undefined,
    filter.assignedTo ? eq(p.assignedArtistId, filter.assignedTo) : undefined,
    filter.without.projects.length ? notInArray(a.projectId, [...filter.without.projects]) : undefined,
    filter.without.assets.length ? notInArray(a.id, [...filter.without.assets]) : undefined,
    part === undefined
      ? undefined
      : sql`(${a.filename} ilike ${part} or ${p.name} ilike ${part} or ${p.petName} ilike ${part})`,
  )
}

/** One page of all of a studio's assets with their projects. */
export async function listStudioAssets(tx: TenantTx, filter: StudioAssetFilter) {
  const { after, order } = byTime(filter.sort, a.createdAt, a.id, filter.cursor)
  const rows = await tx
    .select({ asset: listedColumns, project: { id: p.id, name: p.name, petName: p.petName } })
    .from(a)
    .innerJoin(p, and(eq(p.organizationId, a.organizationId), eq(p.id, a.projectId)))
    .where(and(wanted(tx, filter), after))
    .orderBy(...order)
    .limit(filter.limit + 1)
  return toPage(rows, filter.limit, filter.sort, ({ asset }) => [asset.createdAt, asset.id])
}

export async function countStudioAssets(tx: TenantTx, filter: StudioAssetFilter): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(a)
    .innerJoin(p, and(eq(p.organizationId, a.organizationId), eq(p.id, a.projectId)))
    .where(wanted(tx, filter))
  return row?.total ?? 0
}
