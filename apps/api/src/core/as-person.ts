import { sql } from 'drizzle-orm'
import type { AuditAction } from '@sparkle/shared/events'
import type { PlatformActor, UserActor } from './actor.ts'
import { type AuditSubject, recordAudit } from './audit.ts'
import { type Database, inTenant, type Transaction } from './in-tenant.ts'

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

/** Records what a person did to their own profile or sessions. */
export type Note = (action: AuditAction, subject: AuditSubject) => Promise<void>

/**
 * A change to what belongs to the signed-in person. Where they work in a studio it goes on that studio's record, in the
 * same transaction; the audit is the studios', so somebody without one leaves none.
 */
export function asSelf<T>(
  db: Database,
  actor: UserActor | PlatformActor,
  work: (tx: PersonTx, note: Note) => Promise<T>,
): Promise<T> {
  if (actor.kind === 'platform') return asPerson(db, actor.userId, (tx) => work(tx, async () => undefined))
  return inTenant(db, actor, (tx) =>
    work(tx as unknown as PersonTx, (action, subject) => recordAudit(tx, actor, action, subject)),
  )
}
