import { activityList, listActivityQuery } from '@sparkle/shared/activity'
import type { App } from '../../plugins/types.ts'
import { listActivity } from './activity.service.ts'

export async function activityRoutes(app: App): Promise<void> {
  app.get(
    '/activity',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'listActivity',
        summary: 'What has happened',
        description:
          'Newest first; with `after` oldest first from that `seq` on, for catching up. Customers see what concerns the projects of their account. `GET /events` sends the same live.',
        tags: ['Activity'],
        querystring: listActivityQuery,
        response: { 200: activityList },
      },
    },
    (req) => req.inTenant((tx) => listActivity(tx, req.actor, req.query)),
  )
}
