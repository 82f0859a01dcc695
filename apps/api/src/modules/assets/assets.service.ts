import type { z } from 'zod'
import type {
  AssetItem,
  AssetType,
  AssetVariant,
  AssetView,
  BulkAssetsInput,
  listAssetsQuery,
  ListStudioAssetsQuery,
  updateAssetInput,
} from '@sparkle/shared/assets'
import { deniedAssets } from '@sparkle/shared/decide'
import type { BulkResult } from '@sparkle/shared/project-bulk'
import { sql } from 'drizzle-orm'
import { actorUserId, hiddenProjects, type TenantActor, type UserActor } from '../../core/actor.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { changeEach } from '../../core/bulk.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantRead, TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { openProject, readProject } from '../projects/projects.service.ts'
import { trueName, uploadKey } from './asset-files.ts'
import {
  type Asset,
  type AssetFile,
  countAssets,
  findAsset,
  findDuplicate,
  findFile,
  insertAsset,
  type ListedAsset,
  listAssets,
  listFiles,
  listReady,
  lockAsset,
  projectThumbs,
  updateAsset,
} from './assets.queries.ts'
import { assertProcessable, assertUploadable, type UploadClaim } from './assets.rules.ts'
import { countStudioAssets, listStudioAssets } from './studio-assets.queries.ts'
import { assetLinks, type LinkedFile, type Linker } from '../../core/file-links.ts'

const sqlNow = sql`now()` as unknown as string

/** What the feed and its readers are told of an asset. */
function eventData(asset: Asset) {
  return { assetId: asset.id, assetType: asset.assetType, filename: asset.filename }
}

/** Says what became of an asset, on record and in the feed. */
export async function tell(
  tx: TenantTx,
  actor: TenantActor,
  type: 'asset:added' | 'asset:rejected' | 'asset:reprocessed' | 'asset:deleted',
  asset: Asset,
  facts: { reason?: string; number?: number } = {},
): Promise<void> {
  await recordAudit(tx, actor, type, { entity: 'asset', id: asset.id, changes: { ...eventData(asset), ...facts } })
  await emit(tx, actor, type, { projectId: asset.projectId, data: { ...eventData(asset), ...facts } })
}

/** The feed hears that an asset is ready; there is nothing to record, since nobody changed it. */
export async function tellReady(tx: TenantTx, actor: TenantActor, asset: Asset): Promise<void> {
  await emit(tx, actor, 'asset:ready', { projectId: asset.projectId, data: eventData(asset) })
}

export function toItem(link: Linker, asset: ListedAsset, files: readonly LinkedFile[]): AssetItem {
  const {
    organizationId,
    uploadKey: _key,
    deletedAt: _deleted,
    createdAt,
    updatedAt: _updated,
    uploadedAt,
    focalX,
    focalY,
    ...rest
  } = asset
  return {
    ...rest,
    focalPoint: focalX !== null && focalY !== null ? { x: focalX, y: focalY } : null,
    uploadedAt: uploadedAt ?? createdAt,
    urls: assetLinks(link, organizationId, files),
  }
}

export function toView(link: Linker, { recipe, ...asset }: Asset, files: readonly LinkedFile[]): AssetView {
  return { ...toItem(link, asset, files), recipe }
}

async function viewOf(tx: TenantTx, link: Linker, asset: Asset): Promise<AssetView> {
  return toView(link, asset, await listFiles(tx, [asset.id]))
}

/** The asset of a project the actor may see and work on, or 404. */
export async function readable(tx: TenantTx, actor: UserActor, asset: Asset | undefined): Promise<Asset> {
  if (!asset || asset.deletedAt || !asset.uploadedAt) notFound('asset')
  await readProject(tx, actor, asset.projectId, { assetId: asset.id })
  return asset
}

export async function listAssetViews(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  projectId: string,
  query: z.infer<typeof listAssetsQuery>,
) {
  await readProject(tx, actor, projectId, { permission: 'assets:read' })
  const filter = { ...query, projectId }
  const page = await listAssets(tx, filter)
  const files = Map.groupBy(
    await listFiles(
      tx,
      page.rows.map((row) => row.id),
    ),
    (file) => file.assetId,
  )
  const total = asksFor(query.include, 'total') ? await countAssets(tx, filter) : undefined
  const items = page.rows.map((row) => toItem(link, row, files.get(row.id) ?? []))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/** All of the studio's assets the actor may work on, with their projects. */
export async function listStudioViews(tx: TenantTx, link: Linker, actor: UserActor, query: ListStudioAssetsQuery) {
  const { include, ...wished } = query
  const without = {
    projects: hiddenProjects(actor, 'assets:read', 'projects:read'),
    assets: deniedAssets(actor, 'assets:read'),
  }
  const filter = { ...wished, without, ...(actor.role === 'artist' && { assignedTo: actor.userId }) }
  const page = await listStudioAssets(tx, filter)
  const ids = page.rows.map(({ asset }) => asset.id)
  const files = Map.groupBy(await listFiles(tx, ids), (file) => file.assetId)
  const total = asksFor(include, 'total') ? await countStudioAssets(tx, filter) : undefined
  const items = page.rows.map(({ asset, project }) => ({
    ...toItem(link, asset, files.get(asset.id) ?? []),
    project,
  }))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

export async function getAsset(tx: TenantTx, link: Linker, actor: UserActor, id: string): Promise<AssetView> {
  return viewOf(tx, link, await readable(tx, actor, await findAsset(tx, id)))
}

/** Changes the name or the focal point. */
export async function changeAsset(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  id: string,
  input: z.infer<typeof updateAssetInput>,
  expected: number | null,
): Promise<AssetView> {
  const asset = await readable(tx, actor, await lockAsset(tx, id))
  assertVersion(asset.version, expected)
  const { focalPoint } = input
  const filename = input.filename === undefined ? asset.filename : trueName(input.filename, asset.mimeType)
  const focus = focalPoint === undefined ? {} : { focalX: focalPoint?.x ?? null, focalY: focalPoint?.y ?? null }
  const changed = await updateAsset(tx, id, { filename, ...focus })
  await recordAudit(tx, actor, 'asset:updated', {
    entity: 'asset',
    id,
    changes: {
      ...(filename !== asset.filename && { filename: [asset.filename, filename] }),
      ...(focalPoint !== undefined && { focalPoint }),
    },
  })
  await emit(tx, actor, 'asset:updated', { projectId: asset.projectId, data: eventData(changed) })
  return viewOf(tx, link, changed)
}

/** Takes an asset away; its files are deleted from the store by the handler of `asset:deleted`. */
export async function deleteAsset(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<void> {
  const asset = await readable(tx, actor, await lockAsset(tx, id))
  assertVersion(asset.version, expected)
  await tell(tx, actor, 'asset:deleted', await updateAsset(tx, id, { deletedAt: sqlNow }))
}

/** Takes many assets away, each by itself. */
export function changeAssets(tx: TenantTx, actor: UserActor, { items }: BulkAssetsInput): Promise<BulkResult[]> {
  return changeEach(tx, items, async ({ id, version }) => {
    await deleteAsset(tx, actor, id, version ?? null)
    return null
  })
}

export interface Reservation extends UploadClaim {
  assetType: AssetType
}

/** Makes room for an upload: a row that is not listed until the bytes are there, and the key they go to. */
export async function reserveAsset(tx: TenantTx, actor: UserActor, projectId: string, input: Reservation) {
  const mimeType = assertUploadable(input, input.assetType)
  await openProject(tx, actor, projectId)
  const id = newId()
  const key = uploadKey(tx.organizationId, id)
  await insertAsset(tx, {
    id,
    projectId,
    assetType: input.assetType,
    filename: input.filename,
    originalFilename: input.filename,
    mimeType,
    fileSize: input.sizeBytes,
    uploadDigest: input.digest ?? null,
    uploadKey: key,
    uploadedBy: actorUserId(actor),
  })
  const duplicateOf = input.digest ? await findDuplicate(tx, projectId, input.digest) : undefined
  return { assetId: id, key, mimeType, duplicateOf: duplicateOf ?? null }
}

/** The row behind a direct upload, complete or not. */
export async function findReservation(tx: TenantTx, actor: UserActor, id: string): Promise<Asset> {
  const asset = (await findAsset(tx, id)) ?? notFound('asset')
  if (asset.deletedAt) notFound('asset')
  await readProject(tx, actor, asset.projectId, { assetId: asset.id })
  return asset
}

/**
 * Turns a reservation whose bytes are there into an asset, and has it processed. Doing it again changes nothing. `key`:
 * where the bytes lie now, unless the API itself has put them where they were to arrive.
 */
export async function confirmUpload(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  id: string,
  key?: string,
): Promise<AssetView> {
  const asset = (await lockAsset(tx, id)) ?? notFound('asset')
  if (asset.deletedAt) notFound('asset')
  await readProject(tx, actor, asset.projectId, { assetId: asset.id })
  if (asset.uploadedAt) return viewOf(tx, link, asset)
  const confirmed = await updateAsset(tx, id, { uploadedAt: sqlNow, ...(key && { uploadKey: key }) })
  await tell(tx, actor, 'asset:added', confirmed)
  return viewOf(tx, link, confirmed)
}

/** Has an asset processed again whose processing failed. */
export async function reprocessAsset(tx: TenantTx, link: Linker, actor: UserActor, id: string): Promise<AssetView> {
  const asset = await readable(tx, actor, await lockAsset(tx, id))
  assertProcessable(asset)
  const waiting = await updateAsset(tx, id, { processingStatus: 'pending', rejectionReason: null, processedAt: null })
  await tell(tx, actor, 'asset:reprocessed', waiting)
  return viewOf(tx, link, waiting)
}

/** The file a signed-in person asked for. Whoever sends the original calls `recordContent` before. */
export async function openContent(tx: TenantTx, actor: UserActor, id: string, variant: AssetVariant) {
  const { projectId, filename } = await readable(tx, actor, await findAsset(tx, id))
  const file = (await findFile(tx, id, variant)) ?? notFound('asset_variant')
  return { id, projectId, filename, file }
}
type Content = Awaited<ReturnType<typeof openContent>>

/** Reading the original is a download, and on record. */
export async function recordContent(tx: TenantTx, actor: UserActor, { id, projectId, filename, file }: Content) {
  const changes = { filename, digest: file.digest }
  await recordAudit(tx, actor, 'asset:downloaded', { entity: 'asset', id, projectId, changes })
}

export interface ReadyAsset extends Asset {
  files: AssetFile[]
}

/** A project's usable assets with their files, oldest first: what a build may take into its slots. */
export async function listReadyAssets(tx: TenantTx, projectId: string): Promise<ReadyAsset[]> {
  const ready = await listReady(tx, projectId)
  const files = Map.groupBy(
    await listFiles(
      tx,
      ready.map((asset) => asset.id),
    ),
    (file) => file.assetId,
  )
  return ready.map((asset) => ({ ...asset, files: files.get(asset.id) ?? [] }))
}

/** Links to the picture that stands for each project, where it has one: its newest sprite, else its newest photo. */
export async function thumbUrlsFor(
  tx: TenantRead,
  link: Linker,
  projectIds: readonly string[],
): Promise<Map<string, string>> {
  if (projectIds.length === 0) return new Map()
  const { organizationId } = tx
  const rows = await tx.run(projectThumbs, { organizationId, projectIds: [...projectIds] })
  return new Map(rows.map((row) => [row.projectId, link(organizationId, row)]))
}
