import type { SlugRefusal, SuggestionList } from '@sparkle/shared/urls'
import { AppError, conflict, invalid, notFound } from '../../core/app-error.ts'
import { violates } from '../../core/db-fault.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { slugStates } from '../../db/system-games.ts'
import { findProject } from '../projects/projects.queries.ts'
import { suggestSlugs } from './suggestions.ts'
import { hostOf, type GamesPlace } from './urls.place.ts'
import { refusalOf, type SlugFault } from './urls.rules.ts'

/** For whom a slug is asked: a pet may have its own rested name back, and an address is in nobody's way when renamed. */
export interface SlugSeeker {
  projectId: string | null
  urlId?: string
}

/** Whether a slug can be had. */
export async function checkSlug(
  tx: TenantTx,
  place: GamesPlace,
  slug: string,
  seeker: SlugSeeker,
): Promise<SlugRefusal | null> {
  return refusalOf(slug) ?? takenOf(tx, place, slug, seeker)
}

async function takenOf(tx: TenantTx, place: GamesPlace, slug: string, { projectId, urlId = '' }: SlugSeeker) {
  const states = await slugStates(tx, hostOf(place), [slug], projectId, urlId || null)
  const state = states.get(slug) ?? 'taken'
  return state === 'free' ? null : state
}

/** Suggestions for a project's pet, those that are free first. */
export async function suggestUrls(tx: TenantTx, place: GamesPlace, projectId: string): Promise<SuggestionList> {
  const project = await findProject(tx, projectId)
  if (!project || project.deletedAt) notFound('project')
  const slugs = suggestSlugs({ ...project, theme: project.gameConfig.theme })
  const states = await slugStates(tx, hostOf(place), slugs, projectId, null)
  const items = slugs.map((slug) => ({ slug, available: states.get(slug) === 'free' }))
  return { items: [...items.filter((item) => item.available), ...items.filter((item) => !item.available)] }
}

const faults: Record<SlugFault, string> = {
  malformed: 'Use 3 to 40 small letters, digits and inner hyphens.',
  reserved_word: 'This word is kept for our own pages. Add something to it.',
  offensive: 'This address holds an offensive word. If it is an honest name, say why in `allowReason`.',
}

/**
 * Throws 422 `url.slug_refused` for what nobody gets and 409 `url.slug_taken` for what somebody has. A word that is only
 * thought offensive passes with a reason; answers whether it needed one, so that it goes on record.
 */
export async function assertSlugFree(
  tx: TenantTx,
  place: GamesPlace,
  slug: string,
  seeker: SlugSeeker,
  allowReason?: string,
): Promise<{ allowed: boolean }> {
  const fault = refusalOf(slug)
  const allowed = fault === 'offensive' && allowReason !== undefined
  if (fault && !allowed) refuse(fault)
  const state = await takenOf(tx, place, slug, seeker)
  if (state === 'taken') throw slugTaken(slug)
  if (state === 'look_alike')
    conflict('url.slug_taken', `“${slug}” looks like another pet's address, so people would mix them up.`)
  if (state === 'resting')
    conflict(
      'url.slug_taken',
      `“${slug}” was another pet's address until lately and rests for a year. Choose another one.`,
    )
  return { allowed }
}

function refuse(fault: SlugFault): never {
  return invalid('url.slug_refused', faults[fault], 'body.slug')
}

function slugTaken(slug: string): AppError {
  return new AppError('conflict', 'url.slug_taken', `“${slug}” is taken. Choose another address.`)
}

const uniqueKeys = ['urls_slug_key', 'urls_skeleton_key', 'url_redirects_slug_key']

/** Two who want the same slug at once both see it free; the unique index lets one of them in. */
export async function orTaken<T>(slug: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (uniqueKeys.some((key) => violates(error, key))) throw slugTaken(slug)
    throw error
  }
}
