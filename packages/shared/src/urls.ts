import { z } from 'zod'
import { listOf, pageQuery } from './lists.ts'
import { date, id, slug, text, time, version } from './text.ts'

export const urlStatuses = ['reserved', 'active', 'expired', 'deleted'] as const
export type UrlStatus = (typeof urlStatuses)[number]
export const slugRefusals = ['taken', 'reserved_word', 'offensive', 'malformed', 'resting'] as const
export type SlugRefusal = (typeof slugRefusals)[number]

export const urlView = z
  .object({
    id,
    projectId: id,
    petName: z.string(),
    slug: z.string(),
    fullUrl: z.string(),
    status: z.enum(urlStatuses),
    reservedAt: time,
    expiresAt: time.nullable(),
    deployedAt: time.nullable(),
    liveBuildId: id.nullable(),
    viewCount: z.int(),
    playCount: z.int(),
    lastAccessedAt: time.nullable(),
    version,
  })
  .meta({ id: 'Url' })
export type UrlView = z.infer<typeof urlView>
export const urlList = listOf(urlView)
export const listUrlsQuery = pageQuery.extend({
  projectId: id.optional(),
  status: z.enum(urlStatuses).optional().meta({ description: 'Deleted addresses are listed only when asked for.' }),
})
export type ListUrlsQuery = z.infer<typeof listUrlsQuery>

export const reserveUrlInput = z.object({ slug }).meta({ id: 'ReserveUrlInput' })
export const renameUrlInput = z.object({ slug }).meta({ id: 'RenameUrlInput' })
export const availabilityQuery = z.object({ slug: text(60, 1) })
export const availabilityView = z
  .object({ available: z.boolean(), reason: z.enum(slugRefusals).optional() })
  .meta({ id: 'Availability' })
export const suggestionList = z.object({ items: z.array(z.object({ slug: z.string(), available: z.boolean() })) })
export type SuggestionList = z.infer<typeof suggestionList>

export const deployUrlInput = z
  .object({
    buildId: id,
    replaces: id.nullish().meta({ description: 'The build you believe to be live now; another one there is a 409.' }),
  })
  .meta({ id: 'DeployUrlInput' })
export type DeployUrlInput = z.infer<typeof deployUrlInput>

export const deploymentView = z
  .object({
    id,
    buildId: id,
    previousBuildId: id.nullable(),
    kind: z.enum(['deploy', 'rollback']),
    by: z.string().nullable(),
    at: time,
  })
  .meta({ id: 'Deployment' })
export const deploymentList = listOf(deploymentView)
export type DeploymentView = z.infer<typeof deploymentView>

export const analyticsQuery = z.object({
  from: date.optional().meta({ description: 'First day, UTC; without it the last 30 days, or 2 by the hour.' }),
  to: date.optional().meta({ description: 'Last day, UTC, included; today when left out.' }),
  granularity: z.enum(['hour', 'day']).default('day'),
})
export type AnalyticsQuery = z.infer<typeof analyticsQuery>
export const analyticsView = z
  .object({
    totals: z.object({
      views: z.int(),
      visitors: z.int(),
      plays: z.int(),
      finishes: z.int(),
      playSeconds: z.int(),
      bestScore: z.int().nullable(),
    }),
    series: z.array(z.object({ at: time, views: z.int(), plays: z.int(), finishes: z.int() })),
    referrers: z.array(z.object({ host: z.string(), views: z.int() })),
  })
  .meta({ id: 'UrlAnalytics' })
export type AnalyticsView = z.infer<typeof analyticsView>

/** The shell's beacon, `POST {GAMES_ORIGIN}/_e`. A `loadId` counts once for each type. */
export const beacon = z.object({
  loadId: text(40, 16).regex(/^[A-Za-z0-9_-]+$/),
  slug,
  type: z.enum(['view', 'start', 'finish', 'visible']),
  score: z.int().min(0).max(1_000_000_000).optional(),
  seconds: z.int().min(0).max(86_400).optional(),
  referrer: text(253)
    .regex(/^[a-z0-9.:[\]-]+$/)
    .optional()
    .meta({ description: 'With `view`: the host name of the page that led here.' }),
})
export type Beacon = z.infer<typeof beacon>
