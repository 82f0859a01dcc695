import { z } from 'zod'
import { id, locale, name, text, time, timeZone, version } from './text.ts'

export const organizationView = z
  .object({
    id,
    slug: z.string(),
    name: z.string(),
    tagline: z.string(),
    accent: z.string().nullable(),
    requireApproval: z.boolean(),
    timeZone: z.string().meta({ description: 'Whose days figures are told in.' }),
    locale: z.string().meta({ description: 'The language of new games, where a build does not say otherwise.' }),
    orderPageUrl: z.string(),
    createdAt: time,
    version,
  })
  .meta({ id: 'Organization' })
export type OrganizationView = z.infer<typeof organizationView>
export const updateOrganizationInput = z
  .object({
    name: name(80),
    tagline: text(160),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .nullable(),
    requireApproval: z.boolean(),
    timeZone,
    locale,
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateOrganizationInput' })
