import { sql } from 'drizzle-orm'
import type { ProjectStatus } from '@sparkle/shared/projects'
import type { TenantRead } from '../../core/in-tenant.ts'
import { fields, statement } from '../../core/statement.ts'

const seen = sql`deleted_at is null and id <> all(${sql.placeholder('hidden')}::uuid[])`

const statuses = statement<{ hidden: string[] }>('dashboard.statuses')((q) =>
  q
    .select(fields({ status: sql<ProjectStatus>`status`, count: sql<number>`count(*)::int` }))
    .from(sql`projects`)
    .where(seen)
    .groupBy(sql`status`),
)

const open = sql.raw("status in ('backlog', 'in_progress', 'review', 'on_hold')")

const due = statement<{ userId: string; hidden: string[] }>('dashboard.due')((q) =>
  q
    .select(
      fields({
        overdue: sql<number>`(count(*) filter (where deadline < current_date))::int`,
        dueThisWeek: sql<number>`(count(*) filter (where deadline between current_date and current_date + 6))::int`,
        unassigned: sql<number>`(count(*) filter (where assigned_artist_id is null))::int`,
        mine: sql<number>`(count(*) filter (where assigned_artist_id = ${sql.placeholder('userId')}::uuid))::int`,
        liveGames: sql<number>`(select count(*)::int from urls where status = 'active' and project_id <> all(${sql.placeholder('hidden')}::uuid[]))`,
      }),
    )
    .from(sql`projects`)
    .where(sql`${seen} and ${open}`),
)

/** Weeks begin on Monday, UTC. Plays come from the rolled-up hours, and from the events on days not rolled up yet. */
const weeks = statement<{ weeks: number; hidden: string[] }>('dashboard.weeks')((q) =>
  q
    .select(
      fields({
        week: sql<string>`to_char(week, 'YYYY-MM-DD')`,
        ordered: sql<number>`(select count(*)::int from projects
          where ${seen} and order_number is not null and created_at >= week and created_at < week + interval '7 days')`,
        completed: sql<number>`(select count(*)::int from projects
          where ${seen} and completed_at >= week and completed_at < week + interval '7 days')`,
        plays: sql<number>`((select coalesce(sum(h.plays), 0) from game_studio_hours h
            where h.hour >= week and h.hour < week + interval '7 days')
          - (select coalesce(sum(h.plays), 0) from game_stale_days d join game_hours h on h.organization_id = d.organization_id
            and h.url_id = d.url_id and h.hour >= d.day and h.hour < d.day + interval '1 day'
            where d.day >= week and d.day < week + interval '7 days')
          + (select count(*) from game_stale_days d join game_events e on e.organization_id = d.organization_id
            and e.url_id = d.url_id and e.created_at >= d.day and e.created_at < d.day + interval '1 day'
            where d.day >= week and d.day < week + interval '7 days' and e.type = 'start'))::int`,
      }),
    )
    .from(
      sql`generate_series(date_trunc('week', now()) - make_interval(weeks => ${sql.placeholder('weeks')}::int - 1),
        date_trunc('week', now()), interval '7 days') as week`,
    )
    .orderBy(sql`week`),
)

export const countByStatus = (tx: TenantRead, hidden: string[]) => tx.run(statuses, { hidden })
export const countWeeks = (tx: TenantRead, count: number, hidden: string[]) => tx.run(weeks, { weeks: count, hidden })

export async function countDue(tx: TenantRead, userId: string, hidden: string[]) {
  const [row] = await tx.run(due, { userId, hidden })
  return row ?? { overdue: 0, dueThisWeek: 0, unassigned: 0, mine: 0, liveGames: 0 }
}
