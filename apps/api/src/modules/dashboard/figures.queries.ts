import { sql, type SQL } from 'drizzle-orm'
import type { FiguresView } from '@sparkle/shared/dashboard'
import type { PackageType } from '@sparkle/shared/games'
import type { TenantTx } from '../../core/in-tenant.ts'
import { hoursWithin, studioHoursWithin } from '../urls/hours.queries.ts'
import type { FigurePeriod, Period } from './figures.rules.ts'

/** A period of the studio's days. */
export interface Zoned<P extends Period = FigurePeriod> {
  period: P
  timeZone: string
  /** Projects that whoever asks is denied: they are in no figure. */
  hidden: readonly string[]
}

/** The moments a period begins and ends at, the end not included. */
export function boundsOf({ from, to }: Period, timeZone: string): { since: SQL; before: SQL } {
  return {
    since: sql`(${from}::timestamp at time zone ${timeZone}::text)`,
    before: sql`((${to}::date + 1)::timestamp at time zone ${timeZone}::text)`,
  }
}

/** Projects on hold wait for somebody else: they are nobody's load. */
export const atWork = sql.raw(
  "p.deleted_at is null and p.archived_at is null and p.status in ('backlog', 'in_progress', 'review')",
)
/** Projects that came in as an order: those made by hand or imported are work, and no sale. */
export const wasOrdered = sql.raw('p.deleted_at is null and p.order_number is not null')
const mine = (tx: TenantTx, table: string) => sql`${sql.raw(table)}.organization_id = ${tx.organizationId}::uuid`

/** The studio's projects `p`, but for hidden ones. */
export const shown = (tx: TenantTx, hidden: readonly string[]) =>
  sql`${mine(tx, 'p')} and p.id <> all(${sql.param([...hidden])}::uuid[])`
/** Hours of addresses whose project is not hidden. */
const shownHours = (tx: TenantTx, hidden: readonly string[]) =>
  hidden.length === 0
    ? sql`hours`
    : sql`(select h.* from hours h join urls u on ${mine(tx, 'u')} and u.id = h.url_id
        and u.project_id <> all(${sql.param([...hidden])}::uuid[])) as seen`

/** CTE `hours`: the studio's sums where nothing is hidden, and else those of each game, to leave some of them out. */
const hoursSeen = (tx: TenantTx, hidden: readonly string[], range: { since: SQL; before: SQL }) =>
  hidden.length === 0 ? studioHoursWithin(tx, range) : hoursWithin(tx, range)

/** When work on a project `p` began for the first time, as `started.at`; null for those completed without a move. */
export const startOfWork = sql.raw(`left join lateral (
  select min(c.at) as at from project_status_changes c
  where c.organization_id = p.organization_id and c.project_id = p.id and c.to_status = 'in_progress') as started on true`)
export const leadSeconds = sql.raw('extract(epoch from p.completed_at - p.created_at)')
export const cycleSeconds = sql.raw('extract(epoch from p.completed_at - least(started.at, p.completed_at))')

interface Done {
  ordered: number
  completed: number
  withDeadline: number
  onTime: number
  leadDays: number | null
  leadDaysP85: number | null
  cycleDays: number | null
  cycleDaysP85: number | null
}

/** What was ordered and completed in a period, along the indexes by creation and completion. */
export async function readWork(tx: TenantTx, { period, timeZone, hidden }: Zoned<Period>): Promise<Done> {
  const { since, before } = boundsOf(period, timeZone)
  const days = (share: number, seconds: SQL) =>
    sql`(percentile_cont(${sql.raw(String(share))}) within group (order by ${seconds}) / 86400)::float8`
  const { rows } = await tx.execute(sql`
    select (select count(*)::int from projects p where ${shown(tx, hidden)} and ${wasOrdered}
        and p.created_at >= ${since} and p.created_at < ${before}) as ordered,
      count(*)::int as completed, count(p.deadline)::int as "withDeadline",
      (count(*) filter (where (p.completed_at at time zone ${timeZone}::text)::date <= p.deadline))::int as "onTime",
      ${days(0.5, leadSeconds)} as "leadDays", ${days(0.85, leadSeconds)} as "leadDaysP85",
      ${days(0.5, cycleSeconds)} as "cycleDays", ${days(0.85, cycleSeconds)} as "cycleDaysP85"
    from projects p ${startOfWork}
    where ${shown(tx, hidden)} and p.deleted_at is null and p.completed_at >= ${since} and p.completed_at < ${before}`)
  return rows[0] as unknown as Done
}

interface Played {
  views: number
  plays: number
  finishes: number
}

export async function readPlayed(tx: TenantTx, { period, timeZone, hidden }: Zoned<Period>): Promise<Played> {
  const { rows } = await tx.execute(sql`
    with ${hoursSeen(tx, hidden, boundsOf(period, timeZone))}
    select coalesce(sum(views), 0)::float8 as views, coalesce(sum(plays), 0)::float8 as plays,
      coalesce(sum(finishes), 0)::float8 as finishes from ${shownHours(tx, hidden)}`)
  return rows[0] as unknown as Played
}

/**
 * Deliverables that were approved for the first time in a period, and those of them for which nobody had asked for
 * changes before.
 */
export async function readApprovals(
  tx: TenantTx,
  { period, timeZone, hidden }: Zoned<Period>,
): Promise<{ approved: number; firstTime: number }> {
  const { since, before } = boundsOf(period, timeZone)
  const { rows } = await tx.execute<{ approved: number; firstTime: number }>(sql`
    with firsts as (
      select v.deliverable_id, min(v.decided_at) as at from deliverable_versions v
      join projects p on p.organization_id = v.organization_id and p.id = v.project_id and p.deleted_at is null and ${shown(tx, hidden)}
      where ${mine(tx, 'v')} and v.status = 'approved' group by 1)
    select count(*)::int as approved,
      (count(*) filter (where not exists (
        select 1 from deliverable_versions c where ${mine(tx, 'c')} and c.deliverable_id = firsts.deliverable_id
          and c.status = 'changes_requested' and c.decided_at < firsts.at)))::int as "firstTime"
    from firsts where at >= ${since} and at < ${before}`)
  return rows[0] ?? { approved: 0, firstTime: 0 }
}

/** One entry for each day, week or month that the period touches, empty ones included. */
export async function readCourse(tx: TenantTx, { period, timeZone, hidden }: Zoned): Promise<FiguresView['series']> {
  const { from, to, unit } = period
  const { since, before } = boundsOf(period, timeZone)
  const slot = (moment: SQL) => sql`date_trunc(${unit}::text, ${moment} at time zone ${timeZone}::text)`
  const { rows } = await tx.execute(sql`
    with ${hoursSeen(tx, hidden, { since, before })},
    begun as (select ${slot(sql`p.created_at`)} as slot, count(*) as ordered from projects p
      where ${shown(tx, hidden)} and ${wasOrdered} and p.created_at >= ${since} and p.created_at < ${before} group by 1),
    done as (select ${slot(sql`p.completed_at`)} as slot, count(*) as completed,
        count(*) filter (where (p.completed_at at time zone ${timeZone}::text)::date <= p.deadline) as on_time,
        count(*) filter (where (p.completed_at at time zone ${timeZone}::text)::date > p.deadline) as late
      from projects p
      where ${shown(tx, hidden)} and p.deleted_at is null and p.completed_at >= ${since} and p.completed_at < ${before} group by 1),
    played as (select ${slot(sql`hour`)} as slot, sum(views) as views, sum(plays) as plays from ${shownHours(tx, hidden)} group by 1)
    select to_char(greatest(slot, ${from}::timestamp), 'YYYY-MM-DD') as day, coalesce(ordered, 0)::int as ordered,
      coalesce(completed, 0)::int as completed, coalesce(on_time, 0)::int as "onTime", coalesce(late, 0)::int as late,
      coalesce(views, 0)::float8 as views, coalesce(plays, 0)::float8 as plays
    from generate_series(date_trunc(${unit}::text, ${from}::timestamp), ${to}::timestamp, ${`1 ${unit}`}::interval) as slot
    left join begun using (slot) left join done using (slot) left join played using (slot) order by slot`)
  return rows as FiguresView['series']
}

export async function countPackages(
  tx: TenantTx,
  { period, timeZone, hidden }: Zoned<Period>,
): Promise<Map<PackageType, number>> {
  const { since, before } = boundsOf(period, timeZone)
  const { rows } = await tx.execute<{ packageType: PackageType; count: number }>(sql`
    select p.package_type as "packageType", count(*)::int as count from projects p
    where ${shown(tx, hidden)} and ${wasOrdered} and p.created_at >= ${since} and p.created_at < ${before} group by 1`)
  return new Map(rows.map(({ packageType, count }) => [packageType, count]))
}

/** Who has what to do today; whoever has nothing is not listed. */
export async function readLoad(
  tx: TenantTx,
  today: string,
  hidden: readonly string[],
): Promise<FiguresView['artists']> {
  const { rows } = await tx.execute(sql`
    select work.*, u.display_name as name, t.weekly_hours as "weeklyHours", coalesce(t.skills, '{}') as skills from (
      select p.assigned_artist_id as "userId", count(*)::int as "openProjects",
        (count(*) filter (where p.deadline < ${today}::date))::int as overdue, ${hoursLeft} as "hoursLeft",
        (count(*) filter (where p.estimated_hours is null))::int as "withoutEstimate"
      from projects p where ${shown(tx, hidden)} and ${atWork} group by p.assigned_artist_id) as work
    left join users u on u.id = work."userId"
    left join profiles t on ${mine(tx, 't')} and t.kind = 'artist' and t.user_id = work."userId"
    order by work."userId" is null, "hoursLeft" desc, name`)
  return rows as FiguresView['artists']
}
const hoursLeft = sql.raw('coalesce(sum(greatest(p.estimated_hours - p.actual_hours, 0)), 0)::float8')
