import type { SystemActor } from '../../core/actor.ts'
import type { EventHandler, HandledEvent, Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import {
  deleteFiles,
  deleteReservation,
  deleteTickets,
  findAsset,
  forgetUpload,
  listAbandoned,
  listFiles,
} from './assets.queries.ts'
import { processAsset } from './process-asset.ts'

type Needed = Pick<Deps, 'db' | 'store'>

/** Takes an asset's files out of the store, and then off the record: a run that dies in between finds them again. */
export async function removeFiles({ db, store }: Needed, actor: SystemActor, assetId: string): Promise<void> {
  const keys = await inTenant(db, actor, async (tx) => {
    const asset = await findAsset(tx, assetId)
    if (!asset?.deletedAt) return []
    const files = await listFiles(tx, [assetId])
    return [...files.map((file) => file.storageKey), ...(asset.uploadKey ? [asset.uploadKey] : [])]
  })
  if (keys.length === 0) return
  await Promise.all([...new Set(keys)].map((key) => store.delete(key)))
  await inTenant(db, actor, async (tx) => {
    await deleteFiles(tx, assetId)
    await forgetUpload(tx, assetId)
  })
}

const batch = 200

/** Deletes what was uploaded a day ago or more and never declared complete, bytes first. */
export async function sweepUploads({ db, store }: Needed, actor: SystemActor): Promise<void> {
  const { reservations, tickets } = await inTenant(db, actor, (tx) => listAbandoned(tx, batch))
  for (const { uploadKey } of [...reservations, ...tickets]) if (uploadKey) await store.delete(uploadKey)
  await inTenant(db, actor, async (tx) => {
    for (const { id } of reservations) await deleteReservation(tx, id)
    await deleteTickets(
      tx,
      tickets.map(({ id }) => id),
    )
  })
}

function assetIdOf(event: HandledEvent): string {
  const assetId = event.data['assetId']
  if (typeof assetId !== 'string') throw new Error(`The event ${event.id} names no asset.`)
  return assetId
}

export const assetHandlers: readonly EventHandler<Deps>[] = [
  {
    name: 'process-asset',
    on: ['asset:added', 'asset:reprocessed'],
    lane: 'heavy',
    run: (deps, event, job) =>
      job.step('process', () =>
        processAsset(deps, { organizationId: event.organizationId, assetId: assetIdOf(event) }),
      ),
  },
  {
    name: 'remove-asset-files',
    on: ['asset:deleted'],
    run: (deps, event, job) => job.step('remove', () => removeFiles(deps, job.actor, assetIdOf(event))),
  },
]

export const assetSweeps: readonly Sweep<Deps>[] = [
  { name: 'abandoned-uploads', everySeconds: 3600, run: sweepUploads },
]
