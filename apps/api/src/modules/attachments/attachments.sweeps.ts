import type { SystemActor } from '../../core/actor.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { deleteAttachments, listAbandoned } from './attachments.queries.ts'

const batch = 200

/** Deletes files that have belonged to nothing for a day, bytes first. */
export async function sweepAttachments({ db, store }: Pick<Deps, 'db' | 'store'>, actor: SystemActor): Promise<void> {
  const abandoned = await inTenant(db, actor, (tx) => listAbandoned(tx, batch))
  for (const { storageKey } of abandoned) await store.delete(storageKey)
  const ids = abandoned.map(({ id }) => id)
  await inTenant(db, actor, (tx) => deleteAttachments(tx, ids))
}

export const attachmentSweeps: readonly Sweep<Deps>[] = [
  { name: 'abandoned-attachments', everySeconds: 3600, run: sweepAttachments },
]
