import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { bulkChangeInput, bulkResults } from '@sparkle/shared/project-bulk'
import { listProjectsQuery, projectView } from '@sparkle/shared/projects'
import { idParams } from '@sparkle/shared/text'
import { createLinker } from '../../core/file-links.ts'
import { recordAudit } from '../../core/audit.ts'
import type { App } from '../../plugins/types.ts'
import { setArchived } from './archive-project.service.ts'
import { changeProjects } from './bulk-change.ts'
import { exportProjects } from './export-projects.ts'

const tags = ['Projects']
const exportQuery = listProjectsQuery.omit({ limit: true, cursor: true, include: true, fields: true })

/** The schema of a file says `string`; its bytes go past the serialiser. */
function sendStream(reply: FastifyReply, stream: Readable): FastifyReply {
  return reply.send(stream)
}

/** What is done to projects beside their lists: set aside, many at once, taken out as a table. */
export async function projectSetRoutes(app: App): Promise<void> {
  const { crypto, config, db } = app.deps
  const { publicOrigin, gamesOrigin } = config
  const tools = { crypto, link: createLinker(crypto, publicOrigin), gamesOrigin }

  for (const verb of ['archive', 'unarchive'] as const) {
    app.post(
      `/projects/:id/${verb}`,
      {
        config: { access: 'projects:update' },
        schema: {
          operationId: `${verb}Project`,
          summary: verb === 'archive' ? 'Set a project aside' : 'Take a project out of the archive',
          description: 'Lists leave archived projects out unless `archived` asks for them.',
          tags,
          params: idParams,
          response: { 200: projectView },
        },
      },
      (req) => req.inTenant((tx) => setArchived(tx, tools, req.actor, req.params.id, verb === 'archive', req.ifMatch)),
    )
  }

  app.post(
    '/projects/bulk',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'changeProjects',
        summary: 'Change many projects at once',
        description:
          'Each project is changed or refused by itself, in one transaction; `results` says which, in the order of `items`.',
        tags,
        body: bulkChangeInput,
        response: { 200: bulkResults },
      },
    },
    async (req) => ({ results: await req.inTenant((tx) => changeProjects(tx, tools, req.actor, req.body)) }),
  )

  app.get(
    '/projects/export.csv',
    {
      config: { access: 'orders:read' },
      schema: {
        operationId: 'exportProjects',
        summary: 'Projects as a CSV file',
        description:
          'The filters of the list. UTF-8 with a byte order mark; an apostrophe stands before cells that a spreadsheet would run as a formula, and an import takes it off again.',
        tags,
        produces: ['text/csv'],
        querystring: exportQuery,
        response: { 200: z.string().meta({ format: 'binary', description: 'One line for each project.' }) },
      },
    },
    async (req, reply) => {
      const { actor } = req
      const { q, ...filters } = req.query
      await req.inTenant((tx) =>
        recordAudit(tx, actor, 'project:exported', {
          entity: 'organization',
          id: actor.organizationId,
          changes: { filters, searched: q !== undefined },
        }),
      )
      reply.header('content-disposition', 'attachment; filename="projects.csv"').type('text/csv; charset=utf-8')
      return sendStream(reply, Readable.from(exportProjects(db, tools, actor, { ...req.query, limit: 100 })))
    },
  )
}
