import { and, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { primaryDomainOf } from '../../db/tables/hosting.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets as a } from '../../db/tables/assets.ts'
import { builds as b } from '../../db/tables/builds.ts'
import { urls as u } from '../../db/tables/urls.ts'

/** More than anybody reads; a photo has a handful of sprites, a project some dozens of builds. */
const most = 100

/** The sprites that were made from a photo and are still there, newest first. */
export function listSpritesOf(tx: TenantTx, assetId: string) {
  return tx
    .select({ id: a.id, filename: a.filename })
    .from(a)
    .where(
      and(
        eq(a.organizationId, tx.organizationId),
        eq(a.sourceAssetId, assetId),
        isNull(a.deletedAt),
        isNotNull(a.uploadedAt),
      ),
    )
    .orderBy(desc(a.createdAt))
    .limit(most)
}

/** Builds of the project that have one of these assets in a slot, newest first. */
export function listBuildsWith(tx: TenantTx, projectId: string, assetIds: readonly string[]) {
  const inSlot = sql`exists (
    select 1 from jsonb_each_text(${b.assets}) as slot where slot.value = any(${sql.param([...assetIds])}::text[]))`
  return tx
    .select({ id: b.id, number: b.number, status: b.status })
    .from(b)
    .where(and(eq(b.organizationId, tx.organizationId), eq(b.projectId, projectId), inSlot))
    .orderBy(desc(b.number))
    .limit(most)
}

/** The addresses at which one of these builds is live. */
export async function listUrlsOf(tx: TenantTx, buildIds: readonly string[]) {
  if (buildIds.length === 0) return []
  return tx
    .select({ id: u.id, slug: u.slug, buildId: u.liveBuildId, primaryDomain: primaryDomainOf(u.organizationId) })
    .from(u)
    .where(and(eq(u.organizationId, tx.organizationId), inArray(u.liveBuildId, [...buildIds]), eq(u.status, 'active')))
    .limit(most)
}
