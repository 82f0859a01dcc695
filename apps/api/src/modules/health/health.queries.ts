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
