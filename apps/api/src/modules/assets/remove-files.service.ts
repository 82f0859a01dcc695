import type { SystemActor } from '../../core/actor.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { deleteFiles, findAsset, forgetUpload, listFiles } from './assets.queries.ts'
import { deleteVersions, listVersions } from './versions.queries.ts'

type Needed = Pick<Deps, 'db' | 'store'>

/** Takes an asset's files out of the store, and then off the record: a run that dies in between finds them again. */
export async function removeFiles({ db, store }: Needed, actor: SystemActor, assetId: string): Promise<void> {
  const keys = await inTenant(db, actor, async (tx) => {
    const asset = await findAsset(tx, assetId)
    if (!asset?.deletedAt) return null
    const files = await listFiles(tx, [assetId])
    const versions = await listVersions(tx, assetId)
    return [
      ...[...files, ...versions.flatMap((version) => version.files)].map((file) => file.storageKey),
      ...[asset, ...versions].flatMap(({ uploadKey }) => (uploadKey ? [uploadKey] : [])),
    ]
  })
  if (!keys) return
  await Promise.all([...new Set(keys)].map((key) => store.delete(key)))
  await inTenant(db, actor, async (tx) => {
    await deleteFiles(tx, assetId)
    await deleteVersions(tx, assetId)
    await forgetUpload(tx, assetId)
  })
}
