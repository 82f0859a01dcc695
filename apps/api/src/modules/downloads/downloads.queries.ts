import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { builds } from '../../db/tables/builds.ts'
import { projectFileVersions } from '../../db/tables/project-files.ts'
import { projects } from '../../db/tables/projects.ts'
import { deliverableVersions as v } from '../../db/tables/reviews.ts'

/** One file that lies in the store. */
export interface FoundFile {
  name: string
  storageKey: string
  sizeBytes: number
  digest: string
}

/** The bytes of assets as they were when versions of them were made: of now, or of one of their earlier states. */
export async function listAssetBytes(
  tx: TenantTx,
  wanted: readonly { assetId: string; digest: string }[],
): Promise<(FoundFile & { assetId: string })[]> {
  if (wanted.length === 0) return []
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    with wanted as (
      select * from unnest(${uuids(wanted.map(({ assetId }) => assetId))},
        ${sql.param(wanted.map(({ digest }) => digest))}::text[]) as w(asset_id, digest)
    )
    select distinct on (w.asset_id, w.digest) w.asset_id, a.filename, f.storage_key, f.size_bytes, f.digest
    from wanted w
    join assets a on a.organization_id = ${tx.organizationId} and a.id = w.asset_id and a.deleted_at is null
    cross join lateral (
      select storage_key, size_bytes, digest from asset_variants
        where organization_id = ${tx.organizationId} and asset_id = w.asset_id
      union all
      select f ->> 'storageKey', (f ->> 'sizeBytes')::int, f ->> 'digest'
        from asset_versions, jsonb_array_elements(files) as f
        where organization_id = ${tx.organizationId} and asset_id = w.asset_id
    ) as f
    where f.digest = w.digest`)
  return rows.map((row) => ({
    assetId: String(row['asset_id']),
    name: String(row['filename']),
    storageKey: String(row['storage_key']),
    sizeBytes: Number(row['size_bytes']),
    digest: String(row['digest']),
  }))
}

const uuids = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`

/** Documents as they were uploaded, by the ids of their versions. */
export async function listDocumentBytes(
  tx: TenantTx,
  ids: readonly string[],
): Promise<(FoundFile & { fileVersionId: string })[]> {
  if (ids.length === 0) return []
  const f = projectFileVersions
  const rows = await tx
    .select({
      fileVersionId: f.id,
      name: f.filename,
      storageKey: f.storageKey,
      sizeBytes: f.sizeBytes,
      digest: f.digest,
    })
    .from(f)
    .where(and(eq(f.organizationId, tx.organizationId), inArray(f.id, [...ids])))
  return rows.flatMap(({ digest, ...row }) => (digest ? [{ ...row, digest }] : []))
}

/** The files of builds' bundles; none of a build whose bundle is gone. */
export async function listBundles(tx: TenantTx, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await tx
    .select({ buildId: builds.id, digest: builds.digest, files: builds.files })
    .from(builds)
    .where(and(eq(builds.organizationId, tx.organizationId), inArray(builds.id, [...ids])))
  return rows.flatMap(({ buildId, digest, files }) => (digest && files ? [{ buildId, digest, files }] : []))
}

/** The versions of a project that its customer was sent. */
export function listSent(tx: TenantTx, projectId: string) {
  return tx
    .select({ id: v.id, deliverableId: v.deliverableId, number: v.number, status: v.status })
    .from(v)
    .innerJoin(
      projects,
      and(eq(projects.organizationId, v.organizationId), eq(projects.id, v.projectId), isNull(projects.deletedAt)),
    )
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.projectId, projectId), ne(v.status, 'draft')))
    .orderBy(v.createdAt, v.id)
}
