import type { z } from 'zod'
import { sql } from 'drizzle-orm'
import type { AssetVersionItem, AssetVersionView, versionUploadInput } from '@sparkle/shared/assets'
import type { SpriteRecipeView } from '@sparkle/shared/sprites'
import { actorUserId, type TenantActor, type UserActor } from '../../core/actor.ts'
import { conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { assetLinks, type Linker } from '../../core/file-links.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { readProject } from '../projects/projects.service.ts'
import { versionUploadKey } from './asset-files.ts'
import { type Asset, findAsset, listFiles, lockAsset, replaceFiles, updateAsset } from './assets.queries.ts'
import { assertRecipe, assertSpriteSource, assertUploadable } from './assets.rules.ts'
import {
  type AssetVersion,
  deleteVersionReservation,
  findVersion,
  insertVersion,
  listArrived,
  type ListedVersion,
  newestNumber,
  type NewVersion,
  updateVersion,
} from './versions.queries.ts'

const sqlNow = sql`now()` as unknown as string

async function readable(tx: TenantTx, actor: UserActor, asset: Asset | undefined): Promise<Asset> {
  if (!asset || asset.deletedAt || !asset.uploadedAt) notFound('asset')
  await readProject(tx, actor, asset.projectId, { assetId: asset.id })
  return asset
}

/** The asset as the version it is: what it has been until another one takes its place. */
async function asVersion(tx: TenantTx, asset: Asset): Promise<Omit<AssetVersion, 'organizationId'>> {
  const files = await listFiles(tx, [asset.id])
  return {
    assetId: asset.id,
    number: asset.revision,
    originalFilename: asset.originalFilename,
    mimeType: asset.mimeType,
    fileSize: asset.fileSize,
    digest: asset.digest,
    uploadDigest: asset.uploadDigest,
    metadata: asset.metadata,
    files: files.map(({ variant, storageKey, mimeType, sizeBytes, digest, width, height }) => ({
      variant,
      storageKey,
      mimeType,
      sizeBytes,
      digest,
      width,
      height,
    })),
    processingStatus: asset.processingStatus,
    rejectionReason: asset.rejectionReason,
    uploadKey: null,
    uploadedAt: asset.uploadedAt,
    uploadedBy: asset.uploadedBy,
    sourceAssetId: asset.sourceAssetId,
    recipe: asset.recipe,
    processedAt: asset.processedAt,
    createdAt: asset.createdAt,
    updatedAt: asset.updatedAt,
  }
}

function toItem(link: Linker, version: Omit<ListedVersion, 'organizationId'>, asset: Asset): AssetVersionItem {
  const { uploadKey: _key, files, uploadDigest: _upload, updatedAt: _updated, createdAt, uploadedAt, ...rest } = version
  const { organizationId: _organization, ...shown } = rest as typeof rest & { organizationId?: string }
  return {
    ...shown,
    current: version.number === asset.revision,
    uploadedAt: uploadedAt ?? createdAt,
    urls: assetLinks(
      link,
      asset.organizationId,
      files.map((file) => ({ ...file, assetId: asset.id })),
    ),
  }
}

function toView(
  link: Linker,
  { recipe, ...version }: Omit<AssetVersion, 'organizationId'>,
  asset: Asset,
): AssetVersionView {
  return { ...toItem(link, version, asset), recipe }
}

/** The newest 200 versions of an asset, newest first, and always the present one. */
export async function listVersionViews(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  assetId: string,
): Promise<{ items: AssetVersionItem[] }> {
  const asset = await readable(tx, actor, await findAsset(tx, assetId))
  const items = (await listArrived(tx, assetId)).map((version) => toItem(link, version, asset))
  if (items.some(({ current }) => current)) return { items }
  const { recipe: _recipe, ...present } = await asVersion(tx, asset)
  return { items: [...items, toItem(link, present, asset)].sort((one, two) => two.number - one.number) }
}

/** One version with its recipe; the present one, too. 404 for one whose content has not arrived. */
export async function getVersionView(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  assetId: string,
  number: number,
): Promise<AssetVersionView> {
  const asset = await readable(tx, actor, await findAsset(tx, assetId))
  const stored = await findVersion(tx, assetId, number)
  if (stored?.uploadedAt) return toView(link, stored, asset)
  return number === asset.revision ? toView(link, await asVersion(tx, asset), asset) : notFound('asset_version')
}

async function nextNumber(tx: TenantTx, asset: Asset): Promise<number> {
  return Math.max(asset.revision, await newestNumber(tx, asset.id)) + 1
}

async function addVersion(
  tx: TenantTx,
  asset: Asset,
  values: Omit<NewVersion, 'assetId' | 'number'>,
): Promise<AssetVersion> {
  const made = await insertVersion(tx, { ...values, assetId: asset.id, number: await nextNumber(tx, asset) })
  if (!made) throw new Error('The next number of a locked asset was taken.')
  return made
}

async function tellVersion(
  tx: TenantTx,
  actor: TenantActor,
  type: 'asset:version:added' | 'asset:version:restored',
  asset: Asset,
  number: number,
): Promise<void> {
  const facts = { assetId: asset.id, assetType: asset.assetType, filename: asset.filename, number }
  await recordAudit(tx, actor, type, { entity: 'asset', id: asset.id, changes: facts })
  await emit(tx, actor, type, { projectId: asset.projectId, data: facts })
}

/** Makes room for the upload of a new version; the asset stays as it is until the version is ready. */
export async function reserveVersion(
  tx: TenantTx,
  actor: UserActor,
  assetId: string,
  input: z.infer<typeof versionUploadInput>,
) {
  const asset = await readable(tx, actor, await lockAsset(tx, assetId))
  if (asset.recipe) conflict('asset.version_by_recipe', 'A sprite gets its versions from the sprite tool.')
  if (asset.processingStatus !== 'ready')
    conflict('asset.not_ready', 'This asset is not ready. Upload the file as a new asset instead.')
  const mimeType = assertUploadable(input, asset.assetType)
  const number = await nextNumber(tx, asset)
  const key = versionUploadKey(tx.organizationId, assetId, number)
  await addVersion(tx, asset, {
    originalFilename: input.filename,
    mimeType,
    fileSize: input.sizeBytes,
    uploadDigest: input.digest ?? null,
    uploadKey: key,
    uploadedBy: actorUserId(actor),
  })
  return { number, key, mimeType }
}

export async function findVersionReservation(
  tx: TenantTx,
  actor: UserActor,
  assetId: string,
  number: number,
): Promise<AssetVersion> {
  await readable(tx, actor, await findAsset(tx, assetId))
  return (await findVersion(tx, assetId, number)) ?? notFound('asset_version')
}

/** Gives the reserved place up; nothing happens where the upload has been declared complete. */
export async function dropVersionReservation(tx: TenantTx, assetId: string, number: number): Promise<boolean> {
  return deleteVersionReservation(tx, assetId, number)
}

/** Declares a version's upload complete, its bytes under `key`, and has it processed. Again: changes nothing. */
export async function confirmVersion(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  assetId: string,
  number: number,
  key?: string,
): Promise<AssetVersionView> {
  const asset = await readable(tx, actor, await lockAsset(tx, assetId))
  const version = (await findVersion(tx, assetId, number)) ?? notFound('asset_version')
  if (version.uploadedAt) return toView(link, version, asset)
  const confirmed = await updateVersion(tx, assetId, number, { uploadedAt: sqlNow, ...(key && { uploadKey: key }) })
  await tellVersion(tx, actor, 'asset:version:added', asset, number)
  return toView(link, confirmed, asset)
}

/**
 * Orders a sprite to be drawn anew, by another recipe or from another photo, as a new version of the same asset: what
 * refers to the sprite keeps doing so. Rendered in the background like a new sprite.
 */
export async function addSpriteVersion(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  spriteId: string,
  { recipe, sourceAssetId }: { recipe: SpriteRecipeView; sourceAssetId?: string | undefined },
): Promise<AssetVersionView> {
  assertRecipe(recipe)
  const sprite = await readable(tx, actor, await lockAsset(tx, spriteId))
  if (!sprite.recipe || sprite.processingStatus !== 'ready')
    conflict('asset.not_a_sprite', 'Only a finished sprite that was made of a photo can be drawn anew.')
  const source = await readable(tx, actor, await findAsset(tx, sourceAssetId ?? sprite.sourceAssetId ?? ''))
  if (source.projectId !== sprite.projectId) notFound('asset')
  assertSpriteSource(source)
  const version = await addVersion(tx, sprite, {
    originalFilename: sprite.originalFilename,
    mimeType: 'image/png',
    fileSize: 0,
    sourceAssetId: source.id,
    recipe,
    uploadedAt: sqlNow,
    uploadedBy: actorUserId(actor),
  })
  await tellVersion(tx, actor, 'asset:version:added', sprite, version.number)
  return toView(link, version, sprite)
}

/** Puts a version's content into the asset in place of the present one, which is kept as the version it is. */
export async function takeOver(tx: TenantTx, asset: Asset, version: AssetVersion): Promise<Asset> {
  await insertVersion(tx, await asVersion(tx, asset))
  await replaceFiles(tx, asset.id, version.files)
  return updateAsset(tx, asset.id, {
    revision: version.number,
    originalFilename: version.originalFilename,
    mimeType: version.mimeType,
    fileSize: version.fileSize,
    digest: version.digest,
    uploadDigest: version.uploadDigest,
    metadata: version.metadata,
    sourceAssetId: version.sourceAssetId,
    recipe: version.recipe,
    processedAt: version.processedAt,
  })
}

/** Makes an earlier version the present one again. */
export async function restoreVersion(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  assetId: string,
  number: number,
): Promise<AssetVersionView> {
  const asset = await readable(tx, actor, await lockAsset(tx, assetId))
  if (number === asset.revision) conflict('asset.version_is_current', 'This version is the present one already.')
  const version = (await findVersion(tx, assetId, number)) ?? notFound('asset_version')
  if (version.processingStatus !== 'ready')
    conflict('asset.version_not_ready', 'Only a version that passed its checks can be restored.')
  const restored = await takeOver(tx, asset, version)
  await tellVersion(tx, actor, 'asset:version:restored', restored, number)
  return toView(link, version, restored)
}
