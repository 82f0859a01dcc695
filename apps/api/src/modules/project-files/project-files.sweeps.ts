import type { SystemActor } from '../../core/actor.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { deleteWaiting, listWaiting } from './project-files.queries.ts'

const batch = 200

/** Deletes documents that were announced a day ago and never declared complete, bytes first. */
export async function sweepDocuments({ db, store }: Pick<Deps, 'db' | 'store'>, actor: SystemActor): Promise<void> {
  const waiting = await inTenant(db, actor, (tx) => listWaiting(tx, batch))
  for (const { storageKey } of waiting) await store.delete(storageKey)
  await inTenant(db, actor, async (tx) => {
    for (const { id } of waiting) await deleteWaiting(tx, id)
  })
}

export const projectFileSweeps: readonly Sweep<Deps>[] = [
  { name: 'abandoned-documents', everySeconds: 3600, run: sweepDocuments },
]
