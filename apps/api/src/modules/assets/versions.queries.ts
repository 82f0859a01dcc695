import { and, asc, desc, eq, getTableColumns, isNotNull, isNull, lt, max, sql } from 'drizzle-orm'
import type { AssetVariant } from '@sparkle/shared/assets'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets as a, assetVersions as v } from '../../db/tables/assets.ts'

export type AssetVersion = typeof v.$inferSelect
export type ListedVersion = Omit<AssetVersion, 'recipe'>
export type NewVersion = Omit<typeof v.$inferInsert, 'organizationId'>
export type VersionChanges = Partial<Omit<NewVersion, 'assetId' | 'number'>>

const one = (tx: TenantTx, assetId: string, number: number) =>
  and(eq(v.organizationId, tx.organizationId), eq(v.assetId, assetId), eq(v.number, number))

/** Inserts a version; one that is there already stays as it is, and undefined is answered. */
export async function insertVersion(tx: TenantTx, values: NewVersion): Promise<AssetVersion | undefined> {
  const [row] = await tx
    .insert(v)
    .values({ ...values, organizationId: tx.organizationId })
    .onConflictDoNothing()
    .returning()
  return row
}

export async function findVersion(tx: TenantTx, assetId: string, number: number): Promise<AssetVersion | undefined> {
  const [row] = await tx
    .select()
    .from(v)
    .where(one(tx, assetId, number))
  return row
}

export async function updateVersion(
  tx: TenantTx,
  assetId: string,
  number: number,
  changes: VersionChanges,
): Promise<AssetVersion> {
  const [row] = await tx
    .update(v)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(one(tx, assetId, number))
    .returning()
  if (!row) throw new Error('A version of an asset that is locked is gone.')
  return row
}

/** More than anybody looks through; a person makes some dozens. */
const most = 200

const { recipe: _recipe, ...listed } = getTableColumns(v)

/** The newest versions of an asset whose content has arrived, newest first; without their recipes, which are large. */
export function listArrived(tx: TenantTx, assetId: string): Promise<ListedVersion[]> {
  return tx
    .select(listed)
    .from(v)
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.assetId, assetId), isNotNull(v.uploadedAt)))
    .orderBy(desc(v.number))
    .limit(most)
}

/** All versions of an asset, newest first; reservations too. */
export function listVersions(tx: TenantTx, assetId: string): Promise<AssetVersion[]> {
  return tx
    .select()
    .from(v)
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.assetId, assetId)))
    .orderBy(desc(v.number))
}

/** The highest number that a version of the asset has, reservations too; 0 where it has none. */
export async function newestNumber(tx: TenantTx, assetId: string): Promise<number> {
  const [row] = await tx
    .select({ newest: max(v.number) })
    .from(v)
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.assetId, assetId)))
  return row?.newest ?? 0
}

/** A file of another version than the present one: links to it stay good while the asset is there. */
export async function findVersionFile(tx: TenantTx, assetId: string, variant: AssetVariant, digestStart: string) {
  const versions = await tx
    .select({ files: v.files })
    .from(v)
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.assetId, assetId)))
  return versions
    .flatMap(({ files }) => files)
    .find((file) => file.variant === variant && file.digest.startsWith(digestStart))
}

/** Removes a version whose upload never became one; false where it has. */
export async function deleteVersionReservation(tx: TenantTx, assetId: string, number: number): Promise<boolean> {
  const rows = await tx
    .delete(v)
    .where(and(one(tx, assetId, number), isNull(v.uploadedAt)))
    .returning({ number: v.number })
  return rows.length > 0
}

export async function deleteVersions(tx: TenantTx, assetId: string): Promise<void> {
  await tx.delete(v).where(and(eq(v.organizationId, tx.organizationId), eq(v.assetId, assetId)))
}

/** Versions nobody declared complete within a day. */
export function listAbandonedVersions(tx: TenantTx, limit: number) {
  return tx
    .select({ assetId: v.assetId, number: v.number, uploadKey: v.uploadKey })
    .from(v)
    .where(
      and(
        eq(v.organizationId, tx.organizationId),
        isNull(v.uploadedAt),
        lt(v.createdAt, sql`now() - interval '1 day'`),
      ),
    )
    .limit(limit)
}

/**
 * What has waited longer than a job takes: for a virus scanner that was away, or because its job was lost. `processing`
 * is given longer, since a worker may be at it.
 */
export async function listUnsettled(tx: TenantTx, limit: number) {
  const overdue = (
    status: typeof a.processingStatus | typeof v.processingStatus,
    at: typeof a.updatedAt | typeof v.updatedAt,
  ) =>
    sql`((${status} = 'pending' and ${at} < now() - interval '2 minutes')
      or (${status} = 'processing' and ${at} < now() - interval '15 minutes'))`
  const assets = await tx
    .select({ assetId: a.id })
    .from(a)
    .where(
      and(
        eq(a.organizationId, tx.organizationId),
        overdue(a.processingStatus, a.updatedAt),
        isNotNull(a.uploadedAt),
        isNull(a.deletedAt),
      ),
    )
    .orderBy(asc(a.updatedAt))
    .limit(limit)
  const versions = await tx
    .select({ assetId: v.assetId, number: v.number })
    .from(v)
    .where(
      and(eq(v.organizationId, tx.organizationId), overdue(v.processingStatus, v.updatedAt), isNotNull(v.uploadedAt)),
    )
    .orderBy(asc(v.updatedAt))
    .limit(limit)
  return { assets, versions }
}
