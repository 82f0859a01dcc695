import { z } from 'zod'
import { roles } from './permissions.ts'
import { email, id, locale, name, text, time, timeZone, version } from './text.ts'

export const plans = ['free', 'starter', 'growth', 'scale'] as const
export type Plan = (typeof plans)[number]

export interface PlanLimits {
  members: number
  /** Projects that are not archived. */
  projects: number
  storageBytes: number
  /** Plays in 30 days. */
  plays: number
}

const gigabyte = 1_073_741_824
/** What a plan includes. Null means without a limit. */
export const planLimits: Record<Plan, PlanLimits | null> = {
  free: { members: 3, projects: 10, storageBytes: gigabyte, plays: 10_000 },
  starter: { members: 8, projects: 60, storageBytes: 20 * gigabyte, plays: 100_000 },
  growth: { members: 25, projects: 400, storageBytes: 200 * gigabyte, plays: 1_000_000 },
  scale: null,
}

/** How long a studio that is to be deleted can still be had back. */
export const deletionGraceDays = 30

export const organizationStatuses = ['active', 'suspended', 'deleting'] as const
export type OrganizationStatus = (typeof organizationStatuses)[number]

const limitsView = z
  .object({ members: z.int(), projects: z.int(), storageBytes: z.int(), plays: z.int() })
  .nullable()
  .meta({ description: 'Null where the plan has none.' })

export const organizationView = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    tagline: z.string(),
    accent: z.string().nullable(),
    logoUrl: z.string().nullable(),
    orderIntro: z.string().meta({ description: "The studio's own words above its order form." }),
    orderThanks: z.string().meta({ description: 'What a customer reads after ordering.' }),
    requireApproval: z.boolean(),
    reviewChecklist: z
      .array(z.string())
      .meta({ description: 'What whoever approves a version ticks, point by point.' }),
    reviewReminderDays: z
      .int()
      .meta({ description: 'After how many silent days customers are reminded of a version that waits; 0: never.' }),
    timeZone: z.string().meta({ description: 'Whose days figures are told in.' }),
    locale: z.string().meta({ description: 'The language of new games, where a build does not say otherwise.' }),
    plan: z.enum(plans),
    planLimits: limitsView,
    deletionDueAt: time.nullable().meta({ description: 'When the studio is deleted; until then it can only be read.' }),
    orderPageUrl: z.string(),
    createdAt: time,
    version,
  })
  .meta({ id: 'Organization' })
export type OrganizationView = z.infer<typeof organizationView>

/** The name in a studio's own address: the order page's `/order/{slug}`. */
export const studioSlug = text(40, 2).regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/, {
  error: 'Use 2 to 40 letters a to z, digits and hyphens, with no hyphen at either end.',
})

export const updateOrganizationInput = z
  .object({
    name: name(80),
    slug: studioSlug.meta({ description: 'Links with the slug before go on working.' }),
    tagline: text(160),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable(),
    orderIntro: text(600),
    orderThanks: text(600),
    requireApproval: z.boolean(),
    reviewChecklist: z.array(name(300)).max(20),
    reviewReminderDays: z.int().min(0).max(30),
    timeZone,
    locale,
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateOrganizationInput' })
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>

export const organizationParams = z.object({ id })

/** One of the caller's studios. */
export const ownOrganizationView = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    accent: z.string().nullable(),
    role: z.enum(roles),
    status: z.enum(organizationStatuses),
    deletionDueAt: time.nullable(),
    current: z.boolean(),
  })
  .meta({ id: 'OwnOrganization' })
export type OwnOrganizationView = z.infer<typeof ownOrganizationView>
export const ownOrganizationList = z.object({
  items: z.array(ownOrganizationView),
  nextCursor: z.null(),
  mayFound: z.boolean().meta({ description: 'Whether you may found a studio of your own here.' }),
})

export const foundOrganizationInput = z
  .object({
    name: name(80),
    slug: studioSlug,
    timeZone: timeZone.optional(),
    locale: locale.optional(),
    adminEmail: email.optional().meta({ description: 'For somebody of the platform: who is invited to be its admin.' }),
  })
  .meta({ id: 'FoundOrganizationInput' })
export type FoundOrganizationInput = z.infer<typeof foundOrganizationInput>
export const foundedOrganizationView = z.object({ id, slug: z.string(), name: z.string() }).meta({
  id: 'FoundedOrganization',
})

export const deleteOrganizationInput = z
  .object({ slug: text(40, 1).meta({ description: "The studio's slug, typed: a guard against the wrong one." }) })
  .meta({ id: 'DeleteOrganizationInput' })

export const maxLogoBytes = 1_048_576
export const logoTypes = ['image/png', 'image/jpeg', 'image/webp'] as const
