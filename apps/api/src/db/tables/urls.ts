import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { deviceClasses, urlStatuses, type DeviceClass, type UrlStatus } from '@sparkle/shared/urls'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { builds } from './builds.ts'
import { projects } from './projects.ts'

/** What `slugSkeleton` (@sparkle/shared/slugs) makes of a slug, in SQL. */
export const skeletonOfSlug = sql`replace(replace(translate(slug, '0158-', 'olsb'), 'rn', 'm'), 'vv', 'w')`

/** Addresses of games. A slug is unique per game host over all studios, so that uniqueness is global by nature. */
export const urls = pgTable(
  'urls',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    host: text('host').notNull(),
    slug: text('slug').notNull(),
    skeleton: text('skeleton').notNull().generatedAlwaysAs(skeletonOfSlug),
    /** Of two addresses from before a stricter rule that it finds alike, the younger; both stay. */
    looksKept: boolean('looks_kept').notNull().default(false),
    status: text('status').$type<UrlStatus>().notNull().default('reserved'),
    reservedAt: moment('reserved_at').notNull(),
    expiresAt: moment('expires_at'),
    deployedAt: moment('deployed_at'),
    endedAt: moment('ended_at'),
    liveBuildId: uuid('live_build_id'),
    viewCount: integer('view_count').notNull().default(0),
    playCount: integer('play_count').notNull().default(0),
    lastAccessedAt: moment('last_accessed_at'),
    /** Whether search engines may list the game. */
    indexable: boolean('indexable').notNull().default(true),
    /** The last warning of the term's end that went out: 30 or 7 days before. */
    warnedDays: integer('warned_days'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    foreignKey({ columns: [t.organizationId, t.liveBuildId], foreignColumns: [builds.organizationId, builds.id] }),
    uniqueIndex('urls_slug_key')
      .on(t.host, t.slug)
      .where(sql`status <> 'deleted'`),
    uniqueIndex('urls_skeleton_key')
      .on(t.host, t.skeleton)
      .where(sql`status <> 'deleted' and not looks_kept`),
    index('urls_project_idx').on(t.organizationId, t.projectId),
    index('urls_created_idx').on(t.organizationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    oneOf('urls_status_check', t.status, urlStatuses),
    ...tenantPolicies(),
  ],
)

/** An address that was renamed: the old slug redirects to the url's present one. */
export const urlRedirects = pgTable(
  'url_redirects',
  {
    organizationId: organizationId(),
    id: id(),
    urlId: uuid('url_id').notNull(),
    host: text('host').notNull(),
    slug: text('slug').notNull(),
    skeleton: text('skeleton').notNull().generatedAlwaysAs(skeletonOfSlug),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.urlId], foreignColumns: [urls.organizationId, urls.id] }),
    uniqueIndex('url_redirects_slug_key').on(t.host, t.slug),
    index('url_redirects_skeleton_idx').on(t.host, t.skeleton),
    ...tenantPolicies(),
  ],
)

export const deployments = pgTable(
  'deployments',
  {
    organizationId: organizationId(),
    id: id(),
    urlId: uuid('url_id').notNull(),
    buildId: uuid('build_id').notNull(),
    previousBuildId: uuid('previous_build_id'),
    kind: text('kind').$type<'deploy' | 'rollback'>().notNull(),
    deployedBy: uuid('deployed_by'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.urlId], foreignColumns: [urls.organizationId, urls.id] }),
    foreignKey({ columns: [t.organizationId, t.buildId], foreignColumns: [builds.organizationId, builds.id] }),
    foreignKey({ columns: [t.organizationId, t.previousBuildId], foreignColumns: [builds.organizationId, builds.id] }),
    index('deployments_url_idx').on(t.organizationId, t.urlId, t.createdAt.desc().nullsFirst()),
    oneOf('deployments_kind_check', t.kind, ['deploy', 'rollback']),
    ...tenantPolicies(),
  ],
)

/**
 * Beacons as they came, one row for each page load and type. Written by the host through `sys.record_beacons`, kept for
 * 30 days: what lasts are the hours below.
 */
export const gameEvents = pgTable(
  'game_events',
  {
    organizationId: organizationId(),
    urlId: uuid('url_id').notNull(),
    loadId: text('load_id').notNull(),
    type: text('type').$type<'view' | 'start' | 'finish' | 'visible'>().notNull(),
    buildId: uuid('build_id'),
    visitor: text('visitor').notNull(),
    score: integer('score'),
    seconds: integer('seconds'),
    referrerHost: text('referrer_host'),
    device: text('device').$type<DeviceClass>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.urlId, t.loadId, t.type] }),
    foreignKey({ columns: [t.organizationId, t.urlId], foreignColumns: [urls.organizationId, urls.id] }),
    index('game_events_time_idx').on(t.organizationId, t.urlId, t.createdAt),
    oneOf('game_events_type_check', t.type, ['view', 'start', 'finish', 'visible']),
    oneOf('game_events_device_check', t.device, deviceClasses),
    ...tenantPolicies(),
  ],
)

/** UTC days of a game whose hours have to be counted again from the events: something came after the last count. */
export const gameStaleDays = pgTable(
  'game_stale_days',
  {
    organizationId: organizationId(),
    urlId: uuid('url_id').notNull(),
    /** Midnight UTC. */
    day: moment('day').notNull(),
    markedAt: moment('marked_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.urlId, t.day] }),
    foreignKey({ columns: [t.organizationId, t.urlId], foreignColumns: [urls.organizationId, urls.id] }),
    ...tenantPolicies(),
  ],
)

/** Figures of a game by the hour and build, rolled up from the events; kept for good. Hours without an event have no row. */
export const gameHours = pgTable(
  'game_hours',
  {
    organizationId: organizationId(),
    urlId: uuid('url_id').notNull(),
    hour: moment('hour').notNull(),
    buildId: uuid('build_id'),
    views: integer('views').notNull(),
    /** Visitors whose first view of the UTC day fell into this hour, so that hours add up to days. */
    visitors: integer('visitors').notNull(),
    plays: integer('plays').notNull(),
    finishes: integer('finishes').notNull(),
    playSeconds: integer('play_seconds').notNull(),
    bestScore: integer('best_score'),
    phoneViews: integer('phone_views').notNull(),
    tabletViews: integer('tablet_views').notNull(),
    desktopViews: integer('desktop_views').notNull(),
  },
  (t) => [
    unique('game_hours_key').on(t.organizationId, t.urlId, t.hour, t.buildId).nullsNotDistinct(),
    foreignKey({ columns: [t.organizationId, t.urlId], foreignColumns: [urls.organizationId, urls.id] }),
    index('game_hours_time_idx').on(t.organizationId, t.hour),
    ...tenantPolicies(),
  ],
)

/** All of a studio's games by the hour: the sum of its `game_hours`, which a trigger on them keeps in step. */
export const gameStudioHours = pgTable(
  'game_studio_hours',
  {
    organizationId: organizationId(),
    hour: moment('hour').notNull(),
    views: bigint('views', { mode: 'number' }).notNull(),
    plays: bigint('plays', { mode: 'number' }).notNull(),
    finishes: bigint('finishes', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.hour] }), ...tenantPolicies()],
)

/** Views by the host name of the page that led to the game, hour by hour. */
export const gameHourReferrers = pgTable(
  'game_hour_referrers',
  {
    organizationId: organizationId(),
    urlId: uuid('url_id').notNull(),
    hour: moment('hour').notNull(),
    host: text('host').notNull(),
    views: integer('views').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.urlId, t.hour, t.host] }),
    foreignKey({ columns: [t.organizationId, t.urlId], foreignColumns: [urls.organizationId, urls.id] }),
    ...tenantPolicies(),
  ],
)
