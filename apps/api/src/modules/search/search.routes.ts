import { searchQuery, searchResults } from '@sparkle/shared/search'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { searchEverything } from './search.service.ts'

export async function searchRoutes(app: App): Promise<void> {
  const { crypto, config } = app.deps
  const { publicOrigin, gamesOrigin } = config
  const tools = { crypto, link: createLinker(crypto, publicOrigin), gamesOrigin }

  app.get(
    '/search',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'search',
        summary: 'Search everything',
        description: 'Projects, addresses and people, at most eight of each, as far as the caller may read them.',
        tags: ['Search'],
        querystring: searchQuery,
        response: { 200: searchResults },
      },
    },
    (req) => req.inTenantRead((tx) => searchEverything(tx, tools, req.actor, req.query.q)),
  )
}
