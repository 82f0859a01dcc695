import { sql } from 'drizzle-orm'
import type { Database } from '../../core/in-tenant.ts'

export async function pingDatabase(db: Database): Promise<void> {
  await db.execute(sql`select 1`)
}

/** How many migrations the database has had. */
export async function countMigrations(db: Database): Promise<number> {
  const { rows } = await db.execute(sql`select count(*)::int as count from drizzle.__drizzle_migrations`)
  return Number(rows[0]?.['count'])
}

/** Sends a word through the database to whoever listens. No user has such an id, so nobody acts on it. */
export async function notifyProbe(db: Database, word: string): Promise<void> {
  await db.execute(sql`select pg_notify('sc_users', ${word})`)
}

export interface OperationState {
  kind: 'backup' | 'drill' | 'integrity'
  /** How the newest one ended. */
  outcome: 'passed' | 'failed' | 'impossible'
  /** Hours since the last good one; null where there was none. */
  goodHoursAgo: number | null
}

/** How the operator's jobs of each kind stand, and for how many hours there has been this installation. */
export async function operationStates(db: Database): Promise<{ hours: number; states: OperationState[] }> {
  const [states, age] = await Promise.all([
    db.execute(sql`
      select distinct on (kind) kind, outcome,
        floor(extract(epoch from now() - max(finished_at) filter (where outcome = 'passed') over (partition by kind)) / 3600)::int
          as "goodHoursAgo"
      from operation_runs where kind <> 'rotation' order by kind, finished_at desc`),
    db.execute(sql`select coalesce(floor(extract(epoch from now() - min(created_at)) / 3600), 0)::int as hours
      from installation_facts`),
  ])
  return { hours: Number(age.rows[0]?.['hours']), states: states.rows as unknown as OperationState[] }
}

/** Stored files of all studios that are not as their rows say. */
export async function fileFaultCounts(db: Database): Promise<{ missing: number; changed: number; orphaned: number }> {
  const { rows } = await db.execute(sql`select missing, changed, orphaned from sys.count_file_faults()`)
  return rows[0] as { missing: number; changed: number; orphaned: number }
}
