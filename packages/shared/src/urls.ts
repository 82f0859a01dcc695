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
export const listUrlsQuery = pageQuery.extend({ projectId: id.optional(), status: z.enum(urlStatuses).optional() })

export const reserveUrlInput = z.object({ slug }).meta({ id: 'ReserveUrlInput' })
export const renameUrlInput = z.object({ slug }).meta({ id: 'RenameUrlInput' })
export const availabilityQuery = z.object({ slug: text(60, 1) })
export const availabilityView = z
  .object({ available: z.boolean(), reason: z.enum(slugRefusals).optional() })
  .meta({ id: 'Availability' })
export const suggestionList = z.object({ items: z.array(z.object({ slug: z.string(), available: z.boolean() })) })

export const deployUrlInput = z
  .object({
    buildId: id,
    replaces: id.nullish().meta({ description: 'The build you believe to be live now; another one there is a 409.' }),
  })
  .meta({ id: 'DeployUrlInput' })
export type DeployUrlInput = z.infer<typeof deployUrlInput>

export const deploymentView = z
  .object({ id, buildId: id, previousBuildId: id.nullable(), kind: z.enum(['deploy', 'rollback']), by: z.string().nullable(), at: time })
  .meta({ id: 'Deployment' })
export const deploymentList = z.object({ items: z.array(deploymentView) })

export const analyticsQuery = z.object({
  from: date.optional(),
  to: date.optional(),
  granularity: z.enum(['hour', 'day']).default('day'),
})
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
})
export type Beacon = z.infer<typeof beacon>
