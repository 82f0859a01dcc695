import type { AnalyticsQuery, AnalyticsView } from '@sparkle/shared/urls'
import { invalid, notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readReferrers, readSeries, readTotals } from './analytics.queries.ts'
import { findUrl } from './urls.queries.ts'
import { analyticsRange } from './urls.rules.ts'

/** Views, plays and referrers of an address between two UTC dates. Throws 422 for a range that is reversed or too long. */
export async function getAnalytics(
  tx: TenantTx,
  urlId: string,
  query: AnalyticsQuery,
  today: string,
): Promise<AnalyticsView> {
  if (!(await findUrl(tx, urlId))) notFound('url')
  const { from, to, fault } = analyticsRange(query, today)
  if (fault === 'reversed') invalid('analytics.range_reversed', '`from` has to be before `to`.', 'querystring.from')
  if (fault === 'too_long')
    invalid('analytics.range_too_long', 'At most two years by the day, or 31 days by the hour.', 'querystring.from')
  const range = { from, to, granularity: query.granularity }
  return {
    totals: await readTotals(tx, urlId, range),
    series: await readSeries(tx, urlId, range),
    referrers: await readReferrers(tx, urlId, range),
  }
}
