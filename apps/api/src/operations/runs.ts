import { desc, eq, and, lt, sql } from 'drizzle-orm'
import { newId } from '../core/ids.ts'
import type { Database } from '../core/in-tenant.ts'
import { installationFacts, type OperationKind, type OperationOutcome, operationRuns } from '../db/tables/operations.ts'

export type OperationRun = typeof operationRuns.$inferSelect

/** Keeps what an operator's job did. `facts` hold figures and file names, nothing of a studio and no secret. */
export async function recordRun(
  db: Database,
  kind: OperationKind,
  outcome: OperationOutcome,
  startedAt: Date,
  facts: Record<string, unknown>,
): Promise<void> {
  const times = { startedAt: startedAt.toISOString(), finishedAt: new Date().toISOString() }
  await db.insert(operationRuns).values({ id: newId(), kind, outcome, ...times, facts })
}

/** The newest run of a kind, or the newest with this outcome. */
export async function newestRun(
  db: Database,
  kind: OperationKind,
  outcome?: OperationOutcome,
): Promise<OperationRun | undefined> {
  const wanted = and(eq(operationRuns.kind, kind), outcome && eq(operationRuns.outcome, outcome))
  const [run] = await db.select().from(operationRuns).where(wanted).orderBy(desc(operationRuns.finishedAt)).limit(1)
  return run
}

/** Runs are kept for a year, so that a year's drills can be shown. */
export async function forgetOldRuns(db: Database): Promise<void> {
  await db.delete(operationRuns).where(lt(operationRuns.finishedAt, sql`now() - interval '400 days'`))
}

/** When this database was first started on; now where that is not on record. */
export async function installedAt(db: Database): Promise<string> {
  const [fact] = await db.select({ at: installationFacts.createdAt }).from(installationFacts).limit(1)
  return fact?.at ?? new Date().toISOString()
}
