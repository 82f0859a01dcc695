import { figureParams, figureProjects, figureProjectsQuery, figuresQuery, figuresView } from '@sparkle/shared/dashboard'
import { z } from 'zod'
import type { App } from '../../plugins/types.ts'
import { figuresCsv } from './figures-csv.ts'
import { getFigureProjects, getFigures } from './figures.service.ts'

const tags = ['Studio']

/** The business in figures, over any period. */
export async function figureRoutes(app: App): Promise<void> {
  app.get(
    '/dashboard/figures',
    {
      config: { access: 'analytics:read' },
      schema: {
        operationId: 'getFigures',
        summary: 'How the studio does over a period, beside the period before',
        tags,
        querystring: figuresQuery,
        response: { 200: figuresView },
      },
    },
    (req) => req.inTenant((tx) => getFigures(tx, req.actor, req.query)),
  )

  app.get(
    '/dashboard/figures.csv',
    {
      config: { access: 'analytics:read' },
      schema: {
        operationId: 'exportFigures',
        summary: 'The same as a CSV file',
        description: 'UTF-8 with a byte order mark; cells that a spreadsheet would run begin with an apostrophe.',
        tags,
        produces: ['text/csv'],
        querystring: figuresQuery,
        response: { 200: z.string().meta({ format: 'binary', description: 'One line for each figure.' }) },
      },
    },
    async (req, reply) => {
      const figures = await req.inTenant((tx) => getFigures(tx, req.actor, req.query))
      const name = `figures-${figures.from}-${figures.to}.csv`
      reply.header('content-disposition', `attachment; filename="${name}"`).type('text/csv; charset=utf-8')
      return figuresCsv(figures)
    },
  )

  app.get(
    '/dashboard/figures/:key/projects',
    {
      config: { access: 'analytics:read' },
      schema: {
        operationId: 'listFigureProjects',
        summary: 'The projects behind a figure, those with the largest part in it first',
        tags,
        params: figureParams,
        querystring: figureProjectsQuery,
        response: { 200: figureProjects },
      },
    },
    (req) => req.inTenant((tx) => getFigureProjects(tx, req.actor, req.params.key, req.query)),
  )
}
