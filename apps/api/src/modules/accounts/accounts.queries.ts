import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { AccountKind, AccountSort } from '@sparkle/shared/accounts'
import { decodeCursor, toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { accounts as a, contacts as c, invitations, memberships } from '../../db/tables/organizations.ts'
import { profiles } from '../../db/tables/profiles.ts'
import { orders, projects } from '../../db/tables/projects.ts'

const mine = (tx: TenantTx) => eq(a.organizationId, tx.organizationId)

// Drizzle leaves the table's name out where it selects from one table only, and the inner tables have an `id` too.
const ofStudio = sql.raw('accounts.organization_id')
const ofAccount = sql.raw('accounts.id')
const accountColumns = {
  id: a.id,
  name: a.name,
  kind: a.kind,
  projectCount: sql<number>`(select count(*)::int from ${projects} where ${projects.organizationId} = ${ofStudio}
    and ${projects.accountId} = ${ofAccount} and ${projects.deletedAt} is null)`,
  contactCount: sql<number>`(select count(*)::int from ${c} where ${c.organizationId} = ${ofStudio}
    and ${c.accountId} = ${ofAccount})`,
  memberCount: sql<number>`(select count(*)::int from ${memberships} where ${memberships.organizationId} = ${ofStudio}
    and ${memberships.accountId} = ${ofAccount} and ${memberships.deactivatedAt} is null)`,
  lastOrderAt: sql<string | null>`(select max(${orders.createdAt}) from ${orders}
    where ${orders.organizationId} = ${ofStudio} and ${orders.accountId} = ${ofAccount})`.mapWith(orders.createdAt),
  createdAt: a.createdAt,
  updatedAt: a.updatedAt,
  version: a.version,
}

export async function findAccount(tx: TenantTx, id: string) {
  const [row] = await tx
    .select(accountColumns)
    .from(a)
    .where(and(mine(tx), eq(a.id, id)))
  return row
}

export async function lockAccount(tx: TenantTx, id: string) {
  const [row] = await tx
    .select()
    .from(a)
    .where(and(mine(tx), eq(a.id, id)))
    .for('update')
  return row
}

export interface AccountFilter {
  kind?: AccountKind | undefined
  /** Part of a name. */
  words?: string | undefined
  /** In place of `words`: whoever has this address. */
  emailIndex?: string | undefined
  /** A customer sees the own one. */
  only?: string | undefined
}

function wanted(tx: TenantTx, { kind, words, emailIndex, only }: AccountFilter) {
  const contactsWhere = (condition: ReturnType<typeof sql>) =>
    sql`exists (select 1 from ${c} where ${c.organizationId} = ${a.organizationId} and ${c.accountId} = ${a.id} and ${condition})`
  return and(
    mine(tx),
    only ? eq(a.id, only) : undefined,
    kind ? eq(a.kind, kind) : undefined,
    emailIndex ? contactsWhere(sql`${c.emailIndex} = ${emailIndex}`) : undefined,
    words
      ? sql`(position(lower(${words}) in lower(${a.name})) > 0 or ${contactsWhere(sql`position(lower(${words}) in lower(${c.name})) > 0`)})`
      : undefined,
  )
}

/** One page of the studio's accounts. */
export async function listAccounts(
  tx: TenantTx,
  filter: AccountFilter & { limit: number; sort: AccountSort; cursor?: string | undefined },
) {
  const { limit, sort, cursor } = filter
  const byName = sort.endsWith('name')
  const column = byName ? a.name : a.createdAt
  const down = sort.startsWith('-')
  const [place, id] = cursor ? decodeCursor(cursor, sort, [byName ? 'text' : 'time', 'id']) : []
  const type = sql.raw(byName ? 'text' : 'timestamptz')
  const after =
    place === undefined
      ? undefined
      : sql`(${column}, ${a.id}) ${sql.raw(down ? '<' : '>')} (${place}::${type}, ${id}::uuid)`
  const order = down ? desc : asc
  const rows = await tx
    .select(accountColumns)
    .from(a)
    .where(and(wanted(tx, filter), after))
    .orderBy(order(column), order(a.id))
    .limit(limit + 1)
  return toPage(rows, limit, sort, (row) => [byName ? row.name : row.createdAt, row.id])
}

export async function countAccounts(tx: TenantTx, filter: AccountFilter): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(a)
    .where(wanted(tx, filter))
  return row?.total ?? 0
}

export async function insertAccount(tx: TenantTx, values: { id: string; name: string; kind: AccountKind }) {
  await tx.insert(a).values({ ...values, organizationId: tx.organizationId })
}

/** Writes the changes and counts the version up. */
export async function updateAccount(tx: TenantTx, id: string, changes: { name?: string; kind?: AccountKind }) {
  await tx
    .update(a)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${a.version} + 1` })
    .where(and(mine(tx), eq(a.id, id)))
}

export async function deleteAccount(tx: TenantTx, id: string) {
  await tx.delete(c).where(and(eq(c.organizationId, tx.organizationId), eq(c.accountId, id)))
  await tx.delete(a).where(and(mine(tx), eq(a.id, id)))
}

/** What was agreed to with the account's orders, newest first. */
export function listConsents(tx: TenantTx, accountId: string) {
  return tx
    .select({
      orderId: orders.id,
      orderNumber: orders.number,
      projectId: orders.projectId,
      consentVersion: orders.consentVersion,
      consentAt: orders.consentAt,
    })
    .from(orders)
    .where(and(eq(orders.organizationId, tx.organizationId), eq(orders.accountId, accountId)))
    .orderBy(desc(orders.createdAt))
    .limit(100)
}

/** Whether anything but contacts hangs on the account. Deleted projects count: they can be restored. */
export async function isInUse(tx: TenantTx, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ used: boolean }>(sql`select
    exists (select 1 from projects where organization_id = ${tx.organizationId} and account_id = ${id})
    or exists (select 1 from orders where organization_id = ${tx.organizationId} and account_id = ${id})
    or exists (select 1 from memberships where organization_id = ${tx.organizationId} and account_id = ${id})
    or exists (select 1 from invitations where organization_id = ${tx.organizationId} and account_id = ${id})
    or exists (select 1 from profiles where organization_id = ${tx.organizationId} and account_id = ${id}) as used`)
  return rows[0]?.used === true
}

/** The tables that point at an account, as the merge calls what it moves. */
const parts = {
  contact: c,
  member: memberships,
  invitation: invitations,
  project: projects,
  order: orders,
  profile: profiles,
} as const
export type PartKind = keyof typeof parts
export const partKinds = Object.keys(parts) as PartKind[]

/** Open invitations to an account of those who have one to the other account as well. */
export async function listInvitedTwice(tx: TenantTx, from: string, into: string): Promise<string[]> {
  const open = (name: string) => sql.raw(`${name}.accepted_at is null and ${name}.revoked_at is null`)
  const { rows } = await tx.execute<{ id: string }>(sql`
    select f.id from invitations f
    join invitations i on i.organization_id = f.organization_id and i.email_index = f.email_index
      and i.account_id = ${into}::uuid and ${open('i')}
    where f.organization_id = ${tx.organizationId}::uuid and f.account_id = ${from}::uuid and ${open('f')}
    order by f.id`)
  return rows.map(({ id }) => id)
}

/** Gives everything of one kind to another account; answers the ids. */
export async function movePart(tx: TenantTx, kind: PartKind, from: string, into: string): Promise<string[]> {
  const table: (typeof parts)['contact'] = parts[kind] as unknown as (typeof parts)['contact']
  const idColumn = kind === 'member' ? memberships.userId : table.id
  // An order is what was agreed once; it has no version to count up.
  const version = kind === 'order' ? {} : { version: sql`${table.version} + 1` }
  const moved = await tx
    .update(table)
    .set({ accountId: into, ...version })
    .where(and(eq(table.organizationId, tx.organizationId), eq(table.accountId, from)))
    .returning({ id: idColumn })
  return moved.map(({ id }) => id)
}

export function listContacts(tx: TenantTx, accountId: string) {
  return tx
    .select()
    .from(c)
    .where(and(eq(c.organizationId, tx.organizationId), eq(c.accountId, accountId)))
    .orderBy(asc(c.createdAt), asc(c.id))
    .limit(200)
}
export type ContactRow = typeof c.$inferSelect

export async function lockContact(tx: TenantTx, id: string): Promise<ContactRow | undefined> {
  const [row] = await tx
    .select()
    .from(c)
    .where(and(eq(c.organizationId, tx.organizationId), eq(c.id, id)))
    .for('update')
  return row
}

export async function insertContact(tx: TenantTx, values: Omit<typeof c.$inferInsert, 'organizationId'>) {
  await tx.insert(c).values({ ...values, organizationId: tx.organizationId })
}

export async function updateContact(tx: TenantTx, id: string, changes: Partial<typeof c.$inferInsert>) {
  await tx
    .update(c)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${c.version} + 1` })
    .where(and(eq(c.organizationId, tx.organizationId), eq(c.id, id)))
}

/** False where a project or an order still names the contact. */
export async function deleteContact(tx: TenantTx, id: string): Promise<boolean> {
  const rows = await tx
    .delete(c)
    .where(
      and(
        eq(c.organizationId, tx.organizationId),
        eq(c.id, id),
        sql`not exists (select 1 from ${projects} where ${projects.organizationId} = ${c.organizationId} and ${projects.contactId} = ${c.id})`,
        sql`not exists (select 1 from ${orders} where ${orders.organizationId} = ${c.organizationId} and ${orders.contactId} = ${c.id})`,
      ),
    )
    .returning({ id: c.id })
  return rows.length > 0
}

/** Those who sign in for an account, and those who are invited to. */
export async function listMemberIds(tx: TenantTx, accountId: string): Promise<string[]> {
  const members = await tx
    .select({ id: memberships.userId, at: memberships.createdAt })
    .from(memberships)
    .where(and(eq(memberships.organizationId, tx.organizationId), eq(memberships.accountId, accountId)))
  const invited = await tx
    .select({ id: invitations.id, at: invitations.createdAt })
    .from(invitations)
    .where(
      and(
        eq(invitations.organizationId, tx.organizationId),
        eq(invitations.accountId, accountId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
  return [...members, ...invited].toSorted((x, y) => (x.at < y.at ? -1 : 1)).map(({ id }) => id)
}
