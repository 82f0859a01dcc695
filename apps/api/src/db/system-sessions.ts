import { sql } from 'drizzle-orm'
import type { Database } from '../core/in-tenant.ts'

/** Deletes a slice of the sessions that ended 90 days ago or more; answers how many. By the rules of `system.ts`. */
export async function forgetSessions(db: Pick<Database, 'execute'>): Promise<number> {
  const { rows } = await db.execute(sql`select sys.forget_sessions() as forgotten`)
  return Number(rows[0]?.['forgotten'] ?? 0)
}
