import { eq, isNull, sql } from 'drizzle-orm'
import type { ObjectStore } from '../../adapters/object-store.ts'
import type { Round, Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { eraseOrganization } from '../../db/system-studios.ts'
import { organizations } from '../../db/tables/organizations.ts'
import { erasedOrganizations } from '../../db/tables/platform.ts'
import type { Deps } from '../../plugins/types.ts'
import { archiveAudit } from './archive-audit.ts'
import { countUsage } from './platform.queries.ts'

const usage: Sweep<Deps> = {
  name: 'organization-usage',
  everySeconds: 3600,
  run: (deps, actor) => inTenant(deps.db, actor, countUsage),
}

/**
 * Erases a studio whose grace is over. Its audit is archived first; where something was added to it meanwhile, nothing
 * is erased and the next round archives again.
 */
const erase: Sweep<Deps> = {
  name: 'organization-erasure',
  everySeconds: 3600,
  async run({ db, store }, actor) {
    const due = await inTenant(db, actor, async (tx) => {
      const [row] = await tx
        .select({ isDue: sql<boolean>`${organizations.deletionDueAt} <= now()` })
        .from(organizations)
        .where(eq(organizations.id, tx.organizationId))
      return row?.isDue === true
    })
    if (!due) return
    const archive = await archiveAudit(db, store, actor)
    await eraseOrganization(db, actor.organizationId, archive.key, archive.rows)
  },
}

export const platformSweeps: readonly Sweep<Deps>[] = [usage, erase]

/** Deletes the files of studios whose rows are gone. A worker that dies on the way leaves the rest to the next round. */
export const erasedFilesRound: Round<Deps> = {
  name: 'erased-files',
  everySeconds: 3600,
  on: 'sc_studios',
  async run({ db, store }, log) {
    const left = await db
      .select({ id: erasedOrganizations.id })
      .from(erasedOrganizations)
      .where(isNull(erasedOrganizations.filesErasedAt))
    for (const { id } of left) {
      const files = await deleteFiles(store, `${id}/`)
      await db
        .update(erasedOrganizations)
        .set({ filesErasedAt: sql`now()` as unknown as string })
        .where(eq(erasedOrganizations.id, id))
      log.info({ organizationId: id, files }, 'a studio is erased')
    }
  },
}

async function deleteFiles(store: ObjectStore, prefix: string): Promise<number> {
  let count = 0
  for (;;) {
    const files = await store.list(prefix)
    if (files.length === 0) return count
    for (const { key } of files) await store.delete(key)
    count += files.length
  }
}
