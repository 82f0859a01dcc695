import { z } from 'zod'
import {
  assignInput,
  createProjectInput,
  listProjectsQuery,
  projectList,
  projectTransitions,
  projectView,
  setStatusInput,
  transitionsView,
  updateProjectInput,
} from '@sparkle/shared/projects'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { createLinker } from '../../core/file-links.ts'
import { listProjectViews } from './list-projects.service.ts'
import {
  assignProject,
  changeProject,
  createProject,
  deleteProject,
  restoreProject,
  setProjectStatus,
} from './projects.service.ts'

const tags = ['Projects']

export async function projectRoutes(app: App): Promise<void> {
  const { crypto, config } = app.deps
  const { publicOrigin, gamesOrigin } = config
  const tools = { crypto, link: createLinker(crypto, publicOrigin), gamesOrigin }

  app.get(
    '/projects',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'listProjects',
        summary: 'List and search projects',
        tags,
        querystring: listProjectsQuery,
        response: { 200: projectList },
      },
    },
    async (req, reply) => {
      const page = await req.inTenantRead((tx) => listProjectViews(tx, tools, req.actor, req.query))
      if (req.query.fields !== undefined) reply.onlyFields(projectView, req.query.fields)
      return page
    },
  )

  app.post(
    '/projects',
    {
      config: { access: 'projects:create' },
      schema: {
        operationId: 'createProject',
        summary: 'Start a project without an order',
        tags,
        body: createProjectInput,
        response: { 201: projectView },
      },
    },
    async (req, reply) => {
      const project = await req.inTenant((tx) => createProject(tx, tools, req.actor, req.body))
      return reply.code(201).header('location', `/api/v1/projects/${project.id}`).send(project)
    },
  )

  app.get(
    '/projects/transitions',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'getTransitions',
        summary: 'Which status may follow which',
        description: 'From `on_hold` a project also goes back to the status before it, which its `legalMoves` name.',
        tags,
        response: { 200: transitionsView },
      },
    },
    async () => ({ transitions: projectTransitions }) as z.infer<typeof transitionsView>,
  )

  app.patch(
    '/projects/:id',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'updateProject',
        summary: 'Change a project',
        tags,
        params: idParams,
        body: updateProjectInput,
        response: { 200: projectView },
      },
    },
    (req) => req.inTenant((tx) => changeProject(tx, tools, req.actor, req.params.id, req.body, req.ifMatch)),
  )

  app.delete(
    '/projects/:id',
    {
      config: { access: 'projects:delete' },
      schema: {
        operationId: 'deleteProject',
        summary: 'Delete a project',
        description: 'It can be restored.',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteProject(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/projects/:id/restore',
    {
      config: { access: 'projects:delete' },
      schema: {
        operationId: 'restoreProject',
        summary: 'Bring a deleted project back',
        tags,
        params: idParams,
        response: { 200: projectView },
      },
    },
    (req) => req.inTenant((tx) => restoreProject(tx, tools, req.actor, req.params.id)),
  )

  app.post(
    '/projects/:id/status',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'setProjectStatus',
        summary: 'Move a project to another status',
        tags,
        params: idParams,
        body: setStatusInput,
        response: { 200: projectView },
      },
    },
    (req) => req.inTenant((tx) => setProjectStatus(tx, tools, req.actor, req.params.id, req.body.status, req.ifMatch)),
  )

  app.post(
    '/projects/:id/assign',
    {
      config: { access: 'projects:assign' },
      schema: {
        operationId: 'assignProject',
        summary: 'Assign an artist, or nobody',
        tags,
        params: idParams,
        body: assignInput,
        response: { 200: projectView },
      },
    },
    (req) => req.inTenant((tx) => assignProject(tx, tools, req.actor, req.params.id, req.body.userId, req.ifMatch)),
  )
}
