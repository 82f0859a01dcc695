import { and, asc, desc, eq, inArray, ne, notInArray, sql } from 'drizzle-orm'
import type { UrlStatus } from '@sparkle/shared/urls'
import type { TenantTx } from '../../core/in-tenant.ts'
import { builds } from '../../db/tables/builds.ts'
import { primaryDomainOf } from '../../db/tables/hosting.ts'
import { users } from '../../db/tables/organizations.ts'
import { projects } from '../../db/tables/projects.ts'
import { deployments, urlRedirects, urls } from '../../db/tables/urls.ts'

const urlColumns = {
  id: urls.id,
  projectId: urls.projectId,
  petName: projects.petName,
  packageType: projects.packageType,
  host: urls.host,
  slug: urls.slug,
  status: urls.status,
  reservedAt: urls.reservedAt,
  expiresAt: urls.expiresAt,
  deployedAt: urls.deployedAt,
  endedAt: urls.endedAt,
  liveBuildId: urls.liveBuildId,
  viewCount: urls.viewCount,
  playCount: urls.playCount,
  lastAccessedAt: urls.lastAccessedAt,
  createdAt: urls.createdAt,
  indexable: urls.indexable,
  version: urls.version,
  primaryDomain: primaryDomainOf(urls.organizationId),
}

/** The studio is named in every condition, although row-level security adds it again. */
function mine(tx: TenantTx, id: string) {
  return and(eq(urls.organizationId, tx.organizationId), eq(urls.id, id))
}

function select(tx: TenantTx) {
  return tx
    .select(urlColumns)
    .from(urls)
    .innerJoin(projects, and(eq(projects.organizationId, urls.organizationId), eq(projects.id, urls.projectId)))
}

export async function findUrl(tx: TenantTx, id: string) {
  const [row] = await select(tx).where(mine(tx, id))
  return row
}
export type UrlRow = NonNullable<Awaited<ReturnType<typeof findUrl>>>

/** Locks an address for a change. The weaker lock, since counting a visit must not wait for a foreign key's check. */
export async function lockUrl(tx: TenantTx, id: string): Promise<UrlRow | undefined> {
  const [locked] = await tx.select({ id: urls.id }).from(urls).where(mine(tx, id)).for('no key update')
  return locked && findUrl(tx, id)
}

/** Takes the right to deploy to this address until the transaction ends; false while another deploy holds it. */
export async function claimDeploy(tx: TenantTx, id: string): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`deploy\n${id}`}, 0)) as held`,
  )
  return rows[0]?.['held'] === true
}

export interface UrlFilter {
  limit: number
  projectId?: string | undefined
  status?: UrlStatus | undefined
  withoutProjects?: readonly string[]
  after?: readonly [at: string, id: string] | undefined
}

/** Newest first, one row more than `limit` where there are more. */
export function listUrls(tx: TenantTx, { limit, after, ...filter }: UrlFilter): Promise<UrlRow[]> {
  return select(tx)
    .where(
      and(
        matching(tx, filter),
        after && sql`(${urls.createdAt}, ${urls.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(urls.createdAt), desc(urls.id))
    .limit(limit + 1)
}

export async function countUrls(tx: TenantTx, filter: Omit<UrlFilter, 'limit' | 'after'>): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(urls)
    .where(matching(tx, filter))
  return row?.total ?? 0
}

function matching(tx: TenantTx, { projectId, status, withoutProjects }: Omit<UrlFilter, 'limit' | 'after'>) {
  return and(
    eq(urls.organizationId, tx.organizationId),
    projectId ? eq(urls.projectId, projectId) : undefined,
    status ? eq(urls.status, status) : ne(urls.status, 'deleted'),
    withoutProjects?.length ? notInArray(urls.projectId, [...withoutProjects]) : undefined,
  )
}

/** The addresses that show the page of an expired game. */
export async function listExpiredSlugs(tx: TenantTx): Promise<string[]> {
  const ended = sql`(${urls.status} = 'expired' or (${urls.status} = 'active' and ${urls.expiresAt} <= now()))`
  const rows = await tx
    .select({ slug: urls.slug })
    .from(urls)
    .where(and(eq(urls.organizationId, tx.organizationId), ended))
  return rows.map(({ slug }) => slug)
}

export async function insertUrl(
  tx: TenantTx,
  url: { id: string; projectId: string; host: string; slug: string; days: number },
) {
  const { days, ...values } = url
  await tx.insert(urls).values({
    ...values,
    organizationId: tx.organizationId,
    reservedAt: sql`now()`,
    expiresAt: sql`now() + make_interval(days => ${days})`,
  })
}

type Updatable = (typeof urls)['_']['inferInsert']
export type UrlChanges = { [K in keyof Updatable]?: Updatable[K] | ReturnType<typeof sql> }

/** Writes the changes and counts the version up. */
export async function updateUrl(tx: TenantTx, id: string, changes: UrlChanges): Promise<void> {
  await tx
    .update(urls)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${urls.version} + 1` })
    .where(mine(tx, id))
}

/** That a warning went out is nobody's change, so the version stays. */
export async function markWarned(tx: TenantTx, id: string, warnedDays: number): Promise<void> {
  await tx.update(urls).set({ warnedDays }).where(mine(tx, id))
}

/** The files of a passed build. */
export async function findBuildFiles(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({ projectId: builds.projectId, files: builds.files })
    .from(builds)
    .where(and(eq(builds.organizationId, tx.organizationId), eq(builds.id, id), eq(builds.status, 'passed')))
  return row
}

export async function insertRedirect(
  tx: TenantTx,
  redirect: { id: string; urlId: string; host: string; slug: string },
) {
  await tx.insert(urlRedirects).values({ ...redirect, organizationId: tx.organizationId })
}

/** Takes a former name of this very address back; false where it never had that name. */
export async function deleteRedirect(tx: TenantTx, urlId: string, slug: string): Promise<boolean> {
  const gone = await tx
    .delete(urlRedirects)
    .where(
      and(
        eq(urlRedirects.organizationId, tx.organizationId),
        eq(urlRedirects.urlId, urlId),
        eq(urlRedirects.slug, slug),
      ),
    )
    .returning({ id: urlRedirects.id })
  return gone.length > 0
}

export async function deleteRedirectsOf(tx: TenantTx, urlIds: readonly string[]): Promise<void> {
  if (urlIds.length > 0)
    await tx
      .delete(urlRedirects)
      .where(and(eq(urlRedirects.organizationId, tx.organizationId), inArray(urlRedirects.urlId, [...urlIds])))
}

export interface NewDeployment {
  id: string
  urlId: string
  buildId: string
  previousBuildId: string | null
  kind: 'deploy' | 'rollback'
  deployedBy: string | null
}

export async function insertDeployment(tx: TenantTx, deployment: NewDeployment): Promise<void> {
  await tx.insert(deployments).values({ ...deployment, organizationId: tx.organizationId })
}

function deployedTo(tx: TenantTx, urlId: string) {
  return and(eq(deployments.organizationId, tx.organizationId), eq(deployments.urlId, urlId))
}

/** Every deployment of an address, oldest first: what a rollback is decided on. */
export function deploymentHistory(tx: TenantTx, urlId: string) {
  return tx
    .select({ kind: deployments.kind, buildId: deployments.buildId })
    .from(deployments)
    .where(deployedTo(tx, urlId))
    .orderBy(asc(deployments.createdAt), asc(deployments.id))
}

export function listDeployments(
  tx: TenantTx,
  urlId: string,
  page: { limit: number; after?: readonly [at: string, id: string] | undefined },
) {
  const { limit, after } = page
  return tx
    .select({
      id: deployments.id,
      buildId: deployments.buildId,
      previousBuildId: deployments.previousBuildId,
      kind: deployments.kind,
      by: sql<string | null>`${users.displayName}`,
      at: deployments.createdAt,
    })
    .from(deployments)
    .leftJoin(users, eq(users.id, deployments.deployedBy))
    .where(
      and(
        deployedTo(tx, urlId),
        after && sql`(${deployments.createdAt}, ${deployments.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
    )
    .orderBy(desc(deployments.createdAt), desc(deployments.id))
    .limit(limit + 1)
}

export async function countDeployments(tx: TenantTx, urlId: string): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(deployments)
    .where(deployedTo(tx, urlId))
  return row?.total ?? 0
}
