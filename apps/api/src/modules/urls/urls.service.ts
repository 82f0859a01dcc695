import { sql } from 'drizzle-orm'
import type { DeploymentView, ListUrlsQuery, SlugRefusal, SuggestionList, UrlView } from '@sparkle/shared/urls'
import type { SystemActor, UserActor } from '../../core/actor.ts'
import { AppError, assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import { violates } from '../../core/db-fault.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { slugState } from '../../db/system.ts'
import { findProject } from '../projects/projects.queries.ts'
import { openProject } from '../projects/projects.service.ts'
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
import { refusalOf, reservationDays, suggestSlugs, termYears } from './urls.rules.ts'

/** Where games live, as `https://play.example`: part of every address. */
export interface GamesPlace {
  gamesOrigin: string
}

export function hostOf({ gamesOrigin }: GamesPlace): string {
  return new URL(gamesOrigin).host
}

export function addressOf({ gamesOrigin }: GamesPlace, slug: string): string {
  return `${gamesOrigin}/${slug}/`
}

export function toView(place: GamesPlace, row: UrlRow): UrlView {
  const { host: _host, endedAt: _endedAt, createdAt: _createdAt, packageType: _packageType, ...rest } = row
  return { ...rest, fullUrl: addressOf(place, row.slug) }
}

export async function getUrl(tx: TenantTx, place: GamesPlace, id: string): Promise<UrlView> {
  return toView(place, (await findUrl(tx, id)) ?? notFound('url'))
}

const newestFirst = '-createdAt'

export async function listUrlViews(tx: TenantTx, place: GamesPlace, query: ListUrlsQuery) {
  const { limit, cursor, include, projectId, status } = query
  const after = cursor ? decodeCursor(cursor, newestFirst, ['time', 'id']) : undefined
  const page = toPage(await listUrls(tx, { limit, projectId, status, after }), limit, newestFirst, (row) => [
    row.createdAt,
    row.id,
  ])
  const total = asksFor(include, 'total') ? await countUrls(tx, { projectId, status }) : undefined
  return {
    items: page.rows.map((row) => toView(place, row)),
    nextCursor: page.nextCursor,
    ...(total !== undefined && { total }),
  }
}

/** Whether a slug can be had. `projectId` lets a pet have a name back that rests for all others. */
export async function checkSlug(
  tx: TenantTx,
  place: GamesPlace,
  slug: string,
  projectId: string | null,
): Promise<SlugRefusal | null> {
  const refusal = refusalOf(slug)
  if (refusal) return refusal
  const state = await slugState(tx, hostOf(place), slug, projectId)
  return state === 'free' ? null : state
}

/** Suggestions for a project's pet, those that are free first. */
export async function suggestUrls(tx: TenantTx, place: GamesPlace, projectId: string): Promise<SuggestionList> {
  const project = await findProject(tx, projectId)
  if (!project || project.deletedAt) notFound('project')
  const items: SuggestionList['items'] = []
  for (const slug of suggestSlugs({ ...project, theme: project.gameConfig.theme }))
    items.push({ slug, available: (await slugState(tx, hostOf(place), slug, projectId)) === 'free' })
  return { items: [...items.filter((item) => item.available), ...items.filter((item) => !item.available)] }
}

const refusals: Record<Exclude<SlugRefusal, 'taken' | 'resting'>, string> = {
  malformed: 'Use 3 to 40 small letters, digits and inner hyphens.',
  reserved_word: 'This word is kept for our own pages. Add something to it.',
  offensive: 'This address holds an offensive word.',
}

/** Throws 422 `url.slug_refused` for what nobody gets and 409 `url.slug_taken` for what somebody has. */
export async function assertSlugFree(tx: TenantTx, place: GamesPlace, slug: string, projectId: string): Promise<void> {
  const refusal = await checkSlug(tx, place, slug, projectId)
  if (refusal === null) return
  if (refusal === 'taken') throw slugTaken(slug)
  if (refusal === 'resting')
    conflict(
      'url.slug_taken',
      `“${slug}” was another pet's address until lately and rests for a year. Choose another one.`,
    )
  throw new AppError('invalid', 'url.slug_refused', refusals[refusal], {
    errors: [{ path: 'body.slug', message: refusals[refusal] }],
  })
}

function slugTaken(slug: string): AppError {
  return new AppError('conflict', 'url.slug_taken', `“${slug}” is taken. Choose another address.`)
}

/** Two who want the same slug at once both see it free; the unique index lets one of them in. */
async function orTaken<T>(slug: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (violates(error, 'urls_slug_key') || violates(error, 'url_redirects_slug_key')) throw slugTaken(slug)
    throw error
  }
}

/** Keeps an address for a project for {@link reservationDays} days. */
export async function reserveUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  projectId: string,
  slug: string,
): Promise<UrlView> {
  const project = await openProject(tx, actor, projectId)
  await assertSlugFree(tx, place, slug, projectId)
  const id = newId()
  await orTaken(slug, () => insertUrl(tx, { id, projectId, host: hostOf(place), slug, days: reservationDays }))
  await recordAudit(tx, actor, 'url:reserved', { entity: 'url', id, changes: { slug: [null, slug] } })
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

/** Gives an address another name. One that has been live keeps answering under the old name, with a redirect. */
export async function renameUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  id: string,
  slug: string,
  expected: number | null,
): Promise<UrlView> {
  const url = await openUrl(tx, id, expected)
  if (url.slug === slug) return toView(place, url)
  if (url.status === 'expired') conflict('url.expired', 'This address has expired. Renew it first.')
  const wasOurs = await deleteRedirect(tx, id, slug)
  if (!wasOurs) await assertSlugFree(tx, place, slug, url.projectId)
  await orTaken(slug, async () => {
    await updateUrl(tx, id, { slug })
    if (url.deployedAt) await insertRedirect(tx, { id: newId(), urlId: id, host: url.host, slug: url.slug })
  })
  await recordAudit(tx, actor, 'url:renamed', { entity: 'url', id, changes: { slug: [url.slug, slug] } })
  await emit(tx, actor, 'url:renamed', {
    projectId: url.projectId,
    data: { urlId: id, from: url.slug, slug, petName: url.petName },
  })
  return getUrl(tx, place, id)
}

/** Until when an address is kept that is (again) live from now on. */
export function termFrom(start: ReturnType<typeof sql>, packageType: UrlRow['packageType']) {
  return sql`${start} + make_interval(years => ${termYears[packageType]})`
}

/** Another term, or another reservation. Time that is left is not lost; an expired game comes back. */
export async function renewUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<UrlView> {
  const url = await openUrl(tx, id, expected)
  const live = url.liveBuildId !== null
  const changes = live
    ? {
        status: 'active' as const,
        endedAt: null,
        expiresAt: termFrom(sql`greatest(coalesce(expires_at, now()), now())`, url.packageType),
      }
    : { status: 'reserved' as const, endedAt: null, expiresAt: sql`now() + make_interval(days => ${reservationDays})` }
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
