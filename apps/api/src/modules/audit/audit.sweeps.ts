import { readChainHead } from '../../core/audit-chain.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { addAuditPartitions, dropAuditPartition, listAuditMonths } from '../../db/system-audit.ts'
import type { Deps } from '../../plugins/types.ts'
import { writeAnchor } from './anchors.ts'
import { archiveMonth } from './archive-month.ts'

const retentionYears = 7

const keepAuditHead: Sweep<Deps> = {
  name: 'audit-head',
  everySeconds: 3600,
  async run({ db, store, crypto }, actor) {
    const head = await inTenant(db, actor, readChainHead)
    if (head) await writeAnchor(store, crypto, { organizationId: actor.organizationId, ...head }, new Date())
  },
}

/**
 * Makes the partitions of the months to come, and lets go of those after seven years: each studio's rows go to the object
 * store first, and the database gives a month up only when all of them have.
 */
const turnAuditMonths: Sweep<Deps> = {
  name: 'audit-months',
  everySeconds: 24 * 3600,
  async run(deps, actor) {
    await addAuditPartitions(deps.db)
    for (const month of monthsPast(await listAuditMonths(deps.db), new Date())) {
      await archiveMonth(deps, actor, month)
      await dropAuditPartition(deps.db, month)
    }
  },
}

/** The months (`2019-03`) of which the last moment lies more than seven years back. */
export function monthsPast(months: readonly string[], now: Date): string[] {
  const limit = new Date(Date.UTC(now.getUTCFullYear() - retentionYears, now.getUTCMonth(), 1))
  return months.filter((month) => month < limit.toISOString().slice(0, 7))
}

export const auditSweeps: readonly Sweep<Deps>[] = [keepAuditHead, turnAuditMonths]
