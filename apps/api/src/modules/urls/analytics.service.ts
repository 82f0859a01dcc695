import type { AnalyticsQuery, AnalyticsView } from '@sparkle/shared/urls'
import { invalid, notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { dayIn } from '../../core/days.ts'
import { readTimeZone } from '../organizations/organizations.queries.ts'
import { readBuilds, readReferrers, readSeries, readTotals } from './analytics.queries.ts'
import { findUrl } from './urls.queries.ts'
import { analyticsRange } from './urls.rules.ts'

/** How an address is played between two days of the studio. Throws 422 for a range that is reversed or too long. */
export async function getAnalytics(
  tx: TenantTx,
  urlId: string,
  query: AnalyticsQuery,
  now = new Date(),
): Promise<AnalyticsView> {
  if (!(await findUrl(tx, urlId))) notFound('url')
  const timeZone = await readTimeZone(tx)
  const { from, to, fault } = analyticsRange(query, dayIn(timeZone, now))
  if (fault === 'reversed') invalid('analytics.range_reversed', '`from` has to be before `to`.', 'querystring.from')
  if (fault === 'too_long')
    invalid('analytics.range_too_long', 'At most two years by the day, or 31 days by the hour.', 'querystring.from')
  const range = { from, to, timeZone, granularity: query.granularity }
  const { phone, tablet, desktop, ...totals } = await readTotals(tx, urlId, range)
  return {
    from,
    to,
    timeZone,
    totals,
    series: await readSeries(tx, urlId, range),
    referrers: await readReferrers(tx, urlId, range),
    devices: { phone, tablet, desktop },
    builds: await readBuilds(tx, urlId, range),
  }
}
