import { z } from 'zod'
import { createViewInput, savedView, savedViewList, updateViewInput } from '@sparkle/shared/project-views'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { changeView, createView, deleteView, listViews } from './project-views.service.ts'

const tags = ['Project views']

export async function projectViewRoutes(app: App): Promise<void> {
  app.get(
    '/project-views',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'listProjectViews',
        summary: 'Saved views of the project list',
        description: 'Your own and those that are shared with the studio.',
        tags,
        response: { 200: savedViewList },
      },
    },
    (req) => req.inTenant((tx) => listViews(tx, req.actor)),
  )

  app.post(
    '/project-views',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'createProjectView',
        summary: 'Save a view',
        tags,
        body: createViewInput,
        response: { 201: savedView },
      },
    },
    async (req, reply) => reply.code(201).send(await req.inTenant((tx) => createView(tx, req.actor, req.body))),
  )

  app.patch(
    '/project-views/:id',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'updateProjectView',
        summary: 'Change a saved view',
        tags,
        params: idParams,
        body: updateViewInput,
        response: { 200: savedView },
      },
    },
    (req) => req.inTenant((tx) => changeView(tx, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/project-views/:id',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'deleteProjectView',
        summary: 'Delete a saved view',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteView(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )
}
