import { z } from 'zod'
import { packageTypes } from './games.ts'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { perStatus, projectStatuses } from './projects.ts'
import { date, id, time } from './text.ts'

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

/** A figure over a period, beside the same for the period before; null where there is nothing to tell it from. */
const compared = z.object({
  value: z.number().nullable(),
  before: z.number().nullable().meta({ description: 'In as many days before `from`.' }),
})

export const figuresQuery = z.object({
  from: date.optional().meta({ description: 'First day; 90 days back when left out.' }),
  to: date.optional().meta({ description: 'Last day, included; today when left out.' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(732)
    .optional()
    .meta({ description: 'Instead of `from`: so many days, `to` among them.' }),
})
export type FiguresQuery = z.infer<typeof figuresQuery>

export const figureUnits = ['day', 'week', 'month'] as const
export type FigureUnit = (typeof figureUnits)[number]

/** How the studio does over a period. Days are those of its time zone. */
export const figuresView = z
  .object({
    from: z.string(),
    to: z.string(),
    before: z.object({ from: z.string(), to: z.string() }).meta({ description: 'The period it is compared with.' }),
    timeZone: z.string(),
    totals: z.object({
      ordered: compared.meta({
        description: 'Projects that came in as an order; those made by hand or imported are not counted.',
      }),
      completed: compared.meta({ description: 'Projects completed.' }),
      leadDays: compared.meta({ description: 'Median days from order to completion.' }),
      leadDaysP85: compared.meta({
        description: 'Of 100 projects, 85 took at most so many days from order to completion.',
      }),
      cycleDays: compared.meta({ description: 'Median days from the first start of work to completion.' }),
      cycleDaysP85: compared,
      onTimeShare: compared.meta({ description: 'Share (0 to 1) of the completed ones with a deadline that kept it.' }),
      withDeadline: compared.meta({ description: 'Completed projects that had a deadline.' }),
      firstTimeApproval: compared.meta({
        description: 'Share (0 to 1) of what was first approved in the period without a wish for changes before.',
      }),
      approved: compared.meta({ description: 'Games, pictures and files approved for the first time.' }),
      views: compared,
      plays: compared,
      finishes: compared,
    }),
    unit: z.enum(figureUnits).meta({ description: 'What an entry of the series covers; weeks begin on Monday.' }),
    series: z.array(
      z.object({
        day: z.string().meta({ description: 'Its first day within the period.' }),
        ordered: z.int(),
        completed: z.int(),
        onTime: z.int(),
        late: z.int(),
        views: z.int(),
        plays: z.int(),
      }),
    ),
    packages: z.array(z.object({ packageType: z.enum(packageTypes), ordered: compared })),
    artists: z
      .array(
        z.object({
          userId: id.nullable().meta({ description: 'Null for projects that nobody has.' }),
          name: z.string().nullable(),
          openProjects: z.int(),
          overdue: z.int(),
          hoursLeft: z.number().meta({ description: 'Estimated hours less those worked.' }),
          withoutEstimate: z.int(),
          weeklyHours: z.number().nullable().meta({ description: 'Hours a week there are, as the profile says.' }),
          skills: z.array(z.string()),
        }),
      )
      .meta({ description: 'Who has what to do now, whatever the period; projects on hold are left out.' }),
  })
  .meta({ id: 'StudioFigures' })
export type FiguresView = z.infer<typeof figuresView>

/** What projects can be told to be behind. */
export const figureKeys = [
  'ordered',
  'completed',
  'leadDays',
  'cycleDays',
  'late',
  'approved',
  'views',
  'plays',
  'load',
] as const
export type FigureKey = (typeof figureKeys)[number]

export const figureParams = z.object({ key: z.enum(figureKeys) })
export const figureProjectsQuery = pageQuery.extend({
  ...sortedBy('-value'),
  ...figuresQuery.shape,
  packageType: z.enum(packageTypes).optional().meta({ description: 'With `ordered`.' }),
  assignedTo: z
    .union([id, z.literal('nobody')])
    .optional()
    .meta({ description: 'With `load`.' }),
})
export type FigureProjectsQuery = z.infer<typeof figureProjectsQuery>
export const figureProjects = listOf(
  z.object({
    id,
    name: z.string(),
    petName: z.string(),
    status: z.enum(projectStatuses),
    packageType: z.enum(packageTypes),
    assignedArtistName: z.string().nullable(),
    createdAt: time,
    deadline: z.string().nullable(),
    completedAt: time.nullable(),
    value: z.number().nullable().meta({
      description:
        'Its part in the figure: days, days late, rounds of changes, views, plays or hours left; null for counts.',
    }),
  }),
)
export type FigureProject = z.infer<typeof figureProjects>['items'][number]
