import { z } from 'zod'
import { wholeListOf } from './lists.ts'
import { packageTypes } from './games.ts'
import { priorities, projectSorts, projectStatuses } from './projects.ts'
import { id, name, text, time, version } from './text.ts'

export const viewLayouts = ['table', 'board'] as const
export type ViewLayout = (typeof viewLayouts)[number]

/** Windows of deadlines, counted from the day somebody looks. */
export const deadlineWindows = ['overdue', 'week', 'month'] as const
export type DeadlineWindow = (typeof deadlineWindows)[number]

/** The columns of the table that can be left out; the pet is always there. */
export const projectColumnNames = [
  'status',
  'artist',
  'priority',
  'deadline',
  'budget',
  'game',
  'created',
  'updated',
] as const
export type ProjectColumnName = (typeof projectColumnNames)[number]

/** The filters of the list as its address holds them: relative, so that a view of "mine" is everybody's own. */
export const savedFilters = z
  .object({
    q: text(200),
    status: z.enum(projectStatuses),
    artist: z.union([id, z.literal('me'), z.literal('nobody')]),
    priority: z.enum(priorities),
    package: z.enum(packageTypes),
    due: z.enum(deadlineWindows),
    archived: z.literal('1'),
  })
  .partial()
  .meta({ id: 'SavedFilters' })
export type SavedFilters = z.infer<typeof savedFilters>

const viewFields = {
  name: name(60),
  shared: z.boolean().meta({ description: 'Whether everybody in the studio sees it.' }),
  layout: z.enum(viewLayouts),
  sort: z.enum(projectSorts),
  filters: savedFilters,
  columns: z.array(z.enum(projectColumnNames)).max(projectColumnNames.length).nullable(),
}

export const createViewInput = z
  .object({
    ...viewFields,
    shared: viewFields.shared.default(false),
    layout: viewFields.layout.default('table'),
    sort: viewFields.sort.default('-createdAt'),
    filters: viewFields.filters.default({}),
    columns: viewFields.columns.default(null),
  })
  .meta({ id: 'CreateProjectViewInput' })
export type CreateViewInput = z.infer<typeof createViewInput>

export const updateViewInput = z
  .object(viewFields)
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateProjectViewInput' })
export type UpdateViewInput = z.infer<typeof updateViewInput>

export const savedView = z
  .object({
    id,
    name: z.string(),
    shared: z.boolean(),
    layout: viewFields.layout,
    sort: viewFields.sort,
    filters: savedFilters,
    columns: z.array(z.enum(projectColumnNames)).nullable(),
    ownerId: id,
    ownerName: z.string().nullable(),
    mayChange: z.boolean().meta({ description: 'Whether the reader may rename, change or delete it.' }),
    createdAt: time,
    updatedAt: time,
    version,
  })
  .meta({ id: 'ProjectSavedView' })
export type SavedView = z.infer<typeof savedView>

/** At most this many views a person keeps, and a studio shares. */
export const mostViews = 50
export const savedViewList = wholeListOf(savedView)
