import { sql } from 'drizzle-orm'
import type { RejectionReason } from '@sparkle/shared/assets'
import type { SystemActor } from '../../core/actor.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { VersionFile } from '../../db/tables/assets.ts'
import type { Deps } from '../../plugins/types.ts'
import { mainFile, nameFor } from './asset-files.ts'
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
import { isWorthKeeping } from './assets.rules.ts'
import { tell, tellReady } from './assets.service.ts'
import { keepFiles, makeOutcome, type Made } from './make-outcome.ts'

const sqlNow = sql`now()` as unknown as string

export interface AssetRef {
  organizationId: string
  assetId: string
}
export type ProcessingDeps = Pick<Deps, 'db' | 'store' | 'scanner'>

/** `waiting`: the virus scanner is away, so the asset is `pending` again and {@link processAsset} has to be run later. */
export type Processed = 'done' | 'waiting'

/**
 * Takes an asset from `pending` to `ready` or `rejected`. May be run again at any point, also by two workers at once:
 * files are named by their content, and only the first to finish changes the row. The uploaded bytes are deleted once
 * the outcome is on record, because they still hold the photo's location.
 */
export async function processAsset(
  { db, store, scanner }: ProcessingDeps,
  { organizationId, assetId }: AssetRef,
): Promise<Processed> {
  const actor: SystemActor = { kind: 'system', organizationId, job: 'process-asset' }
  const task = await inTenant(db, actor, (tx) => begin(tx, assetId))
  if (!task) return 'done'
  let keepUpload = false
  if (task.unfinished) {
    const made = await makeOutcome({ store, scanner }, { ...task.asset, source: task.source })
    if (made === 'waiting') {
      await inTenant(db, actor, (tx) => wait(tx, assetId))
      return 'waiting'
    }
    const files = 'files' in made ? await keepFiles(store, organizationId, assetId, made.files) : []
    const end = await inTenant(db, actor, (tx) => finish(tx, actor, assetId, made, files))
    if (end === 'superseded') return 'done'
    if (end === 'deleted') await Promise.all(files.map((file) => store.delete(file.storageKey)))
    keepUpload = 'rejected' in made && isWorthKeeping(made.rejected)
  }
  if (task.asset.uploadKey && !keepUpload) {
    await store.delete(task.asset.uploadKey)
    await inTenant(db, actor, (tx) => forgetUpload(tx, assetId))
  }
  return 'done'
}

/** Says that an asset could not be processed although its file may be good; its upload stays for another try. */
export async function giveUpAsset({ db }: Pick<Deps, 'db'>, actor: SystemActor, assetId: string): Promise<void> {
  await inTenant(db, actor, (tx) => finish(tx, actor, assetId, { rejected: 'failed' }, []))
}

interface Task {
  asset: Asset
  /** False where only the uploaded bytes are left to delete. */
  unfinished: boolean
  source: AssetFile | undefined
}

async function begin(tx: TenantTx, assetId: string): Promise<Task | undefined> {
  const asset = await lockAsset(tx, assetId)
  if (!asset?.uploadedAt || asset.deletedAt) return undefined
  if (asset.processingStatus === 'rejected' && asset.rejectionReason && isWorthKeeping(asset.rejectionReason))
    return undefined
  const unfinished = asset.processingStatus === 'pending' || asset.processingStatus === 'processing'
  if (asset.processingStatus === 'pending') await updateAsset(tx, assetId, { processingStatus: 'processing' })
  const source = asset.recipe && asset.sourceAssetId ? await findSource(tx, asset.sourceAssetId) : undefined
  return { asset, unfinished, source }
}

/** The work image of a photo that is still there. */
export async function findSource(tx: TenantTx, sourceId: string): Promise<AssetFile | undefined> {
  const source = await findAsset(tx, sourceId)
  return source?.deletedAt ? undefined : findFile(tx, sourceId, 'work')
}

async function wait(tx: TenantTx, assetId: string): Promise<void> {
  const asset = await lockAsset(tx, assetId)
  if (asset?.processingStatus === 'processing') await updateAsset(tx, assetId, { processingStatus: 'pending' })
}

/** `superseded`: somebody wants it processed afresh meanwhile, so the uploaded bytes are still needed. */
type End = 'settled' | 'superseded' | 'deleted'

async function finish(
  tx: TenantTx,
  actor: SystemActor,
  assetId: string,
  made: Made,
  files: VersionFile[],
): Promise<End> {
  const asset = await lockAsset(tx, assetId)
  if (!asset || asset.deletedAt) return 'deleted'
  if (asset.processingStatus === 'pending') return 'superseded'
  if (asset.processingStatus !== 'processing') return 'settled'
  if ('rejected' in made) {
    await reject(tx, actor, assetId, made.rejected)
    return 'settled'
  }
  await replaceFiles(tx, assetId, files)
  const main = mainFile(made.files)
  const ready = await updateAsset(tx, assetId, {
    processingStatus: 'ready',
    metadata: made.metadata,
    processedAt: sqlNow,
    filename: nameFor(asset.filename, main.mimeType),
    ...(made.uploadDigest && { uploadDigest: made.uploadDigest }),
    ...main,
  })
  await tellReady(tx, actor, ready)
  return 'settled'
}

async function reject(tx: TenantTx, actor: SystemActor, assetId: string, reason: RejectionReason): Promise<void> {
  const rejected = await updateAsset(tx, assetId, {
    processingStatus: 'rejected',
    rejectionReason: reason,
    processedAt: sqlNow,
  })
  await tell(tx, actor, 'asset:rejected', rejected, { reason })
}
