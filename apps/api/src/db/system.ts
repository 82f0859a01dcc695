import { sql } from 'drizzle-orm'
import type { Grant } from '@sparkle/shared/decide'
import type { Permission, Role } from '@sparkle/shared/permissions'
import type { ActingAs } from '../core/actor.ts'
import type { Database } from '../core/in-tenant.ts'
import { isoTime } from './time.ts'

/**
 * Look-ups before a studio is known. Each calls one `security definer` function of schema `sys`, which may see only the
 * columns it needs. Adding one needs a decision record (docs/decisions/0004-system-look-ups.md).
 */
export type Queryable = Pick<Database, 'execute'>

export async function rowsOf<R>(db: Queryable, query: ReturnType<typeof sql>): Promise<R[]> {
  return (await db.execute(query)).rows as R[]
}

/** A member's rights beside their built-in role; grants that have expired are left out. */
export interface MemberRights {
  customRole: { id: string; name: string; permissions: Permission[] } | null
  grants: Grant[]
}

export interface SessionRow {
  userId: string
  displayName: string
  isSuperAdmin: boolean
  organizationId: string | null
  role: Role | null
  accountId: string | null
  hasSecondFactor: boolean
  secondFactorAt: string | null
  /** Null without a studio. */
  rights: MemberRights | null
  /** Its studio is suspended, so it has none. */
  suspended: boolean
  /** Its studio is being deleted: until then it can only be read. */
  readOnlyUntil: string | null
  /** Somebody of the platform at work in a studio as its admin. */
  actingAs: ActingAs | null
  /** The identity provider that opened it, for its own studio only. */
  providerId: string | null
}

interface StandingColumns {
  suspended: boolean
  readOnlyUntil: string | null
  actingId: string | null
  actingSlug: string
  actingName: string
  actingReason: string
  actingUntil: string
}

/** Somebody's session with all their rights, in one question: requests ask no more until something changes. */
export async function loadSession(db: Queryable, sessionId: string): Promise<SessionRow | undefined> {
  const [row] = await rowsOf<Omit<SessionRow, 'actingAs'> & StandingColumns>(
    db,
    sql`select s.user_id as "userId", display_name as "displayName", is_super_admin as "isSuperAdmin",
      organization_id as "organizationId", role, account_id as "accountId",
      has_second_factor as "hasSecondFactor", second_factor_at as "secondFactorAt", suspended,
      case when organization_id is not null then sys.member_rights(s.user_id, organization_id) end as rights,
      read_only_until as "readOnlyUntil", acting_organization_id as "actingId", acting_organization_slug as "actingSlug",
      acting_organization_name as "actingName",
      acting_reason as "actingReason", acting_until as "actingUntil", provider_id as "providerId"
      from sys.load_session(${sessionId}) s, sys.load_standing(${sessionId}), sys.session_bond(${sessionId})`,
  )
  if (!row) return undefined
  const { actingId, actingSlug, actingName, actingReason, actingUntil, ...found } = row
  const session = { ...found, readOnlyUntil: found.readOnlyUntil && isoTime(found.readOnlyUntil) }
  if (actingId === null) return { ...session, actingAs: null }
  const actingAs = {
    organizationSlug: actingSlug,
    organizationName: actingName,
    reason: actingReason,
    until: isoTime(actingUntil),
  }
  const rights = { customRole: null, grants: [] }
  return { ...session, organizationId: actingId, role: 'admin', accountId: null, rights, actingAs }
}

/** The rights of a member of any studio: for those who sign in by other means than a session. */
export async function loadMemberRights(db: Queryable, userId: string, organizationId: string): Promise<MemberRights> {
  const [row] = await rowsOf<{ rights: MemberRights }>(
    db,
    sql`select sys.member_rights(${userId}, ${organizationId}) as rights`,
  )
  return row?.rights ?? { customRole: null, grants: [] }
}

export async function findCredentials(db: Queryable, emailIndex: string) {
  const [row] = await rowsOf<{ userId: string; passwordHash: string }>(
    db,
    sql`select user_id as "userId", password_hash as "passwordHash" from sys.find_credentials(${emailIndex})`,
  )
  return row
}

/** The person behind a link of a mail. */
export interface PersonRow {
  emailCipher: string
  emailIndex: string
  pendingEmailIndex: string | null
  emailConfirmedAt: string | null
  passwordVersion: number
}

export async function findPerson(db: Queryable, userId: string): Promise<PersonRow | undefined> {
  const [row] = await rowsOf<PersonRow>(
    db,
    sql`select email_cipher as "emailCipher", email_index as "emailIndex", pending_email_index as "pendingEmailIndex",
      email_confirmed_at as "emailConfirmedAt", password_version as "passwordVersion" from sys.find_person(${userId})`,
  )
  return row
}

export interface NewPassword {
  userId: string
  /** The version that is replaced. */
  version: number
  hash: string
  /** The session that goes on; all others end. */
  keepSessionId: string | null
  byMail: boolean
}

/** Answers false where the password was changed meanwhile. */
export async function setPassword(db: Queryable, change: NewPassword): Promise<boolean> {
  const { userId, version, hash, keepSessionId, byMail } = change
  const [row] = await rowsOf<{ done: boolean }>(
    db,
    sql`select sys.set_password(${userId}, ${version}, ${hash}, ${keepSessionId}, ${byMail}) as done`,
  )
  return row?.done ?? false
}

export type EmailOutcome = 'confirmed' | 'changed' | 'already' | 'taken' | 'unknown'

export async function confirmEmail(db: Queryable, userId: string, emailIndex: string): Promise<EmailOutcome> {
  const [row] = await rowsOf<{ outcome: EmailOutcome }>(
    db,
    sql`select sys.confirm_email(${userId}, ${emailIndex}) as outcome`,
  )
  return row?.outcome ?? 'unknown'
}

export interface NewUser {
  id: string
  emailCipher: string
  emailIndex: string
  passwordHash: string
  displayName: string
}

/** Answers false where a person with this address exists already. */
export async function createUser(db: Queryable, user: NewUser): Promise<boolean> {
  const [row] = await rowsOf<{ id: string | null }>(
    db,
    sql`select sys.create_user(${user.id}, ${user.emailCipher}, ${user.emailIndex}, ${user.passwordHash}, ${user.displayName}) as id`,
  )
  return row?.id != null
}

export interface MembershipRow {
  organizationId: string
  slug: string
  name: string
  role: Role
}

export function listMemberships(db: Queryable, userId: string): Promise<MembershipRow[]> {
  return rowsOf(
    db,
    sql`select organization_id as "organizationId", slug, name, role from sys.list_memberships(${userId})`,
  )
}

export interface NewSession {
  id: string
  userId: string
  organizationId: string | null
  refreshHash: string
  userAgent: string
  address: string
  lifetimeSeconds: number
}

export async function createSession(db: Queryable, session: NewSession): Promise<void> {
  await db.execute(sql`select sys.create_session(${session.id}, ${session.userId}, ${session.organizationId},
    ${session.refreshHash}, ${session.userAgent}, ${session.address}, make_interval(secs => ${session.lifetimeSeconds}))`)
}

export type RotationOutcome = 'rotated' | 'raced' | 'reused' | 'unknown'

export async function rotateSession(
  db: Queryable,
  rotation: { sessionId: string; presentedHash: string; replacementHash: string; lifetimeSeconds: number },
) {
  const [row] = await rowsOf<{ outcome: RotationOutcome; userId: string | null }>(
    db,
    sql`select outcome, user_id as "userId" from sys.rotate_session(${rotation.sessionId}, ${rotation.presentedHash},
      ${rotation.replacementHash}, make_interval(secs => ${rotation.lifetimeSeconds}))`,
  )
  return row ?? { outcome: 'unknown' as const, userId: null }
}

export async function switchSession(
  db: Queryable,
  sessionId: string,
  userId: string,
  organizationId: string,
): Promise<boolean> {
  const [row] = await rowsOf<{ switched: boolean }>(
    db,
    sql`select sys.switch_session(${sessionId}, ${userId}, ${organizationId}) as switched`,
  )
  return row?.switched ?? false
}

export async function revokeSession(db: Queryable, sessionId: string, reason: string): Promise<void> {
  await db.execute(sql`select sys.revoke_session(${sessionId}, ${reason})`)
}

/** Ends a member's sessions in the studio of the transaction; answers how many there were. */
export async function revokeMemberSessions(tx: Queryable, userId: string): Promise<number> {
  const [row] = await rowsOf<{ ended: number }>(tx, sql`select sys.revoke_member_sessions(${userId}) as ended`)
  return row?.ended ?? 0
}

export type FactorReset = 'reset' | 'none' | 'elsewhere' | 'unknown'

/** Takes the second factor of a member of the transaction's studio away and ends all their sessions. */
export async function resetSecondFactor(tx: Queryable, userId: string): Promise<FactorReset> {
  const [row] = await rowsOf<{ outcome: FactorReset }>(tx, sql`select sys.reset_second_factor(${userId}) as outcome`)
  return row?.outcome ?? 'unknown'
}

/** All studios, or only those with events or audit rows the relay has not seen. */
export async function listOrganizations(db: Queryable, pending: boolean): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    sql`select organization_id as id from sys.list_organizations(${pending})`,
  )
  return rows.map((row) => row.id)
}

/** Events of all studios that wait for their handlers, and how long the oldest one has waited. */
export async function outboxLag(db: Queryable): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await rowsOf<{ waiting: number; oldestSeconds: number }>(
    db,
    sql`select waiting, oldest_seconds as "oldestSeconds" from sys.outbox_lag()`,
  )
  return row ?? { waiting: 0, oldestSeconds: 0 }
}
