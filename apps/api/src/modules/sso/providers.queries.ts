import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { memberships, users } from '../../db/tables/organizations.ts'
import {
  externalIdentities as e,
  identityProviderDomains as d,
  identityProviders as p,
} from '../../db/tables/sign-in.ts'

/** The studio is named in every condition, although row-level security adds it again. */
const mine = (tx: TenantTx, id: string) => and(eq(p.organizationId, tx.organizationId), eq(p.id, id))
const ours = (tx: TenantTx, providerId: string) =>
  and(eq(d.organizationId, tx.organizationId), eq(d.providerId, providerId))

export function listProviders(tx: TenantTx) {
  return tx.select().from(p).where(eq(p.organizationId, tx.organizationId)).orderBy(asc(p.createdAt), asc(p.id))
}
export type ProviderRow = Awaited<ReturnType<typeof listProviders>>[number]

export async function findProvider(tx: TenantTx, id: string): Promise<ProviderRow | undefined> {
  const [row] = await tx.select().from(p).where(mine(tx, id))
  return row
}

export async function lockProvider(tx: TenantTx, id: string): Promise<ProviderRow | undefined> {
  const [row] = await tx.select().from(p).where(mine(tx, id)).for('update')
  return row
}

export async function insertProvider(tx: TenantTx, row: Omit<(typeof p)['_']['inferInsert'], 'organizationId'>) {
  await tx.insert(p).values({ ...row, organizationId: tx.organizationId })
}

type Updatable = (typeof p)['_']['inferInsert']
export type ProviderChanges = { [K in keyof Updatable]?: Updatable[K] | ReturnType<typeof sql> }

/** Writes the changes and counts the version up. */
export async function updateProvider(tx: TenantTx, id: string, changes: ProviderChanges): Promise<void> {
  await tx
    .update(p)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${p.version} + 1` })
    .where(mine(tx, id))
}

/** Writes down what a try out brought, which changes nothing of the settings. */
export async function writeTest(tx: TenantTx, id: string, cipher: string, passed: boolean): Promise<void> {
  const testedAt = passed ? { testedAt: sql`now()` as unknown as string } : {}
  await tx
    .update(p)
    .set({ lastTestCipher: cipher, ...testedAt })
    .where(mine(tx, id))
}

export async function deleteProvider(tx: TenantTx, id: string): Promise<void> {
  await tx.delete(p).where(mine(tx, id))
}

export function listProviderDomains(tx: TenantTx) {
  return tx.select().from(d).where(eq(d.organizationId, tx.organizationId)).orderBy(asc(d.domain))
}
export type ProviderDomainRow = Awaited<ReturnType<typeof listProviderDomains>>[number]

export async function lockProviderDomain(tx: TenantTx, providerId: string, domain: string) {
  const [row] = await tx
    .select()
    .from(d)
    .where(and(ours(tx, providerId), eq(d.domain, domain)))
    .for('update')
  return row
}

export async function insertProviderDomain(tx: TenantTx, row: { providerId: string; domain: string; token: string }) {
  await tx.insert(d).values({ ...row, organizationId: tx.organizationId })
}

export async function deleteProviderDomain(tx: TenantTx, providerId: string, domain: string): Promise<void> {
  await tx.delete(d).where(and(ours(tx, providerId), eq(d.domain, domain)))
}

export async function writeDomainCheck(
  tx: TenantTx,
  providerId: string,
  domain: string,
  state: { verifiedAt: string | null; missingSince: string | null },
): Promise<void> {
  await tx
    .update(d)
    .set({ ...state, checkedAt: sql`now()` as unknown as string })
    .where(and(ours(tx, providerId), eq(d.domain, domain)))
}

/** Proven domains that were not looked at for six hours. */
export function listDueDomains(tx: TenantTx) {
  return tx
    .select({ providerId: d.providerId, domain: d.domain, token: d.token })
    .from(d)
    .where(
      and(
        eq(d.organizationId, tx.organizationId),
        isNotNull(d.verifiedAt),
        sql`(${d.checkedAt} is null or ${d.checkedAt} <= now() - interval '6 hours')`,
      ),
    )
    .limit(50)
}

/** Members with their addresses as stored: whom a domain rule may be about. */
export function listMemberEmails(tx: TenantTx) {
  return tx
    .select({ userId: memberships.userId, emailCipher: users.emailCipher })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.organizationId, tx.organizationId))
}

export async function findPersonState(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({
      isSuperAdmin: users.isSuperAdmin,
      secondFactorAt: users.secondFactorAt,
      displayName: users.displayName,
    })
    .from(users)
    .where(eq(users.id, userId))
  return row
}

export async function findMembership(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({ role: memberships.role, deactivatedAt: memberships.deactivatedAt })
    .from(memberships)
    .where(and(eq(memberships.organizationId, tx.organizationId), eq(memberships.userId, userId)))
    .for('update')
  return row
}

/** Lets the studio's providers be counted and added to by one at a time. */
export async function lockProviders(tx: TenantTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`providers\n${tx.organizationId}`}, 0))`)
}

/** One first sign-in of a subject at a time: two at once would make two people of one. */
export async function lockSubject(tx: TenantTx, providerId: string, subject: string): Promise<void> {
  const lock = `${tx.organizationId}\n${providerId}\n${subject}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 7))`)
}

export async function findIdentity(tx: TenantTx, providerId: string, by: { subject: string } | { userId: string }) {
  const [row] = await tx
    .select({ userId: e.userId, subject: e.subject })
    .from(e)
    .where(
      and(
        eq(e.organizationId, tx.organizationId),
        eq(e.providerId, providerId),
        'subject' in by ? eq(e.subject, by.subject) : eq(e.userId, by.userId),
      ),
    )
  return row
}

export async function insertIdentity(tx: TenantTx, row: { providerId: string; subject: string; userId: string }) {
  await tx.insert(e).values({ ...row, organizationId: tx.organizationId, lastUsedAt: sql`now()` as unknown as string })
}

/** The providers that a person is linked to, oldest link first. */
export function listIdentitiesOf(tx: TenantTx, userId: string) {
  return tx
    .select({ providerId: e.providerId, provider: p.name, linkedAt: e.createdAt, lastUsedAt: e.lastUsedAt })
    .from(e)
    .innerJoin(p, and(eq(p.organizationId, e.organizationId), eq(p.id, e.providerId)))
    .where(and(eq(e.organizationId, tx.organizationId), eq(e.userId, userId)))
    .orderBy(asc(e.createdAt), asc(e.providerId))
}

/** False where the person is not linked to the provider. */
export async function deleteIdentityOf(tx: TenantTx, providerId: string, userId: string): Promise<boolean> {
  const { rowCount } = await tx
    .delete(e)
    .where(and(eq(e.organizationId, tx.organizationId), eq(e.providerId, providerId), eq(e.userId, userId)))
  return (rowCount ?? 0) > 0
}

/** Forgets whom a provider's subjects stand for. */
export async function deleteIdentities(tx: TenantTx, providerId: string): Promise<number> {
  const { rowCount } = await tx
    .delete(e)
    .where(and(eq(e.organizationId, tx.organizationId), eq(e.providerId, providerId)))
  return rowCount ?? 0
}

export async function markIdentityUsed(tx: TenantTx, providerId: string, subject: string): Promise<void> {
  await tx
    .update(e)
    .set({ lastUsedAt: sql`now()` as unknown as string })
    .where(and(eq(e.organizationId, tx.organizationId), eq(e.providerId, providerId), eq(e.subject, subject)))
}
