import type { TenantActor } from '../../core/actor.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { settleArrival } from '../assets/uploads.service.ts'
import { listOpenTicketFiles } from './orders.queries.ts'

/**
 * Takes photos in whose bytes have been settled before, and deletes them where they arrived. One after the other: each
 * is in memory as a whole. `take` is told where those lie that have arrived in full, by their tickets.
 */
export async function withPhotos<T>(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  actor: TenantActor,
  ids: readonly string[],
  take: (settled: ReadonlyMap<string, string>) => Promise<T>,
): Promise<T> {
  const settled = new Map<string, string>()
  const arrivals: string[] = []
  const files = ids.length > 0 ? await inTenant(db, actor, (tx) => listOpenTicketFiles(tx, ids)) : []
  for (const { id, storageKey, sizeBytes } of files) {
    const arrival = await settleArrival(store, { key: storageKey, sizeBytes, digest: null })
    if (arrival.is !== 'settled') continue
    settled.set(id, arrival.key)
    arrivals.push(storageKey)
  }
  const taken = await take(settled)
  for (const key of arrivals) await store.delete(key)
  return taken
}
