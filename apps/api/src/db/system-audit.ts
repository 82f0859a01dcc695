import { sql } from 'drizzle-orm'
import type { Database } from '../core/in-tenant.ts'

type Queryable = Pick<Database, 'execute'>

/** Makes the partitions of this month and the next three where they are missing. */
export async function addAuditPartitions(db: Queryable): Promise<void> {
  await db.execute(sql`select sys.add_audit_partitions()`)
}

/** The months that have a partition, as `2026-11`, oldest first. */
export async function listAuditMonths(db: Queryable): Promise<string[]> {
  const { rows } = await db.execute<{ month: string }>(sql`
    select replace(substr(c.relname, 7), '_', '-') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit'::regclass and c.relname ~ '^audit_[0-9]{4}_[0-9]{2}$' order by 1`)
  return rows.map((row) => row.month)
}

/** Drops a month that is more than seven years old and wholly archived; answers whether it did. */
export async function dropAuditPartition(db: Queryable, month: string): Promise<boolean> {
  const { rows } = await db.execute<{ dropped: boolean }>(
    sql`select sys.drop_audit_partition(${`${month}-01`}::date) as dropped`,
  )
  return rows[0]?.dropped === true
}

export interface PartitionsState {
  /** Of the next three months, how many have their partition. */
  monthsAhead: number
  /** Rows in the default partition (1,000 at most are counted): there should be none. */
  strays: number
}

export async function auditPartitionsState(db: Queryable): Promise<PartitionsState> {
  const { rows } = await db.execute<{ months_ahead: number; strays: number }>(
    sql`select months_ahead, strays::int as strays from sys.audit_partitions_state()`,
  )
  return { monthsAhead: rows[0]?.months_ahead ?? 0, strays: rows[0]?.strays ?? 0 }
}
