import { idParams } from '@sparkle/shared/text'
import { analyticsCsvQuery, analyticsQuery, analyticsView } from '@sparkle/shared/urls'
import { z } from 'zod'
import type { App } from '../../plugins/types.ts'
import { analyticsCsv } from './analytics-csv.ts'
import { getAnalytics } from './analytics.service.ts'
import { findUrl } from './urls.queries.ts'

const tags = ['Addresses']

/** How games are played. */
export async function analyticsRoutes(app: App): Promise<void> {
  app.get(
    '/urls/:id/analytics',
    {
      config: { access: 'analytics:read' },
      schema: {
        operationId: 'getUrlAnalytics',
        summary: 'How the game at an address is played',
        description:
          "Days are those of the studio's time zone. Exact to the last second or so; bots and visitors who ask not to be tracked are not in it.",
        tags,
        params: idParams,
        querystring: analyticsQuery,
        response: { 200: analyticsView },
      },
    },
    (req) => req.inTenant((tx) => getAnalytics(tx, req.params.id, req.query)),
  )

  app.get(
    '/urls/:id/analytics.csv',
    {
      config: { access: 'analytics:read' },
      schema: {
        operationId: 'exportUrlAnalytics',
        summary: 'One table of the figures as a CSV file',
        description: 'UTF-8 with a byte order mark; cells that a spreadsheet would run begin with an apostrophe.',
        tags,
        produces: ['text/csv'],
        params: idParams,
        querystring: analyticsCsvQuery,
        response: { 200: z.string().meta({ format: 'binary', description: 'The table `part` names.' }) },
      },
    },
    async (req, reply) => {
      const { part, ...query } = req.query
      const { figures, slug } = await req.inTenant(async (tx) => ({
        figures: await getAnalytics(tx, req.params.id, query),
        slug: (await findUrl(tx, req.params.id))?.slug,
      }))
      const name = `${slug}-${part}-${figures.from}-${figures.to}.csv`
      reply.header('content-disposition', `attachment; filename="${name}"`).type('text/csv; charset=utf-8')
      return analyticsCsv(figures, part)
    },
  )
}
