import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { assetQueries } from '../../features/assets/api.ts'
import { buildQueries } from '../../features/builds/api.ts'
import { urlQueries } from '../../features/urls/api.ts'
import { useCan } from '../../lib/session.tsx'
import type { ProjectFacts } from './next-step.ts'

/** All that the header of a project's page decides on; null until it is there. What a role may not read counts as none. */
export function useProjectFacts(project: ProjectView): ProjectFacts | null {
  const mayAssets = useCan('assets:read')
  const mayBuilds = useCan('builds:read')
  const mayUrls = useCan('urls:read')
  const photos = useInfiniteQuery({ ...assetQueries.list(project.id, 'photo'), enabled: mayAssets })
  const sprites = useInfiniteQuery({ ...assetQueries.list(project.id, 'sprite'), enabled: mayAssets })
  const builds = useInfiniteQuery({ ...buildQueries.list(project.id), enabled: mayBuilds })
  const urls = useInfiniteQuery({ ...urlQueries.list({ projectId: project.id }), enabled: mayUrls })
  const waiting =
    (mayAssets && (!photos.data || !sprites.data)) || (mayBuilds && !builds.data) || (mayUrls && !urls.data)
  if (waiting) return null
  return {
    project,
    photos: itemsOf(photos.data),
    sprites: itemsOf(sprites.data),
    builds: itemsOf(builds.data),
    urls: itemsOf(urls.data),
  }
}

function itemsOf<T>(data: { pages: { items: T[] }[] } | undefined): T[] {
  return data?.pages.flatMap(({ items }) => items) ?? []
}
