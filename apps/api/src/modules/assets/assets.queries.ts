import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import type { AssetType, AssetVariant } from '@sparkle/shared/assets'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { fields, statement } from '../../core/statement.ts'
import { assets as a, assetVariantFiles as f, uploadTickets as t } from '../../db/tables/assets.ts'

export type Asset = typeof a.$inferSelect
/** An asset as lists read it. A recipe may be a megabyte, and no list shows it. */
export type ListedAsset = Omit<Asset, 'recipe'>
export type AssetFile = typeof f.$inferSelect
export type Ticket = typeof t.$inferSelect

const { recipe: _recipe, ...columns } = getTableColumns(a)
export const listedColumns = columns

const mine = (tx: TenantTx) => eq(a.organizationId, tx.organizationId)
const listed = and(isNull(a.deletedAt), isNotNull(a.uploadedAt))

export async function findAsset(tx: TenantTx, id: string): Promise<Asset | undefined> {
  const [row] = await tx
    .select()
    .from(a)
    .where(and(mine(tx), eq(a.id, id)))
  return row
}

/** Locks the asset, so that what is decided on it still holds when it is written. */
export async function lockAsset(tx: TenantTx, id: string): Promise<Asset | undefined> {
  const [row] = await tx
    .select()
    .from(a)
    .where(and(mine(tx), eq(a.id, id)))
    .for('update')
  return row
}

export type NewAsset = Omit<typeof a.$inferInsert, 'organizationId'>

export async function insertAsset(tx: TenantTx, values: NewAsset): Promise<Asset> {
  const [row] = await tx
    .insert(a)
    .values({ ...values, organizationId: tx.organizationId })
    .returning()
  if (!row) throw new Error('An inserted asset was not returned.')
  return row
}

export type AssetChanges = Partial<Omit<NewAsset, 'id' | 'version'>>

/** Writes the changes, counts the version up, and answers the row as it is now. */
export async function updateAsset(tx: TenantTx, id: string, changes: AssetChanges): Promise<Asset> {
  const [row] = await tx
    .update(a)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${a.version} + 1` })
    .where(and(mine(tx), eq(a.id, id)))
    .returning()
  if (!row) throw new Error('An asset that was locked is gone.')
  return row
}

/** The uploaded bytes are gone. Nobody sees that, so the version stays. */
export async function forgetUpload(tx: TenantTx, id: string): Promise<void> {
  await tx
    .update(a)
    .set({ uploadKey: null })
    .where(and(mine(tx), eq(a.id, id)))
}

/** Removes a row whose upload never became an asset; false where it has become one. */
export async function deleteReservation(tx: TenantTx, id: string): Promise<boolean> {
  const rows = await tx
    .delete(a)
    .where(and(mine(tx), eq(a.id, id), isNull(a.uploadedAt)))
    .returning({ id: a.id })
  return rows.length > 0
}

/** An asset of the project that was made of the very same file and was not refused. */
export async function findDuplicate(tx: TenantTx, projectId: string, uploadDigest: string) {
  const [row] = await tx
    .select({ id: a.id, filename: a.filename })
    .from(a)
    .where(
      and(
        mine(tx),
        listed,
        eq(a.projectId, projectId),
        eq(a.uploadDigest, uploadDigest),
        ne(a.processingStatus, 'rejected'),
      ),
    )
    .orderBy(asc(a.createdAt))
    .limit(1)
  return row
}

export interface AssetFilter {
  projectId: string
  assetType?: AssetType | undefined
  limit: number
  cursor?: string | undefined
  sort?: TimeSort
}

const wanted = (tx: TenantTx, filter: AssetFilter) =>
  and(mine(tx), listed, eq(a.projectId, filter.projectId), filter.assetType && eq(a.assetType, filter.assetType))

/** One page of a project's assets, newest first unless asked otherwise, and the cursor of the next one. */
export async function listAssets(tx: TenantTx, filter: AssetFilter) {
  const sort = filter.sort ?? '-createdAt'
  const { after, order } = byTime(sort, a.createdAt, a.id, filter.cursor)
  const rows = await tx
    .select(listedColumns)
    .from(a)
    .where(and(wanted(tx, filter), after))
    .orderBy(...order)
    .limit(filter.limit + 1)
  return toPage(rows, filter.limit, sort, (row) => [row.createdAt, row.id])
}

export async function countAssets(tx: TenantTx, filter: AssetFilter): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(a)
    .where(wanted(tx, filter))
  return row?.total ?? 0
}

/** A project's assets that can be used, oldest first. */
export function listReady(tx: TenantTx, projectId: string): Promise<Asset[]> {
  return tx
    .select()
    .from(a)
    .where(and(mine(tx), listed, eq(a.projectId, projectId), eq(a.processingStatus, 'ready')))
    .orderBy(asc(a.createdAt), asc(a.id))
}

export async function listFiles(tx: TenantTx, assetIds: readonly string[]): Promise<AssetFile[]> {
  if (assetIds.length === 0) return []
  return tx
    .select()
    .from(f)
    .where(and(eq(f.organizationId, tx.organizationId), inArray(f.assetId, [...assetIds])))
}

export async function findFile(tx: TenantTx, assetId: string, variant: AssetVariant): Promise<AssetFile | undefined> {
  const [row] = await tx
    .select()
    .from(f)
    .where(and(eq(f.organizationId, tx.organizationId), eq(f.assetId, assetId), eq(f.variant, variant)))
  return row
}

/** Puts the asset's files on record in place of those it had. */
export async function replaceFiles(
  tx: TenantTx,
  assetId: string,
  files: Omit<AssetFile, 'organizationId' | 'assetId' | 'createdAt'>[],
) {
  await deleteFiles(tx, assetId)
  if (files.length === 0) return
  await tx.insert(f).values(files.map((file) => ({ ...file, assetId, organizationId: tx.organizationId })))
}

export async function deleteFiles(tx: TenantTx, assetId: string): Promise<void> {
  await tx.delete(f).where(and(eq(f.organizationId, tx.organizationId), eq(f.assetId, assetId)))
}

/** The file behind a signed link, if its asset is still there. */
export const linkedFile = statement<{ organizationId: string; assetId: string; variant: string }>('assets.linked_file')(
  (q) =>
    q
      .select(fields({ storageKey: f.storageKey, mimeType: f.mimeType, digest: f.digest, sizeBytes: f.sizeBytes }))
      .from(f)
      .innerJoin(a, and(eq(a.organizationId, f.organizationId), eq(a.id, f.assetId)))
      .where(
        and(
          eq(f.organizationId, sql.placeholder('organizationId')),
          eq(f.assetId, sql.placeholder('assetId')),
          eq(f.variant, sql.placeholder('variant')),
          isNull(a.deletedAt),
        ),
      ),
)

/** For each project, the picture that stands for it: its newest sprite, else its newest photo. */
export const projectThumbs = statement<{ organizationId: string; projectIds: string[] }>('assets.project_thumbs')((q) =>
  q
    .selectDistinctOn(
      [a.projectId],
      fields({ projectId: a.projectId, assetId: a.id, variant: f.variant, digest: f.digest }),
    )
    .from(a)
    .innerJoin(f, and(eq(f.organizationId, a.organizationId), eq(f.assetId, a.id), eq(f.variant, 'thumb')))
    .where(
      and(
        eq(a.organizationId, sql.placeholder('organizationId')),
        sql`${a.projectId} = any(${sql.placeholder('projectIds')}::uuid[])`,
        listed,
        inArray(a.assetType, ['sprite', 'photo']),
      ),
    )
    .orderBy(asc(a.projectId), desc(sql`${a.assetType} = 'sprite'`), desc(a.createdAt)),
)

export async function insertTicket(tx: TenantTx, values: Omit<typeof t.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(t).values({ ...values, organizationId: tx.organizationId })
}

/** Tickets that have neither been used nor expired, locked so that no second order takes them. */
export function lockOpenTickets(tx: TenantTx, ids: readonly string[]): Promise<Ticket[]> {
  const open = and(isNull(t.usedAt), sql`${t.expiresAt} > now()`)
  return tx
    .select()
    .from(t)
    .where(and(eq(t.organizationId, tx.organizationId), inArray(t.id, [...ids]), open))
    .orderBy(asc(t.id))
    .for('update')
}

export async function markTicketsUsed(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await tx
    .update(t)
    .set({ usedAt: sql`now()` })
    .where(and(eq(t.organizationId, tx.organizationId), inArray(t.id, [...ids])))
}

/** Reservations and tickets nobody came back for: their keys, so that what was uploaded can be deleted first. */
export async function listAbandoned(tx: TenantTx, limit: number) {
  const reservations = await tx
    .select({ id: a.id, uploadKey: a.uploadKey })
    .from(a)
    .where(and(mine(tx), isNull(a.uploadedAt), lt(a.createdAt, sql`now() - interval '1 day'`)))
    .limit(limit)
  const tickets = await tx
    .select({ id: t.id, uploadKey: t.storageKey })
    .from(t)
    .where(
      and(eq(t.organizationId, tx.organizationId), isNull(t.usedAt), lt(t.expiresAt, sql`now() - interval '1 day'`)),
    )
    .limit(limit)
  return { reservations, tickets }
}

/** Which of these keys somebody still needs: an asset, a version, a ticket that may become one, or a document. */
export async function namedUploads(tx: TenantTx, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.execute<{ key: string }>(sql`
    select upload_key as key from assets
      where organization_id = ${tx.organizationId} and upload_key = any(${sql.param([...keys])})
    union all select upload_key from asset_versions
      where organization_id = ${tx.organizationId} and upload_key = any(${sql.param([...keys])})
    union all select storage_key from upload_tickets
      where organization_id = ${tx.organizationId} and used_at is null and storage_key = any(${sql.param([...keys])})
    union all select storage_key from project_file_versions
      where organization_id = ${tx.organizationId} and arrived_at is null and storage_key = any(${sql.param([...keys])})`)
  return new Set(rows.map(({ key }) => key))
}

export async function deleteTickets(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await tx.delete(t).where(and(eq(t.organizationId, tx.organizationId), inArray(t.id, [...ids])))
}
