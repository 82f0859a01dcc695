import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { assetQueries } from '../../features/assets/api.ts'
import { buildQueries } from '../../features/builds/api.ts'
import { reviewQueries } from '../../features/reviews/api.ts'
import { urlQueries } from '../../features/urls/api.ts'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import type { ProjectFacts } from './next-step.ts'

/** `hidden` where the role, or an artist who is not on the project, may not read what the facts are made of. */
export type FactsState = ProjectFacts | 'loading' | 'hidden'

/** All that the header of a project's page decides on. */
export function useProjectFacts(project: ProjectView): FactsState {
  const place = placeOf(project)
  const mayAssets = useCan('assets:read', place)
  const mayBuilds = useCan('builds:read', place)
  const mayUrls = useCan('urls:read', place)
  const enabled = mayAssets && mayBuilds && mayUrls
  const photos = useInfiniteQuery({ ...assetQueries.list(project.id, 'photo'), enabled })
  const sprites = useInfiniteQuery({ ...assetQueries.list(project.id, 'sprite'), enabled })
  const builds = useInfiniteQuery({ ...buildQueries.list(project.id), enabled })
  const urls = useInfiniteQuery({ ...urlQueries.list({ projectId: project.id }), enabled })
  const approval = useQuery({ ...reviewQueries.approval(project.id), enabled: mayUrls })
  if (!enabled || [photos, sprites, builds, urls, approval].some(({ isLoadingError }) => isLoadingError))
    return 'hidden'
  if (!photos.data || !sprites.data || !builds.data || !urls.data || !approval.data) return 'loading'
  return {
    project,
    photos: itemsOf(photos.data),
    sprites: itemsOf(sprites.data),
    builds: itemsOf(builds.data),
    urls: itemsOf(urls.data),
    approval: approval.data,
  }
}

function itemsOf<T>(data: { pages: { items: T[] }[] }): T[] {
  return data.pages.flatMap(({ items }) => items)
}
