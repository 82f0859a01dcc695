import type { SystemActor } from '../../core/actor.ts'
import type { EventHandler, HandledEvent, Job, Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { deleteReservation, deleteTickets, listAbandoned, namedUploads } from './assets.queries.ts'
import { giveUpAsset, processAsset, type Processed, type ProcessingDeps } from './process-asset.ts'
import { giveUpVersion, processVersion, type VersionRef } from './process-version.ts'
import { removeFiles } from './remove-files.service.ts'
import { listStaleUploads, sweepParts } from './uploads.service.ts'
import { deleteVersionReservation, listAbandonedVersions, listUnsettled } from './versions.queries.ts'

type Needed = Pick<Deps, 'db' | 'store'>

const batch = 200

/** Deletes what was uploaded a day ago or more and never declared complete, bytes first, and what no row names. */
export async function sweepUploads({ db, store }: Needed, actor: SystemActor, now = Date.now()): Promise<void> {
  const { reservations, tickets, versions } = await inTenant(db, actor, async (tx) => ({
    ...(await listAbandoned(tx, batch)),
    versions: await listAbandonedVersions(tx, batch),
  }))
  for (const { uploadKey } of [...reservations, ...tickets, ...versions]) if (uploadKey) await store.delete(uploadKey)
  await inTenant(db, actor, async (tx) => {
    for (const { id } of reservations) await deleteReservation(tx, id)
    for (const { assetId, number } of versions) await deleteVersionReservation(tx, assetId, number)
    await deleteTickets(
      tx,
      tickets.map(({ id }) => id),
    )
  })
  await sweepParts(store, actor.organizationId, now)
  const stale = await listStaleUploads(store, actor.organizationId, now)
  const named = stale.length > 0 ? await inTenant(db, actor, (tx) => namedUploads(tx, stale)) : new Set()
  for (const key of stale) if (!named.has(key)) await store.delete(key)
}

const unsettledBatch = 10

/** Takes up again what waits: for a virus scanner that was away, or for a job that was lost. */
export async function processUnsettled(deps: ProcessingDeps, actor: SystemActor): Promise<void> {
  const { organizationId } = actor
  const { assets, versions } = await inTenant(deps.db, actor, (tx) => listUnsettled(tx, unsettledBatch))
  for (const { assetId } of assets) if ((await processAsset(deps, { organizationId, assetId })) === 'waiting') return
  for (const version of versions) if ((await processVersion(deps, { organizationId, ...version })) === 'waiting') return
}

function assetIdOf(event: HandledEvent): string {
  const assetId = event.data['assetId']
  if (typeof assetId !== 'string') throw new Error(`The event ${event.id} names no asset.`)
  return assetId
}

function versionOf(event: HandledEvent): VersionRef {
  const number = event.data['number']
  if (typeof number !== 'number') throw new Error(`The event ${event.id} names no version.`)
  return { organizationId: event.organizationId, assetId: assetIdOf(event), number }
}

/**
 * Processes in one step. One that keeps failing is told as `failed`, so that nobody waits for ever and somebody can try
 * again; one that waits for the virus scanner stays pending until the sweep takes it up.
 */
async function processInJob(job: Job, run: () => Promise<Processed>, giveUp: () => Promise<void>): Promise<void> {
  let end: Processed
  try {
    end = await job.step('process', run)
  } catch (error) {
    await job.step('give-up', giveUp)
    throw error
  }
  if (end === 'waiting') job.log.warn({}, 'the virus scanner does not answer: the file waits')
}

export const assetHandlers: readonly EventHandler<Deps>[] = [
  {
    name: 'process-asset',
    on: ['asset:added', 'asset:reprocessed'],
    lane: 'heavy',
    run: (deps, event, job) => {
      const assetId = assetIdOf(event)
      return processInJob(
        job,
        () => processAsset(deps, { organizationId: event.organizationId, assetId }),
        () => giveUpAsset(deps, job.actor, assetId),
      )
    },
  },
  {
    name: 'process-version',
    on: ['asset:version:added'],
    lane: 'heavy',
    run: (deps, event, job) => {
      const version = versionOf(event)
      return processInJob(
        job,
        () => processVersion(deps, version),
        () => giveUpVersion(deps, job.actor, version),
      )
    },
  },
  {
    name: 'remove-asset-files',
    on: ['asset:deleted'],
    run: (deps, event, job) => job.step('remove', () => removeFiles(deps, job.actor, assetIdOf(event))),
  },
]

export const assetSweeps: readonly Sweep<Deps>[] = [
  { name: 'abandoned-uploads', everySeconds: 3600, run: (deps, actor) => sweepUploads(deps, actor) },
  { name: 'unsettled-assets', everySeconds: 60, run: processUnsettled },
]
