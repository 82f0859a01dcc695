import { dashboardView, type DashboardView } from '@sparkle/shared/dashboard'
import { projectStatuses } from '@sparkle/shared/projects'
import { hiddenProjects, type UserActor } from '../../core/actor.ts'
import type { TenantRead } from '../../core/in-tenant.ts'
import type { App } from '../../plugins/types.ts'
import { countByStatus, countDue, countWeeks } from './dashboard.queries.ts'

const shownWeeks = 12

/** The studio at a glance. */
export async function dashboardRoutes(app: App): Promise<void> {
  app.get(
    '/dashboard',
    {
      config: { access: 'studio:read' },
      schema: {
        operationId: 'getDashboard',
        summary: 'What is where, what is due, and how the last weeks went',
        tags: ['Studio'],
        response: { 200: dashboardView },
      },
    },
    (req) => req.inTenantRead((tx) => getDashboard(tx, req.actor)),
  )
}

async function getDashboard(tx: TenantRead, actor: UserActor): Promise<DashboardView> {
  // What somebody is denied is in no figure of theirs.
  const hidden = hiddenProjects(actor, 'projects:read')
  const [statuses, due, weeks] = await Promise.all([
    countByStatus(tx, hidden),
    countDue(tx, actor.userId, hidden),
    countWeeks(tx, shownWeeks, hidden),
  ])
  const counted = new Map(statuses.map((row) => [row.status, row.count]))
  const byStatus = Object.fromEntries(projectStatuses.map((status) => [status, counted.get(status) ?? 0]))
  return { byStatus: byStatus as DashboardView['byStatus'], ...due, weeks }
}
