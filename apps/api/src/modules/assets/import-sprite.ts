import type { FastifyRequest } from 'fastify'
import { sql } from 'drizzle-orm'
import type { AssetView } from '@sparkle/shared/assets'
import { actorUserId, type UserActor } from '../../core/actor.ts'
import { sha256 } from '../../core/crypto.ts'
import type { Linker } from '../../core/file-links.ts'
import { newId } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { openProject, readProject } from '../projects/projects.service.ts'
import { fileKey, mainFile } from './asset-files.ts'
import { findAsset, insertAsset, replaceFiles } from './assets.queries.ts'
import { tell, tellReady, toView } from './assets.service.ts'
import type { ImportForm } from './import-form.ts'
import { makeImportedFiles } from './make-imported-files.ts'
import type { MadeSprite } from './make-sprite-files.ts'

const sqlNow = sql`now()` as unknown as string

/**
 * Takes a sprite over that was drawn elsewhere. It is read at once, so that whoever sends it is told what is wrong with
 * it, and no transaction is open while files travel. Whatever goes wrong later, neither row nor files are kept.
 */
export async function importSprite(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  link: Linker,
  request: FastifyRequest,
  projectId: string,
  readForm: () => Promise<ImportForm>,
): Promise<AssetView> {
  const { actor } = request
  await inTenant(db, actor, (tx) => readProject(tx, actor, projectId))
  const { filename, sheet, json } = await readForm()
  // What an Idempotency-Key is compared by: other files under the same key are another request.
  request.body = { filename, sheet: sha256(sheet), data: sha256(json) }
  const made = await makeImportedFiles(sheet, json)
  const id = newId()
  const files = made.files.map((file) => {
    const digest = sha256(file.bytes)
    return {
      ...file,
      digest,
      sizeBytes: file.bytes.length,
      storageKey: fileKey(actor.organizationId, id, file, digest),
    }
  })
  // The row is asked first: where it is there after all (a commit whose answer was lost), the files stay.
  const discard = async () => {
    if (await inTenant(db, actor, (tx) => findAsset(tx, id))) return
    await Promise.all(files.map(({ storageKey }) => store.delete(storageKey)))
  }
  try {
    await Promise.all(files.map((file) => store.put(file.storageKey, file.bytes, file.mimeType)))
    const asset = await request.inTenant((tx) =>
      insertSprite(tx, link, actor, {
        id,
        projectId,
        filename,
        made,
        files: files.map(({ bytes: _bytes, ...facts }) => facts),
      }),
    )
    // A replay answers the asset of the first time, and this copy is one too many.
    if (asset.id !== id) await discard()
    return asset
  } catch (error) {
    await discard()
    throw error
  }
}

interface Imported {
  id: string
  projectId: string
  filename: string
  made: MadeSprite
  files: Parameters<typeof replaceFiles>[2]
}

async function insertSprite(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  { id, projectId, filename, made, files }: Imported,
): Promise<AssetView> {
  await openProject(tx, actor, projectId)
  const asset = await insertAsset(tx, {
    id,
    projectId,
    assetType: 'sprite',
    filename,
    originalFilename: filename,
    metadata: made.metadata,
    processingStatus: 'ready',
    uploadedAt: sqlNow,
    processedAt: sqlNow,
    uploadedBy: actorUserId(actor),
    ...mainFile(made.files),
  })
  await replaceFiles(tx, id, files)
  await tell(tx, actor, 'asset:added', asset)
  await tellReady(tx, actor, asset)
  return toView(link, asset, files.map((file) => ({ ...file, assetId: id }))) // prettier-ignore
}
