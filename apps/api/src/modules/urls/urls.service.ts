import { sql } from 'drizzle-orm'
import type { DeploymentView, ListUrlsQuery, ReserveUrlInput, UpdateUrlInput, UrlView } from '@sparkle/shared/urls'
import { renewalOf, reservationDays, termYears } from '@sparkle/shared/terms'
import { hiddenProjects, type SystemActor, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { findProject } from '../projects/projects.queries.ts'
import { openProject } from '../projects/projects.service.ts'
import { assertSlugFree, orTaken } from './slugs.service.ts'
import { addressOf, hostOf, type GamesPlace } from './urls.place.ts'
import {
  countDeployments,
  countUrls,
  deleteRedirect,
  deleteRedirectsOf,
  findUrl,
  insertRedirect,
  insertUrl,
  listDeployments,
  listUrls,
  lockUrl,
  updateUrl,
  type UrlRow,
} from './urls.queries.ts'

export function toView(place: GamesPlace, row: UrlRow): UrlView {
  const {
    host: _host,
    endedAt: _endedAt,
    createdAt: _createdAt,
    packageType: _packageType,
    primaryDomain,
    ...rest
  } = row
  return { ...rest, fullUrl: addressOf(place, row.slug, primaryDomain) }
}

export async function getUrl(tx: TenantTx, place: GamesPlace, id: string): Promise<UrlView> {
  return toView(place, (await findUrl(tx, id)) ?? notFound('url'))
}

const newestFirst = '-createdAt'

export async function listUrlViews(tx: TenantTx, place: GamesPlace, actor: UserActor, query: ListUrlsQuery) {
  const { limit, cursor, include, projectId, status } = query
  const after = cursor ? decodeCursor(cursor, newestFirst, ['time', 'id']) : undefined
  const filter = { projectId, status, withoutProjects: hiddenProjects(actor, 'urls:read', 'projects:read') }
  const page = toPage(await listUrls(tx, { limit, after, ...filter }), limit, newestFirst, (row) => [
    row.createdAt,
    row.id,
  ])
  const total = asksFor(include, 'total') ? await countUrls(tx, filter) : undefined
  return {
    items: page.rows.map((row) => toView(place, row)),
    nextCursor: page.nextCursor,
    ...(total !== undefined && { total }),
  }
}

/** Keeps an address for a project for {@link reservationDays} days. */
export async function reserveUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  projectId: string,
  { slug, allowReason }: ReserveUrlInput,
): Promise<UrlView> {
  const project = await openProject(tx, actor, projectId)
  const { allowed } = await assertSlugFree(tx, place, slug, { projectId }, allowReason)
  const id = newId()
  await orTaken(slug, () => insertUrl(tx, { id, projectId, host: hostOf(place), slug, days: reservationDays }))
  await recordAudit(tx, actor, 'url:reserved', { entity: 'url', id, changes: { slug: [null, slug] } })
  if (allowed) await recordAllowed(tx, actor, id, slug, allowReason)
  await emit(tx, actor, 'url:reserved', { projectId, data: { urlId: id, slug, petName: project.petName } })
  return getUrl(tx, place, id)
}

/** The address, locked for a change. Throws 404 for deleted ones, 412 for a stale `expected`. */
export async function openUrl(tx: TenantTx, id: string, expected: number | null): Promise<UrlRow> {
  const url = (await lockUrl(tx, id)) ?? notFound('url')
  if (url.status === 'deleted') notFound('url')
  assertVersion(url.version, expected)
  return url
}

/** Nothing goes live, comes back or lasts longer for a project that was deleted. Throws 409. */
export async function assertProjectKept(tx: TenantTx, projectId: string): Promise<void> {
  const project = await findProject(tx, projectId)
  if (!project || project.deletedAt)
    conflict('url.project_deleted', 'The project of this address was deleted. Restore it first.')
}

/** A word that the list refuses and a person stands for. */
function recordAllowed(tx: TenantTx, actor: UserActor, id: string, slug: string, reason: string | undefined) {
  return recordAudit(tx, actor, 'url:word:allowed', { entity: 'url', id, changes: { slug, reason } })
}

/** Another name, another rule for search engines, or both. */
export async function changeUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  id: string,
  { slug, allowReason, indexable }: UpdateUrlInput,
  expected: number | null,
): Promise<UrlView> {
  const url = await openUrl(tx, id, expected)
  if (slug !== undefined && slug !== url.slug) await renameUrl(tx, place, actor, url, slug, allowReason)
  if (indexable !== undefined && indexable !== url.indexable) {
    await updateUrl(tx, id, { indexable })
    const changes = { indexable: [url.indexable, indexable] }
    await recordAudit(tx, actor, 'url:updated', { entity: 'url', id, changes })
    await emit(tx, actor, 'url:updated', {
      projectId: url.projectId,
      data: { urlId: id, slug: slug ?? url.slug, petName: url.petName },
    })
  }
  return getUrl(tx, place, id)
}

/** One that has been live keeps answering under the old name, with a redirect. */
async function renameUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  url: UrlRow,
  slug: string,
  allowReason: string | undefined,
): Promise<void> {
  const { id, projectId } = url
  if (url.status === 'expired') conflict('url.expired', 'This address has expired. Renew it first.')
  const wasOurs = await deleteRedirect(tx, id, slug)
  const seeker = { projectId, urlId: id }
  const { allowed } = wasOurs ? { allowed: false } : await assertSlugFree(tx, place, slug, seeker, allowReason)
  await orTaken(slug, async () => {
    await updateUrl(tx, id, { slug, looksKept: false })
    if (url.deployedAt) await insertRedirect(tx, { id: newId(), urlId: id, host: url.host, slug: url.slug })
  })
  await recordAudit(tx, actor, 'url:renamed', { entity: 'url', id, changes: { slug: [url.slug, slug] } })
  if (allowed) await recordAllowed(tx, actor, id, slug, allowReason)
  await emit(tx, actor, 'url:renamed', {
    projectId,
    data: { urlId: id, from: url.slug, slug, petName: url.petName },
  })
}

/** Until when an address is kept that is (again) live from now on. */
export function termFrom(start: ReturnType<typeof sql>, packageType: UrlRow['packageType']) {
  return sql`${start} + make_interval(years => ${termYears[packageType]})`
}

/**
 * Another term, or a second reservation ({@link renewalOf} has the rule). Time that is left is not lost; an expired game
 * comes back. Throws 409 for what may not be renewed yet, or no more.
 */
export async function renewUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<UrlView> {
  const url = await openUrl(tx, id, expected)
  await assertProjectKept(tx, url.projectId)
  assertRenewable(url)
  const changes = url.liveBuildId
    ? {
        status: 'active' as const,
        endedAt: null,
        warnedDays: null,
        expiresAt: termFrom(sql`greatest(coalesce(expires_at, now()), now())`, url.packageType),
      }
    : { expiresAt: sql`reserved_at + make_interval(days => ${2 * reservationDays})` }
  await updateUrl(tx, id, changes)
  const view = await getUrl(tx, place, id)
  await recordAudit(tx, actor, 'url:renewed', {
    entity: 'url',
    id,
    changes: { expiresAt: [url.expiresAt, view.expiresAt] },
  })
  await emit(tx, actor, 'url:renewed', {
    projectId: url.projectId,
    data: { urlId: id, slug: url.slug, petName: url.petName, expiresAt: view.expiresAt },
  })
  return view
}

function assertRenewable(url: UrlRow): void {
  const now = new Date()
  const renewal = renewalOf(url, url.packageType, now)
  if (!renewal) conflict('url.renewed_before', 'A reservation is renewed once only. Deploy a game to keep the address.')
  if (renewal.from > now)
    conflict('url.renew_too_early', `This address may be renewed from ${renewal.from.toISOString().slice(0, 10)} on.`)
}

/** Takes an address down. One that has been live rests for a year before another pet may have it. */
export async function deleteUrl(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const url = await openUrl(tx, id, expected)
  await updateUrl(tx, id, { status: 'deleted', endedAt: url.endedAt ?? sql`now()` })
  if (!url.liveBuildId) await deleteRedirectsOf(tx, [id])
  await recordAudit(tx, actor, 'url:deleted', { entity: 'url', id, changes: { status: [url.status, 'deleted'] } })
  await emit(tx, actor, 'url:deleted', {
    projectId: url.projectId,
    data: { urlId: id, slug: url.slug, petName: url.petName },
  })
}

export async function listDeploymentViews(
  tx: TenantTx,
  urlId: string,
  query: { limit: number; cursor?: string | undefined; include?: string | undefined },
) {
  if (!(await findUrl(tx, urlId))) notFound('url')
  const after = query.cursor ? decodeCursor(query.cursor, newestFirst, ['time', 'id']) : undefined
  const rows: DeploymentView[] = await listDeployments(tx, urlId, { limit: query.limit, after })
  const page = toPage(rows, query.limit, newestFirst, (row) => [row.at, row.id])
  const total = asksFor(query.include, 'total') ? await countDeployments(tx, urlId) : undefined
  return { items: page.rows, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}
