import { sql } from 'drizzle-orm'
import type { Database, Transaction } from './in-tenant.ts'

declare const personal: unique symbol
/** A transaction that sees one person's own profile and sessions, and no studio's rows. */
export type PersonTx = Transaction & { readonly [personal]: true }

/** The door for what belongs to a person and not to a studio. The user id comes from the session, never from input. */
export function asPerson<T>(db: Database, userId: string, work: (tx: PersonTx) => Promise<T>): Promise<T> {
  return db.transaction(async (transaction) => {
    await transaction.execute(
      sql`select set_config('app.current_user', ${userId}, true), set_config('app.current_org', '', true)`,
    )
    return work(transaction as PersonTx)
  })
}
