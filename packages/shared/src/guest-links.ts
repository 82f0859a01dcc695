import { z } from 'zod'
import { auditActions } from './events.ts'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { guestScopes } from './permissions.ts'
import { id, personName, text, time, version } from './text.ts'

export const usualLinkDays = 14
export const mostLinkDays = 90
/** How long a guest stays in before the link wants their name and password again. */
export const visitHours = 8

const days = z.int().min(1).max(mostLinkDays)
const label = text(80).transform((value) => value.trim())
/** Typed on phones and told over the phone: short ones are fine, since tries are counted. */
const linkPassword = text(72, 6)

export const createGuestLinkInput = z
  .object({
    label: label.default('').meta({ description: 'Whom it is for, as the studio calls them.' }),
    scope: z.enum(guestScopes).meta({
      description: 'What its guests may do: look; comment, too; or decide, too, so that their approval counts.',
    }),
    mayDownload: z.boolean().default(false),
    expiresInDays: days.default(usualLinkDays),
    password: linkPassword.optional(),
  })
  .meta({ id: 'CreateGuestLinkInput' })
export type CreateGuestLinkInput = z.infer<typeof createGuestLinkInput>

export const updateGuestLinkInput = z
  .object({
    label,
    scope: z.enum(guestScopes),
    mayDownload: z.boolean(),
    expiresInDays: days.meta({ description: 'From now on.' }),
    password: linkPassword.nullable().meta({ description: 'Another one ends all visits; null: none is asked for.' }),
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateGuestLinkInput' })
export type UpdateGuestLinkInput = z.infer<typeof updateGuestLinkInput>

export const guestLinkStates = ['open', 'expired', 'revoked'] as const
export type GuestLinkState = (typeof guestLinkStates)[number]

export const guestLinkView = z
  .object({
    id,
    projectId: id,
    label: z.string(),
    scope: z.enum(guestScopes),
    mayDownload: z.boolean(),
    hasPassword: z.boolean(),
    state: z.enum(guestLinkStates),
    createdByName: z.string().nullable(),
    visits: z.int(),
    lastUsedAt: time.nullable(),
    expiresAt: time,
    createdAt: time,
    version,
  })
  .meta({ id: 'GuestLink' })
export type GuestLinkView = z.infer<typeof guestLinkView>
export const guestLinkList = listOf(guestLinkView)
export const listGuestLinksQuery = pageQuery.extend(sortedBy('-createdAt', 'createdAt'))
export type ListGuestLinksQuery = z.infer<typeof listGuestLinksQuery>

export const createdGuestLink = guestLinkView
  .extend({ url: z.string().meta({ description: 'To be passed on. It is shown this once.' }) })
  .meta({ id: 'CreatedGuestLink' })
export type CreatedGuestLink = z.infer<typeof createdGuestLink>

/** One stay of somebody who opened the link. */
export const guestVisitView = z
  .object({
    id,
    name: z.string().meta({ description: 'As they said it.' }),
    agent: z.string().meta({ description: 'Browser and kind of device.' }),
    place: z.string().meta({ description: 'The same for visits from one address; it cannot be turned back into it.' }),
    openedAt: time,
    lastSeenAt: time,
    did: z.array(z.object({ action: z.enum(auditActions as [string, ...string[]]), count: z.int() })),
  })
  .meta({ id: 'GuestVisit' })
export type GuestVisitView = z.infer<typeof guestVisitView>
export const guestVisitList = listOf(guestVisitView)
export const listGuestVisitsQuery = pageQuery.extend(sortedBy('-createdAt', 'createdAt'))
export type ListGuestVisitsQuery = z.infer<typeof listGuestVisitsQuery>

export const reviewLinkParams = z.object({ token: text(200, 20) })
/** What whoever has the link is told before they give a name. */
export const reviewLinkView = z
  .object({
    state: z.enum(guestLinkStates),
    needsPassword: z.boolean(),
    studioName: z.string(),
    petName: z
      .string()
      .nullable()
      .meta({ description: 'Null where it takes a password to know, or the link has ended.' }),
    scope: z.enum(guestScopes),
    expiresAt: time,
  })
  .meta({ id: 'ReviewLink' })
export type ReviewLinkView = z.infer<typeof reviewLinkView>

export const openReviewInput = z
  .object({ name: personName(60), password: text(72).optional() })
  .meta({ id: 'OpenReviewInput' })
export type OpenReviewInput = z.infer<typeof openReviewInput>
export const guestSessionView = z
  .object({
    token: z.string().meta({ description: 'To be sent as `Authorization: Bearer` with every call.' }),
    expiresAt: time,
    name: z.string(),
    scope: z.enum(guestScopes),
    mayDownload: z.boolean(),
    projectId: id,
    petName: z.string(),
    studioName: z.string(),
  })
  .meta({ id: 'GuestSession' })
export type GuestSessionView = z.infer<typeof guestSessionView>
