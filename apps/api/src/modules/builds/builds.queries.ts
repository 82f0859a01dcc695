import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { AssetVariant } from '@sparkle/shared/assets'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets, assetVariantFiles } from '../../db/tables/assets.ts'
import { builds } from '../../db/tables/builds.ts'
import { projects } from '../../db/tables/projects.ts'

const buildColumns = {
  id: builds.id,
  projectId: builds.projectId,
  number: builds.number,
  templateId: builds.templateId,
  templateVersion: builds.templateVersion,
  config: builds.config,
  assets: builds.assets,
  unmetWishes: builds.unmetWishes,
  status: builds.status,
  digest: builds.digest,
  sizeBytes: builds.sizeBytes,
  error: builds.error,
  smoke: builds.smoke,
  createdBy: builds.createdBy,
  createdAt: builds.createdAt,
  finishedAt: builds.finishedAt,
  previewGeneration: builds.previewGeneration,
  version: builds.version,
}

/** The studio is named in every condition, although row-level security adds it again. */
function mine(tx: TenantTx, id: string) {
  return and(eq(builds.organizationId, tx.organizationId), eq(builds.id, id))
}

function ofProject(tx: TenantTx, projectId: string) {
  return and(eq(builds.organizationId, tx.organizationId), eq(builds.projectId, projectId))
}

export async function findBuild(tx: TenantTx, id: string) {
  const [row] = await tx.select(buildColumns).from(builds).where(mine(tx, id))
  return row
}
export type BuildRow = NonNullable<Awaited<ReturnType<typeof findBuild>>>

export async function lockBuild(tx: TenantTx, id: string): Promise<BuildRow | undefined> {
  const [row] = await tx.select(buildColumns).from(builds).where(mine(tx, id)).for('no key update')
  return row
}

/** A project's builds, newest first, one row more than `limit` where there are more. */
export function listBuilds(
  tx: TenantTx,
  projectId: string,
  page: { limit: number; beforeNumber?: number | undefined },
): Promise<BuildRow[]> {
  return tx
    .select(buildColumns)
    .from(builds)
    .where(
      and(
        ofProject(tx, projectId),
        page.beforeNumber === undefined ? undefined : sql`${builds.number} < ${page.beforeNumber}::bigint`,
      ),
    )
    .orderBy(desc(builds.number))
    .limit(page.limit + 1)
}

export async function countBuilds(tx: TenantTx, projectId: string): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(builds)
    .where(ofProject(tx, projectId))
  return row?.total ?? 0
}

/** The number of a project's next build. The caller holds the project's lock, so no two get the same. */
export async function takeBuildNumber(tx: TenantTx, projectId: string): Promise<number> {
  const [row] = await tx
    .update(projects)
    .set({ nextBuildNumber: sql`${projects.nextBuildNumber} + 1` })
    .where(and(eq(projects.organizationId, tx.organizationId), eq(projects.id, projectId)))
    .returning({ next: projects.nextBuildNumber })
  if (!row) throw new Error('The project of a build has gone while it was locked.')
  return row.next - 1
}

export type NewBuild = Pick<
  BuildRow,
  'id' | 'projectId' | 'number' | 'templateId' | 'templateVersion' | 'config' | 'assets' | 'unmetWishes' | 'createdBy'
>

export async function insertBuild(tx: TenantTx, build: NewBuild): Promise<void> {
  await tx.insert(builds).values({ ...build, organizationId: tx.organizationId })
}

type Updatable = (typeof builds)['_']['inferInsert']
export type BuildChanges = { [K in keyof Updatable]?: Updatable[K] | ReturnType<typeof sql> }

/** Writes the changes and counts the version up. */
export async function updateBuild(tx: TenantTx, id: string, changes: BuildChanges): Promise<void> {
  await tx
    .update(builds)
    .set({ ...changes, version: sql`${builds.version} + 1` })
    .where(mine(tx, id))
}

const slotColumns = {
  id: assets.id,
  projectId: assets.projectId,
  assetType: assets.assetType,
  status: assets.processingStatus,
}

/** What slots are decided on, of those of these assets that exist. */
export function findSlotAssets(tx: TenantTx, ids: readonly string[]) {
  return tx
    .select(slotColumns)
    .from(assets)
    .where(and(eq(assets.organizationId, tx.organizationId), inArray(assets.id, [...ids]), isNull(assets.deletedAt)))
}
export type SlotAssetFacts = Awaited<ReturnType<typeof findSlotAssets>>[number]

export async function findNewestSprite(tx: TenantTx, projectId: string): Promise<SlotAssetFacts | undefined> {
  const [row] = await tx
    .select(slotColumns)
    .from(assets)
    .where(
      and(
        eq(assets.organizationId, tx.organizationId),
        eq(assets.projectId, projectId),
        eq(assets.assetType, 'sprite'),
        eq(assets.processingStatus, 'ready'),
        isNull(assets.deletedAt),
      ),
    )
    .orderBy(desc(assets.createdAt), desc(assets.id))
    .limit(1)
  return row
}

export interface StoredFile {
  assetId: string
  variant: AssetVariant
  storageKey: string
  mimeType: string
  sizeBytes: number
  digest: string
}

/** The files of these assets; of deleted ones too, since a build that was asked for before is still made. */
export function findAssetFiles(tx: TenantTx, assetIds: readonly string[]): Promise<StoredFile[]> {
  return tx
    .select({
      assetId: assetVariantFiles.assetId,
      variant: assetVariantFiles.variant,
      storageKey: assetVariantFiles.storageKey,
      mimeType: assetVariantFiles.mimeType,
      sizeBytes: assetVariantFiles.sizeBytes,
      digest: assetVariantFiles.digest,
    })
    .from(assetVariantFiles)
    .where(
      and(eq(assetVariantFiles.organizationId, tx.organizationId), inArray(assetVariantFiles.assetId, [...assetIds])),
    )
}
