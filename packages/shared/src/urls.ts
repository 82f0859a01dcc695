import { z } from 'zod'
import { listOf, pageQuery, sortedBy, wholeListOf } from './lists.ts'
import { date, id, name, slug, text, time, version } from './text.ts'

export const urlStatuses = ['reserved', 'active', 'expired', 'deleted'] as const
export type UrlStatus = (typeof urlStatuses)[number]
export const slugRefusals = ['taken', 'reserved_word', 'offensive', 'malformed', 'resting', 'look_alike'] as const
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
    indexable: z.boolean().meta({ description: 'Whether search engines may list the game.' }),
    version,
  })
  .meta({ id: 'Url' })
export type UrlView = z.infer<typeof urlView>
export const urlList = listOf(urlView)
export const listUrlsQuery = pageQuery.extend({
  ...sortedBy('-createdAt'),
  projectId: id.optional(),
  status: z.enum(urlStatuses).optional().meta({ description: 'Deleted addresses are listed only when asked for.' }),
})
export const listDeploymentsQuery = pageQuery.extend(sortedBy('-createdAt'))
export type ListUrlsQuery = z.infer<typeof listUrlsQuery>

const allowReason = name(300).optional().meta({
  description: 'Why a word that is refused as offensive is an honest name here. Kept on record; `taken` stays taken.',
})
export const reserveUrlInput = z.object({ slug, allowReason }).meta({ id: 'ReserveUrlInput' })
export type ReserveUrlInput = z.infer<typeof reserveUrlInput>
export const updateUrlInput = z
  .object({ slug: slug.optional(), allowReason, indexable: z.boolean().optional() })
  .refine(({ slug: wanted, indexable }) => wanted !== undefined || indexable !== undefined, {
    error: 'Name at least one of slug and indexable.',
  })
  .meta({ id: 'UpdateUrlInput' })
export type UpdateUrlInput = z.infer<typeof updateUrlInput>
export const availabilityQuery = z.object({ slug: text(60, 1) })
export const availabilityView = z
  .object({ available: z.boolean(), reason: z.enum(slugRefusals).optional() })
  .meta({ id: 'Availability' })
export const suggestionList = wholeListOf(z.object({ slug: z.string(), available: z.boolean() }))
export type SuggestionList = z.infer<typeof suggestionList>

export const qrPictureQuery = z.object({
  size: z.coerce.number().int().min(128).max(2048).default(1024).meta({ description: 'Width and height in pixels.' }),
})

const overrideReason = name(300).optional().meta({
  description: 'Why a build goes live that nobody approved. Admins only, with a fresh second factor; kept on record.',
})

export const deployUrlInput = z
  .object({
    buildId: id,
    replaces: id.nullish().meta({ description: 'The build you believe to be live now; another one there is a 409.' }),
    overrideReason,
  })
  .meta({ id: 'DeployUrlInput' })
export type DeployUrlInput = z.infer<typeof deployUrlInput>

export const rollBackUrlInput = z.object({ overrideReason }).meta({ id: 'RollBackUrlInput' })
export type RollBackUrlInput = z.infer<typeof rollBackUrlInput>

export const deployPreviewQuery = z.object({ buildId: id })
export const fileChanges = ['new', 'modified', 'removed', 'same'] as const
export type FileChangeKind = (typeof fileChanges)[number]
export const deployPreview = z
  .object({
    liveBuildId: id.nullable(),
    buildId: id,
    counts: z.object({ new: z.int(), modified: z.int(), removed: z.int(), same: z.int() }),
    sizeBytes: z.int(),
    liveSizeBytes: z.int().nullable(),
    files: z
      .array(
        z.object({
          path: z.string(),
          change: z.enum(fileChanges),
          sizeBytes: z.int().nullable(),
          liveSizeBytes: z.int().nullable(),
        }),
      )
      .meta({ description: 'Changes first; at most 500, `counts` tells of all.' }),
  })
  .meta({ id: 'DeployPreview' })
export type DeployPreview = z.infer<typeof deployPreview>

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

export const deviceClasses = ['phone', 'tablet', 'desktop'] as const
export type DeviceClass = (typeof deviceClasses)[number]

export const granularities = ['hour', 'day'] as const
export type Granularity = (typeof granularities)[number]
export const analyticsQuery = z.object({
  from: date.optional().meta({ description: 'First day; without it the last 30 days, or 2 by the hour.' }),
  to: date.optional().meta({ description: 'Last day, included; today when left out.' }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(732)
    .optional()
    .meta({ description: 'Instead of `from`: so many days, `to` among them.' }),
  granularity: z.enum(granularities).default('day'),
})
export type AnalyticsQuery = z.infer<typeof analyticsQuery>

export const analyticsParts = ['series', 'referrers', 'devices', 'builds'] as const
export type AnalyticsPart = (typeof analyticsParts)[number]
export const analyticsCsvQuery = analyticsQuery.extend({
  part: z.enum(analyticsParts).default('series').meta({ description: 'Which table of the figures.' }),
})

const playFigures = {
  views: z.int(),
  visitors: z
    .int()
    .meta({ description: 'People by a hash that changes every UTC day: who comes back tomorrow counts again.' }),
  plays: z.int(),
  finishes: z.int(),
  playSeconds: z.int().meta({ description: 'While the page was visible.' }),
  bestScore: z.int().nullable(),
}
export const analyticsView = z
  .object({
    from: z.string(),
    to: z.string(),
    timeZone: z.string().meta({ description: "The studio's: `from`, `to` and the days of the series are its days." }),
    totals: z.object(playFigures),
    series: z
      .array(z.object({ at: time, ...playFigures }))
      .meta({ description: 'An entry for every day or hour of the range; `at` is its beginning.' }),
    referrers: z.array(z.object({ host: z.string(), views: z.int() })).meta({ description: 'The 20 with most views.' }),
    devices: z.object({ phone: z.int(), tablet: z.int(), desktop: z.int() }).meta({ description: 'Views by device.' }),
    builds: z
      .array(
        z.object({
          buildId: id.nullable(),
          digest: z.string().nullable().meta({ description: 'Builds with the same bytes are one.' }),
          number: z.int().nullable(),
          firstAt: time,
          lastAt: time,
          ...playFigures,
        }),
      )
      .meta({ description: 'The same figures by what was live, newest first; at most 20.' }),
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
