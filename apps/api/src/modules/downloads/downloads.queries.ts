import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { builds } from '../../db/tables/builds.ts'
import { projectFileVersions } from '../../db/tables/project-files.ts'
import { projects } from '../../db/tables/projects.ts'
import { deliverableVersions as v } from '../../db/tables/reviews.ts'

/** One file that lies in the store. */
export interface FoundFile {
  name: string
  storageKey: string
  mimeType: string
  sizeBytes: number
  digest: string
}

/** The bytes of an asset as they were when a version of it was made: of now, or of one of its earlier states. */
export async function findAssetBytes(tx: TenantTx, assetId: string, digest: string): Promise<FoundFile | undefined> {
  const { rows } = await tx.execute<Record<string, unknown>>(sql`
    select a.filename, f.storage_key, f.mime_type, f.size_bytes, f.digest from (
      select asset_id, storage_key, mime_type, size_bytes, digest from asset_variants
        where organization_id = ${tx.organizationId} and asset_id = ${assetId}
      union all
      select asset_id, f ->> 'storageKey', f ->> 'mimeType', (f ->> 'sizeBytes')::int, f ->> 'digest'
        from asset_versions, jsonb_array_elements(files) as f
        where organization_id = ${tx.organizationId} and asset_id = ${assetId}
    ) as f join assets a on a.organization_id = ${tx.organizationId} and a.id = f.asset_id and a.deleted_at is null
    where f.digest = ${digest} limit 1`)
  const [row] = rows
  if (!row) return undefined
  return {
    name: String(row['filename']),
    storageKey: String(row['storage_key']),
    mimeType: String(row['mime_type']),
    sizeBytes: Number(row['size_bytes']),
    digest: String(row['digest']),
  }
}

export async function findDocumentBytes(tx: TenantTx, fileVersionId: string): Promise<FoundFile | undefined> {
  const f = projectFileVersions
  const [row] = await tx
    .select({
      name: f.filename,
      storageKey: f.storageKey,
      mimeType: f.mimeType,
      sizeBytes: f.sizeBytes,
      digest: f.digest,
    })
    .from(f)
    .where(and(eq(f.organizationId, tx.organizationId), eq(f.id, fileVersionId)))
  return row?.digest ? { ...row, digest: row.digest } : undefined
}

/** The files of a build's bundle; undefined where they are gone. */
export async function findBundle(tx: TenantTx, buildId: string) {
  const [row] = await tx
    .select({ digest: builds.digest, files: builds.files })
    .from(builds)
    .where(and(eq(builds.organizationId, tx.organizationId), eq(builds.id, buildId)))
  return row?.digest && row.files ? { digest: row.digest, files: row.files } : undefined
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
