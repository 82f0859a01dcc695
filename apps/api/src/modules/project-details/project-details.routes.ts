import { projectDetails, projectDetailsQuery } from '@sparkle/shared/project-details'
import { idParams } from '@sparkle/shared/text'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { getProjectDetails } from './project-details.service.ts'

/** One project with what belongs to it: above the modules of these parts, which themselves stand on projects. */
export async function projectDetailsRoutes(app: App): Promise<void> {
  const { crypto, config } = app.deps
  const { publicOrigin, gamesOrigin } = config
  const tools = { crypto, link: createLinker(crypto, publicOrigin), gamesOrigin }

  app.get(
    '/projects/:id',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'getProject',
        summary: 'One project',
        tags: ['Projects'],
        params: idParams,
        querystring: projectDetailsQuery,
        response: { 200: projectDetails },
      },
    },
    (req) => req.inTenant((tx) => getProjectDetails(tx, tools, req.actor, req.params.id, req.query.include)),
  )
}
