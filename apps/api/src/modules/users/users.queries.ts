import { and, asc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import type { ListUsersQuery } from '@sparkle/shared/users'
import type { Role } from '@sparkle/shared/permissions'
import { decodeCursor, toPage } from '../../core/cursor.ts'
import type { TenantRead, TenantTx } from '../../core/in-tenant.ts'
import { fields, statement } from '../../core/statement.ts'
import { invitations, memberships, organizations, users } from '../../db/tables/organizations.ts'
import { projects } from '../../db/tables/projects.ts'

/** One context for all look-ups of a person's address, in `users` and `invitations` alike. */
export const userEmailContext = 'users.email'

/** Members and open invitations as one list; an invitation stands in for the person it waits for. */
const people = sql`(
  select m.user_id as id, u.kind, u.email_cipher, u.email_index, u.display_name, u.avatar_key, m.role, m.created_at, u.last_seen_at, m.version,
    (select jsonb_build_object('id', r.id, 'name', r.name) from custom_roles r
      where r.organization_id = m.organization_id and r.id = m.custom_role_id) as custom_role,
    case when m.deactivated_at is null then 'active' else 'deactivated' end as status,
    (select count(*)::int from projects p where p.organization_id = m.organization_id and p.assigned_artist_id = m.user_id
      and p.deleted_at is null and p.status in ('backlog', 'in_progress', 'review', 'on_hold')) as open_projects,
    null::timestamptz as expires_at, u.second_factor_at is not null as second_factor
  from memberships m join users u on u.id = m.user_id
  union all
  select i.id, 'person', i.email_cipher, i.email_index, null, null, i.role, i.created_at, null, i.version, null, 'invited', 0, i.expires_at, false
  from invitations i where i.accepted_at is null and i.revoked_at is null
) as people`

interface Params {
  id: string | null
  roles: string[] | null
  words: string | null
  emailIndex: string | null
  afterTime: string | null
  afterId: string | null
  limit: number
}

/** Service accounts have a list of their own; whoever knows one's id may ask for it by that. */
const wanted = sql`(${param('id', 'uuid')} is null and kind = 'person' or id = ${param('id', 'uuid')})
  and (${param('roles', 'text[]')} is null or role = any(${param('roles', 'text[]')}))
  and (${param('words', 'text')} is null or position(lower(${param('words', 'text')}) in lower(display_name)) > 0
    or email_index = ${param('emailIndex', 'text')})`

const listed = statement<Params>('users.list')((q) =>
  q
    .select(
      fields({
        id: sql<string>`id`,
        emailCipher: sql<string>`email_cipher`,
        displayName: sql<string | null>`display_name`,
        role: sql<Role>`role`,
        customRole: sql<{ id: string; name: string } | null>`custom_role`,
        status: sql<'active' | 'invited' | 'deactivated'>`status`,
        openProjects: sql<number>`open_projects`,
        createdAt: sql<string>`created_at`,
        lastSeenAt: sql<string | null>`last_seen_at`,
        invitationExpiresAt: sql<string | null>`expires_at`,
        secondFactor: sql<boolean>`second_factor`,
        version: sql<number>`version`,
      }),
    )
    .from(people)
    .where(
      sql`${wanted} and (${param('afterId', 'uuid')} is null
        or (created_at, id) > (${param('afterTime', 'timestamptz')}, ${param('afterId', 'uuid')}))`,
    )
    .orderBy(sql`created_at, id`)
    .limit(sql.placeholder('limit')),
)

const counted = statement<Params>('users.count')((q) =>
  q
    .select(fields({ total: sql<number>`count(*)::int` }))
    .from(people)
    .where(wanted),
)

function param(name: keyof Params, type: string) {
  return sql`${sql.placeholder(name)}::${sql.raw(type)}`
}

const nothing: Params = {
  id: null,
  roles: null,
  words: null,
  emailIndex: null,
  afterTime: null,
  afterId: null,
  limit: 1,
}

function paramsOf(query: ListUsersQuery, emailIndex: string | null): Params {
  return { ...nothing, roles: query.role ? query.role.split(',') : null, words: query.q?.trim() || null, emailIndex }
}

/** How many people the query finds in all. */
export async function countPeople(tx: TenantRead, query: ListUsersQuery, emailIndex: string | null): Promise<number> {
  const [row] = await tx.run(counted, paramsOf(query, emailIndex))
  return row?.total ?? 0
}

/** One page of the team, oldest first. */
export async function listPeople(tx: TenantRead, query: ListUsersQuery, emailIndex: string | null) {
  const [afterTime, afterId] = query.cursor ? decodeCursor(query.cursor, 'createdAt', ['time', 'id']) : []
  const rows = await tx.run(listed, {
    ...paramsOf(query, emailIndex),
    afterTime: afterTime ?? null,
    afterId: afterId ?? null,
    limit: query.limit + 1,
  })
  return toPage(rows, query.limit, 'createdAt', (row) => [row.createdAt, row.id])
}

/** A member by their user id, or an open invitation by its own. */
export async function findPerson(tx: TenantRead, id: string) {
  const [row] = await tx.run(listed, { ...nothing, id })
  return row
}
export type PersonRow = NonNullable<Awaited<ReturnType<typeof findPerson>>>

export async function lockMembership(tx: TenantTx, userId: string) {
  const [row] = await tx.select().from(memberships).where(eq(memberships.userId, userId)).for('update')
  return row
}

/** Locks all active admins who are people in one order, so that two of them cannot remove each other at the same time. */
export async function lockActiveAdmins(tx: TenantTx): Promise<string[]> {
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), eq(users.kind, 'person')))
    .where(and(eq(memberships.role, 'admin'), isNull(memberships.deactivatedAt)))
    .orderBy(asc(memberships.userId))
    .for('update', { of: memberships })
  return rows.map((row) => row.userId)
}

type MembershipChanges = { role?: Role; customRoleId?: string | null; deactivatedAt?: SQL | null }

export async function updateMembership(tx: TenantTx, userId: string, changes: MembershipChanges) {
  const version = sql`${memberships.version} + 1`
  await tx
    .update(memberships)
    .set({ ...changes, version })
    .where(eq(memberships.userId, userId))
}

/** Makes somebody a member. A person who was one before comes back with the new role. */
export async function upsertMembership(tx: TenantTx, userId: string, role: Role, accountId: string | null = null) {
  await tx
    .insert(memberships)
    .values({ organizationId: tx.organizationId, userId, role, accountId })
    .onConflictDoUpdate({
      target: [memberships.organizationId, memberships.userId],
      set: { role, accountId, customRoleId: null, deactivatedAt: null, version: sql`${memberships.version} + 1` },
    })
}

export async function updateDisplayName(tx: TenantTx, userId: string, displayName: string) {
  await tx
    .update(users)
    .set({ displayName, updatedAt: sql`now()`, version: sql`${users.version} + 1` })
    .where(eq(users.id, userId))
}

export async function findMemberByEmail(tx: TenantTx, emailIndex: string) {
  const [row] = await tx
    .select({
      userId: memberships.userId,
      accountId: memberships.accountId,
      deactivatedAt: memberships.deactivatedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(users.emailIndex, emailIndex))
  return row
}

/** Whether an invitation of this address is open, wherever to. */
export async function isInvited(tx: TenantTx, emailIndex: string): Promise<boolean> {
  const rows = await tx
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.emailIndex, emailIndex), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
    .limit(1)
  return rows.length > 0
}

/** False where one of the address to the same account, or to the team, is open already. */
export async function insertInvitation(tx: TenantTx, values: Omit<typeof invitations.$inferInsert, 'organizationId'>) {
  const { rowCount } = await tx
    .insert(invitations)
    .values({ ...values, organizationId: tx.organizationId })
    .onConflictDoNothing()
  return (rowCount ?? 0) > 0
}

export async function lockInvitation(tx: TenantTx, id: string) {
  const [row] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update')
  return row
}
export type InvitationRow = NonNullable<Awaited<ReturnType<typeof lockInvitation>>>

export async function updateInvitation(
  tx: TenantTx,
  id: string,
  changes: Partial<
    Pick<typeof invitations.$inferInsert, 'role' | 'generation' | 'expiresAt' | 'acceptedAt' | 'revokedAt'>
  >,
) {
  const version = sql`${invitations.version} + 1`
  await tx
    .update(invitations)
    .set({ ...changes, version })
    .where(eq(invitations.id, id))
}

export async function findInvitation(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({
      id: invitations.id,
      emailCipher: invitations.emailCipher,
      emailIndex: invitations.emailIndex,
      role: invitations.role,
      projectId: invitations.projectId,
      generation: invitations.generation,
      expiresAt: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      revokedAt: invitations.revokedAt,
      petName: projects.petName,
      studioName: organizations.name,
      inviterName: users.displayName,
      version: invitations.version,
    })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(
      projects,
      and(
        eq(projects.organizationId, invitations.organizationId),
        eq(projects.id, invitations.projectId),
        isNull(projects.deletedAt),
      ),
    )
    .where(eq(invitations.id, id))
  return row
}
