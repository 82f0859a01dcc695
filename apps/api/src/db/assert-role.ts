import type pg from 'pg'
import { listRoleFaults } from './system-role.ts'

/** Raised at boot when the database would not keep studios apart. */
export class UnsafeRoleError extends Error {}

/** Refuses to boot on a runtime role that could see across studios. */
export async function assertRuntimeRole(pool: pg.Pool): Promise<void> {
  const faults = await listRoleFaults(pool)
  if (faults.length === 0) return
  throw new UnsafeRoleError(
    `DATABASE_URL names a role that could see across studios, so the server does not start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  )
}
