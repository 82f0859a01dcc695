import { sql } from 'drizzle-orm'
import type { SystemActor } from '../../core/actor.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { AssetType } from '@sparkle/shared/assets'
import type { VersionFile } from '../../db/tables/assets.ts'
import type { Deps } from '../../plugins/types.ts'
import { mainFile } from './asset-files.ts'
import { type AssetFile, lockAsset } from './assets.queries.ts'
import { tell, tellReady } from './assets.service.ts'
import { keepFiles, makeOutcome, type Made } from './make-outcome.ts'
import { findSource, type AssetRef, type Processed, type ProcessingDeps } from './process-asset.ts'
import { type AssetVersion, findVersion, updateVersion } from './versions.queries.ts'
import { takeOver } from './versions.service.ts'

const sqlNow = sql`now()` as unknown as string

export interface VersionRef extends AssetRef {
  number: number
}

/**
 * Processes a new version of an asset as the asset itself once was. If it is good it takes the asset's place; if not,
 * the asset stays as it is. May be run again at any point, like `processAsset`.
 */
export async function processVersion(
  { db, store, scanner }: ProcessingDeps,
  { organizationId, assetId, number }: VersionRef,
): Promise<Processed> {
  const actor: SystemActor = { kind: 'system', organizationId, job: 'process-asset' }
  const task = await inTenant(db, actor, (tx) => begin(tx, assetId, number))
  if (!task) return 'done'
  const { version } = task
  if (task.unfinished) {
    const made = await makeOutcome(
      { store, scanner },
      { ...task.version, assetType: task.assetType, source: task.source },
    )
    if (made === 'waiting') {
      await inTenant(db, actor, (tx) => updateVersion(tx, assetId, number, { processingStatus: 'pending' }))
      return 'waiting'
    }
    const files = 'files' in made ? await keepFiles(store, organizationId, assetId, made.files) : []
    const end = await inTenant(db, actor, (tx) => finish(tx, actor, { organizationId, assetId, number }, made, files))
    if (end === 'deleted') await Promise.all(files.map((file) => store.delete(file.storageKey)))
  }
  await dropUpload({ db, store }, actor, version)
  return 'done'
}

/** The uploaded bytes are not needed any more, and still hold where a photo was taken. */
async function dropUpload(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  actor: SystemActor,
  { assetId, number, uploadKey }: Pick<AssetVersion, 'assetId' | 'number' | 'uploadKey'>,
): Promise<void> {
  if (!uploadKey) return
  await store.delete(uploadKey)
  await inTenant(db, actor, async (tx) => {
    if (await findVersion(tx, assetId, number)) await updateVersion(tx, assetId, number, { uploadKey: null })
  })
}

/** Says that a version could not be processed although its file may be good. It has to be uploaded again then. */
export async function giveUpVersion(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  actor: SystemActor,
  ref: VersionRef,
): Promise<void> {
  const version = await inTenant(db, actor, async (tx) => {
    await finish(tx, actor, ref, { rejected: 'failed' }, [])
    return findVersion(tx, ref.assetId, ref.number)
  })
  if (version?.processingStatus === 'rejected') await dropUpload({ db, store }, actor, version)
}

interface Task {
  assetType: AssetType
  version: AssetVersion
  /** False where only the uploaded bytes are left to delete. */
  unfinished: boolean
  source: AssetFile | undefined
}

async function begin(tx: TenantTx, assetId: string, number: number): Promise<Task | undefined> {
  const asset = await lockAsset(tx, assetId)
  const version = await findVersion(tx, assetId, number)
  if (!asset || asset.deletedAt || !version?.uploadedAt) return undefined
  const unfinished = version.processingStatus === 'pending' || version.processingStatus === 'processing'
  if (version.processingStatus === 'pending')
    await updateVersion(tx, assetId, number, { processingStatus: 'processing' })
  const source = version.recipe && version.sourceAssetId ? await findSource(tx, version.sourceAssetId) : undefined
  return { assetType: asset.assetType, version, unfinished, source }
}

async function finish(
  tx: TenantTx,
  actor: SystemActor,
  { assetId, number }: VersionRef,
  made: Made,
  files: VersionFile[],
): Promise<'settled' | 'deleted'> {
  const asset = await lockAsset(tx, assetId)
  const version = await findVersion(tx, assetId, number)
  if (!asset || asset.deletedAt || !version) return 'deleted'
  if (version.processingStatus !== 'processing') return 'settled'
  if ('rejected' in made) {
    const reason = made.rejected
    await updateVersion(tx, assetId, number, {
      processingStatus: 'rejected',
      rejectionReason: reason,
      processedAt: sqlNow,
    })
    await tell(tx, actor, 'asset:rejected', asset, { reason, number })
    return 'settled'
  }
  const ready = await updateVersion(tx, assetId, number, {
    processingStatus: 'ready',
    metadata: made.metadata,
    files,
    processedAt: sqlNow,
    ...(made.uploadDigest && { uploadDigest: made.uploadDigest }),
    ...mainFile(made.files),
  })
  // A later version that was quicker stays: what is newest is what counts.
  if (number > asset.revision) await tellReady(tx, actor, await takeOver(tx, asset, ready))
  return 'settled'
}
