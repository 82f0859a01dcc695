import { sql } from 'drizzle-orm'
import { maxFileBytes } from '@sparkle/shared/orders'
import type { SystemActor } from '../../core/actor.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { fileKey, mainFile, type MadeFile, type Outcome } from './asset-files.ts'
import {
  type Asset,
  type AssetFile,
  findAsset,
  findFile,
  forgetUpload,
  lockAsset,
  replaceFiles,
  updateAsset,
} from './assets.queries.ts'
import type { Deps } from '../../plugins/types.ts'
import { tell, tellReady } from './assets.service.ts'
import { makePhotoFiles } from './make-photo-files.ts'
import { makeSpriteFiles } from './make-sprite-files.ts'

const sqlNow = sql`now()` as unknown as string

export interface AssetRef {
  organizationId: string
  assetId: string
}

/**
 * Takes an asset from `pending` to `ready` or `rejected`. May be run again at any point, also by two workers at once:
 * files are named by their content, and only the first to finish changes the row. The uploaded bytes are deleted once
 * the outcome is on record, because they still hold the photo's location.
 */
export async function processAsset(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  { organizationId, assetId }: AssetRef,
): Promise<void> {
  const actor: SystemActor = { kind: 'system', organizationId, job: 'process-asset' }
  const task = await inTenant(db, actor, (tx) => begin(tx, assetId))
  if (!task) return
  if (task.unfinished) {
    const outcome = await make(store, task)
    const files = 'files' in outcome ? await keep(store, task.asset, outcome.files) : []
    const end = await inTenant(db, actor, (tx) => finish(tx, actor, assetId, outcome, files))
    if (end === 'superseded') return
    if (end === 'deleted') await Promise.all(files.map((file) => store.delete(file.storageKey)))
  }
  if (task.asset.uploadKey) {
    await store.delete(task.asset.uploadKey)
    await inTenant(db, actor, (tx) => forgetUpload(tx, assetId))
  }
}

interface Task {
  asset: Asset
  /** False where only the uploaded bytes are left to delete. */
  unfinished: boolean
  sourceKey: string | undefined
}

async function begin(tx: TenantTx, assetId: string): Promise<Task | undefined> {
  const asset = await lockAsset(tx, assetId)
  if (!asset?.uploadedAt || asset.deletedAt) return undefined
  const unfinished = asset.processingStatus === 'pending' || asset.processingStatus === 'processing'
  if (asset.processingStatus === 'pending') await updateAsset(tx, assetId, { processingStatus: 'processing' })
  const source = asset.recipe && asset.sourceAssetId ? await findSource(tx, asset.sourceAssetId) : undefined
  return { asset, unfinished, sourceKey: source?.storageKey }
}

async function findSource(tx: TenantTx, sourceId: string): Promise<AssetFile | undefined> {
  const source = await findAsset(tx, sourceId)
  return source?.deletedAt ? undefined : findFile(tx, sourceId, 'work')
}

async function make(store: Deps['store'], { asset, sourceKey }: Task): Promise<Outcome> {
  const key = asset.recipe ? sourceKey : asset.uploadKey
  const bytes = key ? await store.get(key, asset.recipe ? undefined : maxFileBytes) : undefined
  if (!bytes) return { rejected: 'missing_upload' }
  if (asset.recipe) return makeSpriteFiles(bytes, asset.recipe)
  if (bytes.length !== asset.fileSize) return { rejected: 'size_mismatch' }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return makePhotoFiles(buffer, { mimeType: asset.mimeType, filename: asset.originalFilename })
}

/** Stores the files under names made of their content. */
function keep(store: Deps['store'], asset: Asset, files: MadeFile[]) {
  return Promise.all(
    files.map(async (file) => {
      const { bytes, ...facts } = file
      const digest = sha256(bytes)
      const storageKey = fileKey(asset.organizationId, asset.id, file, digest)
      await store.put(storageKey, bytes, file.mimeType)
      return { ...facts, storageKey, sizeBytes: bytes.length, digest }
    }),
  )
}

type KeptFile = Awaited<ReturnType<typeof keep>>[number]

/** `superseded`: somebody wants it processed afresh meanwhile, so the uploaded bytes are still needed. */
type End = 'settled' | 'superseded' | 'deleted'

async function finish(
  tx: TenantTx,
  actor: SystemActor,
  assetId: string,
  outcome: Outcome,
  files: KeptFile[],
): Promise<End> {
  const asset = await lockAsset(tx, assetId)
  if (!asset || asset.deletedAt) return 'deleted'
  if (asset.processingStatus === 'pending') return 'superseded'
  if (asset.processingStatus !== 'processing') return 'settled'
  if ('rejected' in outcome) {
    const reason = outcome.rejected
    const rejected = await updateAsset(tx, assetId, {
      processingStatus: 'rejected',
      rejectionReason: reason,
      processedAt: sqlNow,
    })
    await tell(tx, actor, 'asset:rejected', rejected, { reason })
    return 'settled'
  }
  await replaceFiles(tx, assetId, files)
  const ready = await updateAsset(tx, assetId, {
    processingStatus: 'ready',
    metadata: outcome.metadata,
    processedAt: sqlNow,
    ...mainFile(outcome.files),
  })
  await tellReady(tx, actor, ready)
  return 'settled'
}
