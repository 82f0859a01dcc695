import { z } from 'zod'
import { buildStatuses } from './builds.ts'
import { gameWishes, packageTypes } from './games.ts'
import { fieldsOf, listOf, pageQuery } from './lists.ts'
import { date, email, id, name, personName, phone, text, time, version } from './text.ts'

export const projectStatuses = ['backlog', 'in_progress', 'review', 'complete', 'on_hold', 'cancelled'] as const
export type ProjectStatus = (typeof projectStatuses)[number]
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

/** Legal moves. `on_hold` leads back to the status before it, which only the project itself knows. */
export const projectTransitions: Record<ProjectStatus, readonly ProjectStatus[]> = {
  backlog: ['in_progress', 'on_hold', 'cancelled'],
  in_progress: ['backlog', 'review', 'on_hold', 'cancelled'],
  review: ['in_progress', 'complete', 'on_hold', 'cancelled'],
  complete: ['review'],
  on_hold: ['cancelled'],
  cancelled: ['backlog'],
}

/** The moves that are legal from here; `before` is the status a project on hold came from. */
export function legalMoves(status: ProjectStatus, before: ProjectStatus | null): ProjectStatus[] {
  const moves = [...projectTransitions[status]]
  return status === 'on_hold' && before ? [before, ...moves] : moves
}

const hours = z.number().min(0).max(10_000).multipleOf(0.25)

const projectFields = {
  name: name(120),
  description: text(4000),
  customerName: personName(120),
  customerEmail: email,
  customerPhone: phone,
  petName: name(60),
  petBreed: text(80),
  petAge: text(40),
  petPersonality: text(1000),
  packageType: z.enum(packageTypes),
  priority: z.enum(priorities),
  startDate: date,
  deadline: date,
  budgetHours: hours,
  estimatedHours: hours,
  actualHours: hours,
  gameConfig: gameWishes,
  notes: text(10_000),
}

export const createProjectInput = z
  .object({
    name: projectFields.name.optional().meta({ description: "Defaults to the pet's name." }),
    description: projectFields.description.default(''),
    customerName: projectFields.customerName.optional(),
    customerEmail: projectFields.customerEmail.optional(),
    customerPhone: projectFields.customerPhone.optional(),
    petProfileId: id.optional().meta({
      description: 'The profile of a pet that has been here before: fills in what is left out, and its client.',
    }),
    petName: projectFields.petName,
    petBreed: projectFields.petBreed.default(''),
    petAge: projectFields.petAge.default(''),
    petPersonality: projectFields.petPersonality.default(''),
    packageType: projectFields.packageType.default('custom'),
    priority: projectFields.priority.default('normal'),
    assignedArtistId: id.nullish(),
    startDate: projectFields.startDate.nullish(),
    deadline: projectFields.deadline.nullish(),
    budgetHours: projectFields.budgetHours.nullish(),
    estimatedHours: projectFields.estimatedHours.nullish(),
    gameConfig: projectFields.gameConfig.default({ difficulty: 'medium', features: [] }),
    notes: projectFields.notes.default(''),
  })
  .meta({ id: 'CreateProjectInput' })
export type CreateProjectInput = z.infer<typeof createProjectInput>

export const updateProjectInput = z
  .object({
    ...projectFields,
    customerName: projectFields.customerName.nullable(),
    customerEmail: projectFields.customerEmail.nullable(),
    customerPhone: projectFields.customerPhone.nullable(),
    startDate: projectFields.startDate.nullable(),
    deadline: projectFields.deadline.nullable(),
    budgetHours: projectFields.budgetHours.nullable(),
    estimatedHours: projectFields.estimatedHours.nullable(),
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateProjectInput' })
export type UpdateProjectInput = z.infer<typeof updateProjectInput>

/** How far the game has come: what a card shows as small marks. */
export const projectProgress = z
  .object({
    photos: z.int().meta({ description: 'Ready photos.' }),
    sprites: z.int().meta({ description: 'Ready sprites.' }),
    build: z.enum(buildStatuses).nullable().meta({ description: 'Status of the newest build.' }),
    liveSlug: z.string().nullable(),
    liveUrl: z.string().nullable().meta({ description: 'Where people play it.' }),
  })
  .meta({ id: 'ProjectProgress' })
export type ProjectProgress = z.infer<typeof projectProgress>

export const projectView = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    customerName: z.string().nullable(),
    customerEmail: z.string().nullable(),
    customerPhone: z.string().nullable(),
    petName: z.string(),
    petBreed: z.string(),
    petAge: z.string(),
    petPersonality: z.string(),
    packageType: z.enum(packageTypes),
    status: z.enum(projectStatuses),
    legalMoves: z.array(z.enum(projectStatuses)).meta({ description: 'The statuses it may move to now.' }),
    priority: z.enum(priorities),
    assignedArtistId: id.nullable(),
    assignedArtistName: z.string().nullable(),
    accountId: id.nullable(),
    startDate: date.nullable(),
    deadline: date.nullable(),
    budgetHours: z.number().nullable().meta({ description: 'The most hours it may cost.' }),
    estimatedHours: z.number().nullable(),
    actualHours: z.number(),
    gameConfig: gameWishes,
    notes: z.string(),
    orderNumber: z.string().nullable(),
    thumbUrl: z.string().nullable().meta({ description: 'The newest ready sprite or photo, signed and cacheable.' }),
    thumbKind: z.enum(['sprite', 'photo']).nullable().meta({ description: 'What `thumbUrl` shows.' }),
    progress: projectProgress.optional().meta({ description: 'Only in lists asked for with `include=progress`.' }),
    createdAt: time,
    updatedAt: time,
    completedAt: time.nullable(),
    archivedAt: time.nullable().meta({ description: 'Set aside: lists leave it out unless asked for.' }),
    deletedAt: time.nullable(),
    version,
  })
  .meta({ id: 'Project' })
export type ProjectView = z.infer<typeof projectView>

export const projectList = listOf(projectView)
export type ProjectList = z.infer<typeof projectList>

export const projectSorts = [
  '-createdAt',
  'createdAt',
  '-updatedAt',
  'deadline',
  '-deadline',
  'petName',
  '-petName',
] as const
export const listProjectsQuery = pageQuery.extend({
  ...fieldsOf(projectView),
  include: text(80).optional().meta({ description: 'Comma-separated extras: `total`, `progress`.' }),
  sort: z.enum(projectSorts).default('-createdAt'),
  status: text(80)
    .optional()
    .refine((value) => !value || value.split(',').every((s) => (projectStatuses as readonly string[]).includes(s)), {
      error: `Use a comma-separated list of ${projectStatuses.join(', ')}.`,
    }),
  accountId: id.optional().meta({ description: 'Only those of this client.' }),
  assignedTo: z.union([id, z.literal('me'), z.literal('nobody')]).optional(),
  priority: z.enum(priorities).optional(),
  packageType: z.enum(packageTypes).optional(),
  deadlineFrom: date.optional().meta({ description: 'Deadlines on this day or later.' }),
  deadlineBefore: date.optional().meta({ description: 'Deadlines before this day, not on it.' }),
  unscheduled: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: '`true`: only those without a deadline.' }),
  archived: z
    .enum(['true', 'false', 'any'])
    .default('false')
    .meta({ description: '`true` lists the archived ones instead, `any` both.' }),
  deleted: z.enum(['true', 'false']).default('false').meta({ description: '`true` lists the deleted ones instead.' }),
  q: text(200).optional().meta({
    description:
      'Searches names, breed, order number and notes; or one exact e-mail. For customers: names, breed and order number.',
  }),
})
export type ListProjectsQuery = z.infer<typeof listProjectsQuery>

export const setStatusInput = z.object({ status: z.enum(projectStatuses) }).meta({ id: 'SetStatusInput' })
export const assignInput = z.object({ userId: id.nullable() }).meta({ id: 'AssignInput' })

/** One value for each status: `z.record` over an enum leaves the properties out of the JSON Schema. */
export function perStatus<T extends z.ZodType>(value: T) {
  return z.object({
    backlog: value,
    in_progress: value,
    review: value,
    complete: value,
    on_hold: value,
    cancelled: value,
  })
}
export const transitionsView = z
  .object({ transitions: perStatus(z.array(z.enum(projectStatuses))) })
  .meta({ id: 'Transitions' })
