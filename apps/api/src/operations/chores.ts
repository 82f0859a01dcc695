import type { Chore } from '../core/event-handlers.ts'
import type { Database } from '../core/in-tenant.ts'
import { forgetSessions } from '../db/system-sessions.ts'
import type { OperationKind, OperationOutcome } from '../db/tables/operations.ts'
import type { Deps } from '../plugins/types.ts'
import type { BackupJob } from './backup-job.ts'
import { DrillImpossibleError } from './drill.ts'
import { rotateKeys } from './rotate-keys.ts'
import { forgetOldRuns, installedAt, newestRun, recordRun } from './runs.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Brings values under the newest data key wherever an older one is still configured. */
const rotationChore: Chore<Deps> = {
  name: 'rotate keys',
  everySeconds: 3600,
  async run({ db, crypto }, log, signal) {
    if (crypto.keyIds.length < 2) return
    const startedAt = new Date()
    const { rotated, stale } = await rotateKeys(db, crypto, { signal })
    if (rotated === 0) return
    log.info({ rotated, stale, key: crypto.newestKeyId }, 'values were encrypted anew')
    await recordRun(db, 'rotation', stale === 0 ? 'passed' : 'failed', startedAt, { rotated, stale })
  },
}

/** A backup each day and a drill each week, counted from the last good one; after a failure, again in an hour. */
function backupChore(job: BackupJob): Chore<Deps> {
  return {
    name: 'back up',
    everySeconds: 600,
    async run({ db }, log) {
      if (job.keepDays === 0 || !job.possible) return
      if (await isDue(db, 'backup', dayMs)) {
        const done = await onRecord(db, 'backup', async () => ({ ...(await job.run()) }))
        if (done.outcome === 'passed') log.info(done.facts, 'a backup was taken')
        else log.error(done.facts, 'the backup failed')
      }
      if ((await newestRun(db, 'backup', 'passed')) && (await isDue(db, 'drill', 7 * dayMs))) {
        const done = await onRecord(db, 'drill', () => job.drill())
        if (done.outcome === 'passed') log.info(done.facts, 'the newest backup was restored on trial')
        else log.error(done.facts, 'the restore drill did not succeed')
      }
      await forgetOldRuns(db)
    },
  }
}

/** What belongs to no studio and has had its time (`retention.ts`). */
const forgetChore: Chore<Deps> = {
  name: 'forget',
  everySeconds: 6 * 3600,
  async run({ db }, _log, signal) {
    for (let count = 1; count > 0 && !signal.aborted;) count = await forgetSessions(db)
  },
}

/** What the operator's side wants done by a worker. */
export function operatorChores(job: BackupJob): readonly Chore<Deps>[] {
  return [rotationChore, backupChore(job), forgetChore]
}

async function isDue(db: Database, kind: OperationKind, everyMs: number): Promise<boolean> {
  const [good, last] = [await newestRun(db, kind, 'passed'), await newestRun(db, kind)]
  const since = (at: string) => Date.now() - Date.parse(at)
  const waitMs = last?.outcome === 'impossible' ? everyMs : hourMs
  return since(good?.startedAt ?? (await installedAt(db))) >= everyMs && (!last || since(last.finishedAt) >= waitMs)
}

/** Does an operator's job and keeps how it ended; null from `work` is a failure, since there was nothing to do it with. */
export async function onRecord(
  db: Database,
  kind: OperationKind,
  work: () => Promise<object | null>,
): Promise<{ outcome: OperationOutcome; facts: Record<string, unknown> }> {
  const startedAt = new Date()
  let outcome: OperationOutcome = 'passed'
  let facts: Record<string, unknown>
  try {
    const result = await work()
    if (!result) outcome = 'failed'
    facts = { ...(result ?? { reason: 'There is no backup.' }) }
  } catch (error) {
    outcome = error instanceof DrillImpossibleError ? 'impossible' : 'failed'
    facts = { reason: error instanceof Error ? error.message.slice(0, 300) : 'unknown' }
  }
  await recordRun(db, kind, outcome, startedAt, facts)
  return { outcome, facts }
}
