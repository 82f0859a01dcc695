import { and, asc, eq, or, sql } from 'drizzle-orm'
import type { HostingPageInput } from '@sparkle/shared/domains'
import type { TenantTx } from '../../core/in-tenant.ts'
import { gameDomains as d, hostingPages as p } from '../../db/tables/hosting.ts'
import { pendingDays } from './domains.rules.ts'

const columns = {
  id: d.id,
  domain: d.domain,
  token: d.token,
  status: d.status,
  isPrimary: d.isPrimary,
  verifiedAt: d.verifiedAt,
  checkedAt: d.checkedAt,
  missingSince: d.missingSince,
  createdAt: d.createdAt,
  version: d.version,
}

/** The studio is named in every condition, although row-level security adds it again. */
function mine(tx: TenantTx, id: string) {
  return and(eq(d.organizationId, tx.organizationId), eq(d.id, id))
}

export function listDomains(tx: TenantTx) {
  return tx.select(columns).from(d).where(eq(d.organizationId, tx.organizationId)).orderBy(asc(d.createdAt), asc(d.id))
}
export type DomainRow = Awaited<ReturnType<typeof listDomains>>[number]

/** Proven ones, and those whose proof has gone: a CDN may still hold something of them. */
export async function listDomainNames(tx: TenantTx): Promise<string[]> {
  return (await listDomains(tx)).filter(({ status }) => status !== 'pending').map(({ domain }) => domain)
}

export async function findDomain(tx: TenantTx, id: string): Promise<DomainRow | undefined> {
  const [row] = await tx.select(columns).from(d).where(mine(tx, id))
  return row
}

export async function lockDomain(tx: TenantTx, id: string): Promise<DomainRow | undefined> {
  const [row] = await tx.select(columns).from(d).where(mine(tx, id)).for('update')
  return row
}

/** Locks all of the studio's domains, in one order for everybody: which of them is the primary one is one decision. */
export async function lockDomains(tx: TenantTx): Promise<void> {
  await tx.select({ id: d.id }).from(d).where(eq(d.organizationId, tx.organizationId)).orderBy(asc(d.id)).for('update')
}

/** Makes whoever adds a domain wait for others of the studio, so that the limit holds. */
export async function lockAdding(tx: TenantTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`domains\n${tx.organizationId}`}, 0))`)
}

export async function insertDomain(tx: TenantTx, domain: { id: string; domain: string; token: string }) {
  await tx.insert(d).values({ ...domain, organizationId: tx.organizationId })
}

type Updatable = (typeof d)['_']['inferInsert']
export type DomainChanges = { [K in keyof Updatable]?: Updatable[K] | ReturnType<typeof sql> }

/** Writes the changes and counts the version up. */
export async function updateDomain(tx: TenantTx, id: string, changes: DomainChanges): Promise<void> {
  await tx
    .update(d)
    .set({ ...changes, version: sql`${d.version} + 1` })
    .where(mine(tx, id))
}

/** That it was looked for is nobody's change, so the version stays. */
export async function markChecked(tx: TenantTx, id: string): Promise<void> {
  await tx
    .update(d)
    .set({ checkedAt: sql`now()` as unknown as string })
    .where(mine(tx, id))
}

export async function clearPrimary(tx: TenantTx): Promise<void> {
  await tx
    .update(d)
    .set({ isPrimary: false, version: sql`${d.version} + 1` })
    .where(and(eq(d.organizationId, tx.organizationId), eq(d.isPrimary, true)))
}

export async function deleteDomain(tx: TenantTx, id: string): Promise<void> {
  await tx.delete(d).where(mine(tx, id))
}

/** Proven ones every six hours, young ones that wait for their record every ten minutes. */
export function listDue(tx: TenantTx) {
  const notSince = (interval: string) =>
    sql`(${d.checkedAt} is null or ${d.checkedAt} <= now() - ${sql.raw(`interval '${interval}'`)})`
  return tx
    .select(columns)
    .from(d)
    .where(
      and(
        eq(d.organizationId, tx.organizationId),
        or(
          and(eq(d.status, 'verified'), notSince('6 hours')),
          and(
            eq(d.status, 'pending'),
            sql`${d.createdAt} > now() - make_interval(days => ${pendingDays})`,
            notSince('10 minutes'),
          ),
        ),
      ),
    )
    .limit(50)
}

export async function findHostingPage(tx: TenantTx) {
  const [row] = await tx
    .select({ message: p.message, linkLabel: p.linkLabel, linkUrl: p.linkUrl, version: p.version })
    .from(p)
    .where(eq(p.organizationId, tx.organizationId))
  return row
}

/** Locks the studio's page; there is nothing to lock before it has one. */
export async function lockHostingPage(tx: TenantTx): Promise<void> {
  await tx.select({ id: p.organizationId }).from(p).where(eq(p.organizationId, tx.organizationId)).for('update')
}

/** Version 1 is the page without words that every studio begins with. */
export async function writeHostingPage(tx: TenantTx, page: HostingPageInput): Promise<void> {
  await tx
    .insert(p)
    .values({ ...page, organizationId: tx.organizationId, version: 2 })
    .onConflictDoUpdate({
      target: p.organizationId,
      set: { ...page, updatedAt: sql`now()` as unknown as string, version: sql`${p.version} + 1` },
    })
}
