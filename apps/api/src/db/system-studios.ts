import { sql } from 'drizzle-orm'
import type { OrganizationStatus, Plan } from '@sparkle/shared/organizations'
import type { Role } from '@sparkle/shared/permissions'
import type { Database } from '../core/in-tenant.ts'
import { isoTime } from './time.ts'

/** Look-ups and acts over several studios; the rules of `system.ts` hold. */
type Queryable = Pick<Database, 'execute'>

async function rowsOf<R>(db: Queryable, query: ReturnType<typeof sql>): Promise<R[]> {
  return (await db.execute(query)).rows as R[]
}

function isoOrNull(moment: string | null): string | null {
  return moment && isoTime(moment)
}

async function outcomeOf<R extends string>(db: Queryable, query: ReturnType<typeof sql>): Promise<R> {
  const [row] = await rowsOf<{ outcome: R }>(db, query)
  if (!row) throw new Error('A look-up that always answers did not.')
  return row.outcome
}

export interface StudioRow {
  organizationId: string
  slug: string
  name: string
  tagline: string
  accent: string | null
  logoKey: string | null
  orderIntro: string
  orderThanks: string
}

/** The studio behind a slug, of today or before; none that is suspended or being deleted. */
export async function findStudio(db: Queryable, slug: string): Promise<StudioRow | undefined> {
  const [row] = await rowsOf<StudioRow>(
    db,
    sql`select organization_id as "organizationId", slug, name, tagline, accent, logo_key as "logoKey",
      order_intro as "orderIntro", order_thanks as "orderThanks" from sys.find_studio(${slug})`,
  )
  return row
}

export interface OwnOrganizationRow {
  id: string
  slug: string
  name: string
  accent: string | null
  role: Role
  status: OrganizationStatus
  deletionDueAt: string | null
}

/** All studios somebody works in, suspended ones too. */
export async function listOwnOrganizations(db: Queryable, userId: string): Promise<OwnOrganizationRow[]> {
  const rows = await rowsOf<OwnOrganizationRow>(
    db,
    sql`select id, slug, name, accent, role, status, deletion_due_at as "deletionDueAt"
      from sys.list_own_organizations(${userId})`,
  )
  return rows.map((row) => ({ ...row, deletionDueAt: isoOrNull(row.deletionDueAt) }))
}

/** Whether every studio somebody works in is suspended. */
export async function isShutOut(db: Queryable, userId: string): Promise<boolean> {
  const [row] = await rowsOf<{ out: boolean }>(db, sql`select sys.is_shut_out(${userId}) as out`)
  return row?.out ?? false
}

export interface NewOrganization {
  id: string
  name: string
  slug: string
  timeZone: string
  locale: string
}

export type FoundingOutcome = 'founded' | 'slug_taken' | 'refused'

/** `forOthers`: by somebody of the platform, who does not become a member. */
export function foundOrganization(
  db: Queryable,
  userId: string,
  forOthers: boolean,
  { id, name, slug, timeZone, locale }: NewOrganization,
): Promise<FoundingOutcome> {
  return outcomeOf(
    db,
    sql`select sys.found_organization(${userId}, ${forOthers}, ${id}, ${name}, ${slug}, ${timeZone}, ${locale}) as outcome`,
  )
}

/** Gives the studio of the transaction another slug; false where somebody else has or had it. */
export async function renameStudio(tx: Queryable, slug: string): Promise<boolean> {
  const [row] = await rowsOf<{ done: boolean }>(tx, sql`select sys.rename_studio(${slug}) as done`)
  return row?.done ?? false
}

/** Asks for the deletion of the transaction's studio in so many days, or takes it back (null). False: it stood so. */
export async function scheduleDeletion(tx: Queryable, days: number | null): Promise<boolean> {
  const [row] = await rowsOf<{ done: boolean }>(tx, sql`select sys.schedule_deletion(${days}::integer) as done`)
  return row?.done ?? false
}

/** `refused`: the person is not of the platform. */
export type PlatformOutcome = 'done' | 'already' | 'refused' | 'unknown'

/** Null as reason takes the suspension back. */
export function suspendStudio(
  tx: Queryable,
  userId: string,
  organizationId: string,
  reason: string | null,
): Promise<PlatformOutcome> {
  return outcomeOf(tx, sql`select sys.suspend_studio(${userId}, ${organizationId}, ${reason}) as outcome`)
}

export function changePlan(
  tx: Queryable,
  userId: string,
  organizationId: string,
  plan: Plan,
): Promise<PlatformOutcome> {
  return outcomeOf(tx, sql`select sys.change_plan(${userId}, ${organizationId}, ${plan}) as outcome`)
}

export interface NewActing {
  sessionId: string
  userId: string
  organizationId: string
  reason: string
  minutes: number
}

/** `already`: the person is a member there. */
export function beginActing(tx: Queryable, acting: NewActing): Promise<PlatformOutcome> {
  const { sessionId, userId, organizationId, reason, minutes } = acting
  return outcomeOf(
    tx,
    sql`select sys.begin_acting(${sessionId}, ${userId}, ${organizationId}, ${reason}, ${minutes}) as outcome`,
  )
}

export async function endActing(tx: Queryable, sessionId: string, userId: string): Promise<void> {
  await tx.execute(sql`select sys.end_acting(${sessionId}, ${userId})`)
}

export interface PlatformOrganizationRow {
  id: string
  slug: string
  name: string
  plan: Plan
  status: OrganizationStatus
  suspendedAt: string | null
  suspendedReason: string | null
  deletionDueAt: string | null
  createdAt: string
  members: number | null
  projects: number | null
  storageBytes: string | null
  liveGames: number | null
  plays: number | null
  countedAt: string | null
}

export interface PlatformOrganizationFilter {
  q?: string | undefined
  status?: OrganizationStatus | undefined
  plan?: Plan | undefined
  id?: string | undefined
  /** The last row of the page before. */
  after?: { createdAt: string; id: string } | undefined
  most: number
}

/** Nothing where the person is not of the platform. */
export async function listPlatformOrganizations(
  db: Queryable,
  userId: string,
  { q = '', status, plan, id, after, most }: PlatformOrganizationFilter,
): Promise<PlatformOrganizationRow[]> {
  const rows = await rowsOf<PlatformOrganizationRow>(
    db,
    sql`select id, slug, name, plan, status, suspended_at as "suspendedAt", suspended_reason as "suspendedReason",
      deletion_due_at as "deletionDueAt", created_at as "createdAt", members, projects, storage_bytes as "storageBytes",
      live_games as "liveGames", plays, counted_at as "countedAt"
      from sys.list_platform_organizations(${userId}, ${q === '' ? null : q}, ${status ?? null}, ${plan ?? null}, ${id ?? null}::uuid,
        ${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid, ${most})`,
  )
  return rows.map((row) => ({
    ...row,
    suspendedAt: isoOrNull(row.suspendedAt),
    deletionDueAt: isoOrNull(row.deletionDueAt),
    createdAt: isoTime(row.createdAt),
    countedAt: isoOrNull(row.countedAt),
  }))
}

/** Erases a studio whose grace is over. Null: not yet, or its audit has other rows than the `archived` ones. */
export async function eraseOrganization(
  db: Queryable,
  organizationId: string,
  archiveKey: string,
  archived: number,
): Promise<number | null> {
  const [row] = await rowsOf<{ erased: string | null }>(
    db,
    sql`select sys.erase_organization(${organizationId}, ${archiveKey}, ${archived}) as erased`,
  )
  return row?.erased == null ? null : Number(row.erased)
}

export interface IsolationFault {
  relation: string
  fault: 'foreign' | 'unset' | 'written'
}

/** Tables in which the runtime role sees or writes another studio's rows; `probe` is a studio that does not exist. */
export function probeIsolation(db: Queryable, probe: string): Promise<IsolationFault[]> {
  return rowsOf(db, sql`select relation, fault from sys.probe_isolation(${probe})`)
}

/** Whether an address was that of a game whose studio is erased. */
export async function wasErased(db: Queryable, host: string, slug: string): Promise<boolean> {
  const rows = await rowsOf(db, sql`select from erased_addresses where host = ${host} and slug = ${slug}`)
  return rows.length > 0
}
