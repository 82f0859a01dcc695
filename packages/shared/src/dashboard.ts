import { z } from 'zod'
import { perStatus } from './projects.ts'

/** The dashboard's figures: what is where, and how the last weeks went. */
export const dashboardView = z
  .object({
    byStatus: perStatus(z.int()),
    overdue: z.int(),
    dueThisWeek: z.int(),
    unassigned: z.int(),
    mine: z.int(),
    liveGames: z.int(),
    weeks: z.array(z.object({ week: z.string(), ordered: z.int(), completed: z.int(), plays: z.int() })),
  })
  .meta({ id: 'Dashboard' })
export type DashboardView = z.infer<typeof dashboardView>
