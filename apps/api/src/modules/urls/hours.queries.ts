import { sql, type SQL } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'

/**
 * A game's figures by the hour. Hours of settled days lie in `game_hours`; a UTC day to which something was added since
 * its last roll-up (`game_stale_days`: usually today's) is counted from its events, by the very statement that rolls it
 * up. So figures are always exact, and a read costs the hours of its range plus the events of the stale days.
 */

/** A page load and the replays within it, which carry its id and a number: `<id>`, `<id>-2`, `<id>-3`. */
const page = sql.raw(`regexp_replace(e.load_id, '-[0-9]{1,4}$', '')`)

/**
 * CTEs `events` and `counted` for the stale days that a CTE `stale(url_id, day)` names. A load's playing time is the
 * time its page was visible, or what its finished plays took where the page never said so, counted where it was last
 * heard of. Whoever views a game on a UTC day is counted in the hour of the first view.
 */
function countStale(organizationId: string): SQL {
  return sql`events as (
      select e.url_id, s.day, date_trunc('hour', e.created_at, 'UTC') as hour, e.created_at, e.build_id, e.type, e.visitor,
        e.device, e.score, e.seconds, e.referrer_host, ${page} as page
      from stale s join game_events e on e.organization_id = ${organizationId}::uuid and e.url_id = s.url_id
        and e.created_at >= s.day and e.created_at < s.day + interval '1 day'),
    facts as (
      select url_id, hour, build_id, (type = 'view')::int as views, 0 as visitors, (type = 'start')::int as plays,
        (type = 'finish')::int as finishes, 0::bigint as seconds, score,
        (type = 'view' and device = 'phone')::int as phones, (type = 'view' and device = 'tablet')::int as tablets,
        (type = 'view' and device = 'desktop')::int as desktops
      from events
      union all
      (select distinct on (url_id, day, visitor) url_id, hour, build_id, 0, 1, 0, 0, 0::bigint, null::int, 0, 0, 0
      from events where type = 'view' order by url_id, day, visitor, created_at)
      union all
      select url_id, max(hour), (array_agg(build_id order by created_at desc))[1], 0, 0, 0, 0,
        greatest(max(seconds) filter (where type = 'visible'), sum(seconds) filter (where type = 'finish')), null::int, 0, 0, 0
      from events where seconds is not null group by url_id, day, page),
    counted as (
      select url_id, hour, build_id, sum(views)::int as views, sum(visitors)::int as visitors, sum(plays)::int as plays,
        sum(finishes)::int as finishes, least(sum(seconds), 2147483647)::int as play_seconds, max(score) as best_score,
        sum(phones)::int as phone_views, sum(tablets)::int as tablet_views, sum(desktops)::int as desktop_views
      from facts group by url_id, hour, build_id)`
}

const hourColumns =
  sql.raw(`url_id, hour, build_id, views, visitors, plays, finishes, play_seconds, best_score, phone_views,
  tablet_views, desktop_views`)

export interface HourRange {
  /** Moments, the first included, the last not. */
  since: SQL
  before: SQL
  /** One address, or all of the studio's. */
  urlId?: string | undefined
}

/**
 * CTEs for a statement about figures: `hours` (columns of `game_hours`) and `sent` (url_id, hour, host, views: referrers)
 * of the range. Bounds are compared with the beginnings of hours.
 */
export function hoursWithin(tx: Pick<TenantTx, 'organizationId'>, { since, before, urlId }: HourRange): SQL {
  const { organizationId } = tx
  const mine = (table: string) =>
    urlId
      ? sql`${sql.raw(table)}.organization_id = ${organizationId}::uuid and ${sql.raw(table)}.url_id = ${urlId}::uuid`
      : sql`${sql.raw(table)}.organization_id = ${organizationId}::uuid`
  const settled = sql`not exists (select 1 from stale s where s.url_id = h.url_id and s.day = date_trunc('day', h.hour, 'UTC'))`
  return sql`${staleWithin(organizationId, { since, before, urlId })},
    ${countStale(organizationId)},
    hours as (
      select ${hourColumns} from game_hours h
      where ${mine('h')} and h.hour >= (${since}) and h.hour < (${before}) and ${settled}
      union all
      select ${hourColumns} from counted where hour >= (${since}) and hour < (${before})),
    sent as (
      select url_id, hour, host, views from game_hour_referrers h
      where ${mine('h')} and h.hour >= (${since}) and h.hour < (${before}) and ${settled}
      union all
      select url_id, hour, referrer_host, count(*)::int from events
      where type = 'view' and referrer_host is not null and hour >= (${since}) and hour < (${before}) group by 1, 2, 3)`
}

/**
 * CTE `hours` (hour, views, plays, finishes) of all of a studio's games together. It costs the hours of the range, not
 * those of every game: from the studio's sums are taken what stale days had put in, and the days' new count is added.
 * One hour may have several rows.
 */
export function studioHoursWithin(tx: Pick<TenantTx, 'organizationId'>, { since, before }: HourRange): SQL {
  const { organizationId } = tx
  const within = sql`hour >= (${since}) and hour < (${before})`
  return sql`${staleWithin(organizationId, { since, before })},
    ${countStale(organizationId)},
    hours as (
      select hour, views, plays, finishes from game_studio_hours
      where organization_id = ${organizationId}::uuid and ${within}
      union all
      select h.hour, -h.views, -h.plays, -h.finishes from stale s join game_hours h
        on h.organization_id = ${organizationId}::uuid and h.url_id = s.url_id
        and h.hour >= s.day and h.hour < s.day + interval '1 day'
      where ${within}
      union all
      select hour, views, plays, finishes from counted where ${within})`
}

/** CTE `stale(url_id, day)`: the days that touch the range and have to be counted from their events. */
function staleWithin(organizationId: string, { since, before, urlId }: HourRange): SQL {
  const ofOne = urlId ? sql`and d.url_id = ${urlId}::uuid` : sql``
  return sql`stale as materialized (
      select d.url_id, d.day from game_stale_days d
      where d.organization_id = ${organizationId}::uuid ${ofOne}
        and d.day > (${since}) - interval '1 day' and d.day < (${before}))`
}

/** Days rolled up in one transaction. */
const batch = 50

/**
 * Rolls up stale days and answers how many; call again until it answers 0. Each day is counted anew as a whole, so that
 * doing it twice, or after late events, changes nothing that is right. A day's mark is locked while it is counted:
 * hosts that have beacons for it wait, and mark it again.
 */
export async function rollUpStaleDays(tx: TenantTx): Promise<number> {
  const { organizationId } = tx
  const { rows } = await tx.execute<{ url_id: string; day: string }>(sql`
    delete from game_stale_days d using (
      select url_id, day from game_stale_days where organization_id = ${organizationId}::uuid
      order by url_id, day limit ${batch} for update skip locked) as next
    where d.organization_id = ${organizationId}::uuid and d.url_id = next.url_id and d.day = next.day
    returning d.url_id, d.day::text`)
  if (rows.length === 0) return 0
  const stale = sql`stale as materialized (
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(url_id uuid, day timestamptz))`
  for (const table of ['game_hours', 'game_hour_referrers'])
    await tx.execute(sql`
      with ${stale} delete from ${sql.raw(table)} h using stale s where h.organization_id = ${organizationId}::uuid
        and h.url_id = s.url_id and h.hour >= s.day and h.hour < s.day + interval '1 day'`)
  await tx.execute(sql`
    with ${stale}, ${countStale(organizationId)}
    insert into game_hours (organization_id, ${hourColumns}) select ${organizationId}::uuid, ${hourColumns} from counted`)
  await tx.execute(sql`
    with ${stale}, ${countStale(organizationId)}
    insert into game_hour_referrers (organization_id, url_id, hour, host, views)
    select ${organizationId}::uuid, url_id, hour, referrer_host, count(*) from events
    where type = 'view' and referrer_host is not null group by url_id, hour, referrer_host`)
  return rows.length
}

const keptDays = 30
const deletedAtOnce = 20_000

/** Deletes events whose days have been rolled up and that are older than 30 days; answers how many. */
export async function forgetEvents(tx: TenantTx): Promise<number> {
  const { organizationId } = tx
  const { rowCount } = await tx.execute(sql`
    delete from game_events where (organization_id, url_id, load_id, type) in (
      select e.organization_id, e.url_id, e.load_id, e.type
      from urls u join game_events e on e.organization_id = u.organization_id and e.url_id = u.id
        and e.created_at < date_trunc('day', now(), 'UTC') - make_interval(days => ${keptDays})
      where u.organization_id = ${organizationId}::uuid and not exists (
        select 1 from game_stale_days d where d.organization_id = e.organization_id and d.url_id = e.url_id
          and d.day = date_trunc('day', e.created_at, 'UTC'))
      limit ${deletedAtOnce})`)
  return rowCount ?? 0
}
