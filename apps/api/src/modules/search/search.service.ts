import { mostHits, type SearchResults } from '@sparkle/shared/search'
import { can, hiddenProjects, isClient, type UserActor } from '../../core/actor.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import type { TenantRead } from '../../core/in-tenant.ts'
import { listProjectViews } from '../projects/list-projects.service.ts'
import type { ViewTools } from '../projects/project-view.service.ts'
import { foundAddresses, foundPeople } from './search.queries.ts'

/** Looks everywhere at once; each kind keeps the rights of its own list. */
export async function searchEverything(
  tx: TenantRead,
  tools: ViewTools,
  actor: UserActor,
  q: string,
): Promise<SearchResults> {
  const words = q.trim().toLowerCase()
  if (words.length < 2) return { projects: [], addresses: [], people: [] }
  const slug = words.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '')
  const client = isClient(actor)
  const accountId = client ? (actor.accountId ?? actor.userId) : null
  const filter = {
    limit: mostHits,
    sort: '-createdAt',
    deleted: 'false',
    archived: 'any',
    unscheduled: 'false',
  } as const
  const hidden = hiddenProjects(actor, 'urls:read', 'projects:read')
  const [projects, addresses, people] = await Promise.all([
    listProjectViews(tx, tools, actor, { ...filter, q: words }),
    slug && (can(actor, 'urls:read') || client) ? tx.run(foundAddresses, { words: slug, accountId, hidden }) : [],
    can(actor, 'users:read') ? tx.run(foundPeople, { words }) : [],
  ])
  return {
    projects: projects.items.map(({ archivedAt, ...project }) => ({ ...project, archived: archivedAt !== null })),
    addresses: addresses.map(({ primaryDomain, ...url }) => ({
      ...url,
      fullUrl: `${gameOrigin(tools.gamesOrigin, primaryDomain)}/${url.slug}/`,
    })),
    people,
  }
}
