import { sql, type SQL } from 'drizzle-orm'
import type { AnalyticsView, Granularity } from '@sparkle/shared/urls'
import type { TenantTx } from '../../core/in-tenant.ts'
import { isoTime } from '../../db/time.ts'
import { hoursWithin } from './hours.queries.ts'

export interface AnalyticsRange {
  /** Days of `timeZone`, both included. */
  from: string
  to: string
  timeZone: string
  granularity: Granularity
}

const mostReferrers = 20
const mostBuilds = 20

const beginningOf = (day: SQL, timeZone: string) => sql`${day}::timestamp at time zone ${timeZone}::text`

/** The hours of one address within the range, as CTEs. */
function hours(tx: TenantTx, urlId: string, { from, to, timeZone }: AnalyticsRange): SQL {
  const since = beginningOf(sql`${from}::date`, timeZone)
  const before = beginningOf(sql`(${to}::date + 1)`, timeZone)
  return hoursWithin(tx, { since, before, urlId })
}

const sums = sql.raw(`coalesce(sum(views), 0)::float8 as views, coalesce(sum(visitors), 0)::float8 as visitors,
  coalesce(sum(plays), 0)::float8 as plays, coalesce(sum(finishes), 0)::float8 as finishes,
  coalesce(sum(play_seconds), 0)::float8 as "playSeconds", max(best_score) as "bestScore"`)

type Totals = AnalyticsView['totals'] & AnalyticsView['devices']

export async function readTotals(tx: TenantTx, urlId: string, range: AnalyticsRange): Promise<Totals> {
  const { rows } = await tx.execute(sql`
    with ${hours(tx, urlId, range)}
    select ${sums}, coalesce(sum(phone_views), 0)::float8 as phone, coalesce(sum(tablet_views), 0)::float8 as tablet,
      coalesce(sum(desktop_views), 0)::float8 as desktop from hours`)
  return rows[0] as Totals
}

/**
 * One entry for each hour or day of the range, those without a visit included. Days are the zone's, 23 or 25 hours long
 * where its clocks change; an hour that two days share, in zones half an hour off, belongs to the day it begins in.
 */
export async function readSeries(tx: TenantTx, urlId: string, range: AnalyticsRange): Promise<AnalyticsView['series']> {
  const { from, to, timeZone, granularity } = range
  const hourly = granularity === 'hour'
  const at = hourly ? sql`hour` : beginningOf(sql`date_trunc('day', hour at time zone ${timeZone}::text)`, timeZone)
  const slots = hourly
    ? sql`generate_series(date_trunc('hour', ${beginningOf(sql`${from}::date`, timeZone)} + interval '59 minutes', 'UTC'),
        ${beginningOf(sql`(${to}::date + 1)`, timeZone)} - interval '1 microsecond', interval '1 hour') as at`
    : sql`(select ${beginningOf(sql`day`, timeZone)} as at from generate_series(${from}::timestamp, ${to}::timestamp, interval '1 day') as day) as days`
  const { rows } = await tx.execute(sql`
    with ${hours(tx, urlId, range)}, figures as (select ${at} as at, ${sums} from hours group by 1)
    select at::text as at, coalesce(views, 0) as views, coalesce(visitors, 0) as visitors, coalesce(plays, 0) as plays,
      coalesce(finishes, 0) as finishes, coalesce("playSeconds", 0) as "playSeconds", "bestScore"
    from ${slots} left join figures using (at) order by at`)
  return (rows as AnalyticsView['series']).map((row) => ({ ...row, at: isoTime(row.at) }))
}

export async function readReferrers(
  tx: TenantTx,
  urlId: string,
  range: AnalyticsRange,
): Promise<AnalyticsView['referrers']> {
  const { rows } = await tx.execute(sql`
    with ${hours(tx, urlId, range)}
    select host, sum(views)::float8 as views from sent group by host order by views desc, host limit ${mostReferrers}`)
  return rows as AnalyticsView['referrers']
}

/** The figures by what was live; builds with the same digest are the same game and counted together. */
export async function readBuilds(tx: TenantTx, urlId: string, range: AnalyticsRange): Promise<AnalyticsView['builds']> {
  const { rows } = await tx.execute(sql`
    with ${hours(tx, urlId, range)}
    select (array_agg(b.id order by b.number desc))[1] as "buildId", b.digest, max(b.number) as number,
      min(hour)::text as "firstAt", (max(hour) + interval '1 hour')::text as "lastAt", ${sums}
    from hours left join builds b on b.organization_id = ${tx.organizationId}::uuid and b.id = hours.build_id
    group by b.digest order by min(hour) desc, max(b.number) desc nulls last limit ${mostBuilds}`)
  return (rows as AnalyticsView['builds']).map((row) => ({
    ...row,
    firstAt: isoTime(row.firstAt),
    lastAt: isoTime(row.lastAt),
  }))
}
