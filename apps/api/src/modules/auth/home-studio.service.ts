import type { Origin, UserActor } from '../../core/actor.ts'
import type { Note } from '../../core/as-person.ts'
import { recordAudit } from '../../core/audit.ts'
import { type Database, inTenant, type Transaction } from '../../core/in-tenant.ts'
import { listMemberships, type MembershipRow } from '../../db/system.ts'

/** A person without a session: on record as themselves, with no permission. */
export function atTheDoor(studio: MembershipRow, userId: string, sessionId: string, origin: Origin): UserActor {
  return {
    kind: 'user',
    userId,
    displayName: '',
    sessionId,
    organizationId: studio.organizationId,
    role: studio.role,
    accountId: null,
    permissions: [],
    origin,
  }
}

/**
 * A change that a link of a mail makes to somebody's sign-in. It goes on the record of the first studio they work in;
 * the audit is the studios', so somebody without one leaves none.
 */
export async function inHomeStudio<T>(
  db: Database,
  userId: string,
  origin: Origin,
  work: (tx: Transaction, note: Note) => Promise<T>,
): Promise<T> {
  const [studio] = await listMemberships(db, userId)
  if (!studio) return db.transaction((tx) => work(tx, async () => undefined))
  const actor = atTheDoor(studio, userId, '', origin)
  return inTenant(db, actor, (tx) => work(tx, (action, subject) => recordAudit(tx, actor, action, subject)))
}
