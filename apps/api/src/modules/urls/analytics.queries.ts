import { sql } from 'drizzle-orm'
import type { AnalyticsView } from '@sparkle/shared/urls'
import type { TenantTx } from '../../core/in-tenant.ts'
import { isoTime } from '../../db/time.ts'

export interface AnalyticsRange {
  /** UTC dates, both included. */
  from: string
  to: string
  granularity: 'hour' | 'day'
}

const maxReferrers = 20

function within(tx: TenantTx, urlId: string, { from, to }: AnalyticsRange) {
  return sql`organization_id = ${tx.organizationId}::uuid and url_id = ${urlId}::uuid and created_at >= ${from}::date::timestamptz and created_at < (${to}::date + 1)::timestamptz`
}

/**
 * Figures of one address. A page load reports its seconds more than once as they grow, so the longest report of each
 * load counts as its playing time.
 */
export async function readTotals(tx: TenantTx, urlId: string, range: AnalyticsRange): Promise<AnalyticsView['totals']> {
  const { rows } = await tx.execute(sql`
    with loads as (
      select load_id, max(visitor) filter (where type = 'view') as visitor, count(*) filter (where type = 'view') as views,
        count(*) filter (where type = 'start') as plays, count(*) filter (where type = 'finish') as finishes,
        coalesce(max(seconds), 0) as seconds, max(score) as score
      from game_events where ${within(tx, urlId, range)} group by load_id)
    select coalesce(sum(views), 0)::int as views, count(distinct visitor)::int as visitors, coalesce(sum(plays), 0)::int as plays,
      coalesce(sum(finishes), 0)::int as finishes, coalesce(sum(seconds), 0)::int as "playSeconds", max(score) as "bestScore"
    from loads`)
  return rows[0] as AnalyticsView['totals']
}

/** One entry for each UTC hour or day of the range, those without a visit included. */
export async function readSeries(tx: TenantTx, urlId: string, range: AnalyticsRange): Promise<AnalyticsView['series']> {
  const unit = range.granularity
  const { rows } = await tx.execute(sql`
    with counted as (
      select date_trunc(${unit}, created_at) as at, count(*) filter (where type = 'view')::int as views,
        count(*) filter (where type = 'start')::int as plays, count(*) filter (where type = 'finish')::int as finishes
      from game_events where ${within(tx, urlId, range)} group by 1)
    select at::text as at, coalesce(views, 0) as views, coalesce(plays, 0) as plays, coalesce(finishes, 0) as finishes
    from generate_series(${range.from}::date::timestamptz, (${range.to}::date + 1)::timestamptz - interval '1 hour', ${`1 ${unit}`}::interval) as at
    left join counted using (at) order by at`)
  return (rows as AnalyticsView['series']).map((row) => ({ ...row, at: isoTime(row.at) }))
}

export async function readReferrers(
  tx: TenantTx,
  urlId: string,
  range: AnalyticsRange,
): Promise<AnalyticsView['referrers']> {
  const { rows } = await tx.execute(sql`
    select referrer_host as host, count(*)::int as views from game_events
    where ${within(tx, urlId, range)} and type = 'view' and referrer_host is not null
    group by 1 order by views desc, host limit ${maxReferrers}`)
  return rows as AnalyticsView['referrers']
}
