import { z } from 'zod'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { organizationStatuses, plans } from './organizations.ts'
import type { Permission } from './permissions.ts'
import { id, name, text, time } from './text.ts'

/** The closed list of what the platform's own log holds. */
export const platformActions = [
  'studio:founded',
  'studio:suspended',
  'studio:unsuspended',
  'studio:plan:changed',
  'studio:erased',
  'acting:began',
  'acting:ended',
] as const
export type PlatformAction = (typeof platformActions)[number]

/** How long somebody of the platform may work in a studio before giving a reason again. */
export const actingMinutes = 60

/** Permissions of an admin that are of no use to them meanwhile: all they open would outlive the visit. */
export const lastingPermissions: readonly Permission[] = [
  'users:create',
  'accounts:invite',
  'people:export',
  'reviews:share',
  'reviews:invite',
  'roles:update',
  'api-keys:own',
  'api-keys:manage',
]

export const usageView = z
  .object({
    members: z.int(),
    projects: z.int(),
    storageBytes: z.int(),
    liveGames: z.int(),
    plays: z.int().meta({ description: 'Of the last 30 days.' }),
    countedAt: time.meta({ description: 'Counted about once an hour.' }),
  })
  .meta({ id: 'OrganizationUsage' })

export const platformOrganizationView = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    plan: z.enum(plans),
    status: z.enum(organizationStatuses),
    suspendedAt: time.nullable(),
    suspendedReason: z.string().nullable(),
    deletionDueAt: time.nullable(),
    usage: usageView.nullable().meta({ description: 'Null until it was counted for the first time.' }),
    createdAt: time,
  })
  .meta({ id: 'PlatformOrganization' })
export type PlatformOrganizationView = z.infer<typeof platformOrganizationView>
export const platformOrganizationList = listOf(platformOrganizationView)

export const listPlatformOrganizationsQuery = pageQuery.omit({ include: true }).extend({
  ...sortedBy('-createdAt'),
  q: text(80).optional().meta({ description: 'The beginning of a word of the name, or of the slug.' }),
  status: z.enum(organizationStatuses).optional(),
  plan: z.enum(plans).optional(),
})

const reason = name(300).meta({ description: 'Goes on record; the studio reads it.' })
export const suspendInput = z.object({ reason }).meta({ id: 'SuspendInput' })
export const actAsInput = z.object({ reason }).meta({ id: 'ActAsInput' })
export const changePlanInput = z.object({ plan: z.enum(plans) }).meta({ id: 'ChangePlanInput' })

/** Somebody of the platform at work in a studio. */
export const actingView = z
  .object({
    organizationId: id,
    organizationName: z.string(),
    reason: z.string(),
    until: time,
  })
  .meta({ id: 'Acting' })
export type ActingView = z.infer<typeof actingView>

export const platformLogView = z
  .object({
    id,
    action: z.enum(platformActions),
    person: z.object({ id, name: z.string() }),
    studio: z.object({ id, name: z.string() }),
    reason: z.string().nullable(),
    detail: z.string().nullable(),
    at: time,
  })
  .meta({ id: 'PlatformLogEntry' })
export type PlatformLogEntry = z.infer<typeof platformLogView>
export const platformLogList = listOf(platformLogView)
export const listPlatformLogQuery = pageQuery
  .omit({ include: true })
  .extend({ ...sortedBy('-at'), organizationId: id.optional() })
