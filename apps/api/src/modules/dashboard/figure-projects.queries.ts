import { sql, type SQL } from 'drizzle-orm'
import type { FigureKey, FigureProject, FigureProjectsQuery } from '@sparkle/shared/dashboard'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { isoTime } from '../../db/time.ts'
import { hoursWithin } from '../urls/hours.queries.ts'
import {
  atWork,
  boundsOf,
  cycleSeconds,
  leadSeconds,
  shown,
  startOfWork,
  wasOrdered,
  type Zoned,
} from './figures.queries.ts'
import type { Period } from './figures.rules.ts'

/** What of a project makes its part in a figure. `rank` is an integer that is never negative: lists go by it, highest first. */
interface Part {
  from: SQL
  where: SQL
  value: SQL
  rank: SQL
}

const days = (seconds: SQL) => sql`(${seconds} / 86400)::float8`
const newest = (moment: string) => sql.raw(`floor(extract(epoch from ${moment}))`)
const lateness = (timeZone: string) => sql`((p.completed_at at time zone ${timeZone}::text)::date - p.deadline)`
const whole = (number: SQL) => sql`greatest(floor(${number}), 0)`

function partOf(tx: TenantTx, key: FigureKey, zoned: Zoned<Period>, query: FigureProjectsQuery): Part {
  const { since, before } = boundsOf(zoned.period, zoned.timeZone)
  const projects = sql`projects p`
  const completed = sql`p.completed_at >= ${since} and p.completed_at < ${before}`
  switch (key) {
    case 'ordered': {
      const ofPackage = query.packageType ? sql`and p.package_type = ${query.packageType}` : sql``
      const where = sql`${wasOrdered} and p.created_at >= ${since} and p.created_at < ${before} ${ofPackage}`
      return { from: projects, where, value: sql`null::float8`, rank: newest('p.created_at') }
    }
    case 'completed':
      return { from: projects, where: completed, value: sql`null::float8`, rank: newest('p.completed_at') }
    case 'leadDays':
      return { from: projects, where: completed, value: days(leadSeconds), rank: whole(leadSeconds) }
    case 'cycleDays': {
      const from = sql`projects p ${startOfWork}`
      const where = sql`${completed} and started.at is not null`
      return { from, where, value: days(cycleSeconds), rank: whole(cycleSeconds) }
    }
    case 'late': {
      const late = lateness(zoned.timeZone)
      return { from: projects, where: sql`${completed} and ${late} > 0`, value: sql`${late}::float8`, rank: late }
    }
    case 'approved': {
      const from = sql`projects p join (
        select firsts.project_id, sum((select count(*) from deliverable_versions c
          where c.organization_id = ${tx.organizationId}::uuid and c.deliverable_id = firsts.deliverable_id
            and c.status = 'changes_requested' and c.decided_at < firsts.at)) as rounds
        from (select v.project_id, v.deliverable_id, min(v.decided_at) as at from deliverable_versions v
          where v.organization_id = ${tx.organizationId}::uuid and v.status = 'approved' group by 1, 2) as firsts
        where firsts.at >= ${since} and firsts.at < ${before} group by 1) as reviewed on reviewed.project_id = p.id`
      return { from, where: sql`true`, value: sql`reviewed.rounds::float8`, rank: sql`reviewed.rounds` }
    }
    case 'views':
    case 'plays': {
      const from = sql`projects p join (
        with ${hoursWithin(tx, { since, before })}
        select u.project_id, sum(${sql.raw(key)}) as times from hours h
        join urls u on u.organization_id = ${tx.organizationId}::uuid and u.id = h.url_id group by u.project_id) as played on played.project_id = p.id`
      return { from, where: sql`played.times > 0`, value: sql`played.times::float8`, rank: sql`played.times` }
    }
    case 'load': {
      const artist =
        query.assignedTo === 'nobody'
          ? sql`and p.assigned_artist_id is null`
          : query.assignedTo
            ? sql`and p.assigned_artist_id = ${query.assignedTo}::uuid`
            : sql``
      const left = sql`case when p.estimated_hours is not null then greatest(p.estimated_hours - p.actual_hours, 0) end`
      return {
        from: projects,
        where: sql`${atWork} ${artist}`,
        value: left,
        rank: sql`coalesce(floor(${left} * 100), 0)`,
      }
    }
  }
}

/** The projects behind a figure, those with the largest part in it first. Deleted ones are in no figure. */
export async function listFigureProjects(
  tx: TenantTx,
  key: FigureKey,
  zoned: Zoned<Period>,
  query: FigureProjectsQuery,
): Promise<{ items: FigureProject[]; nextCursor: string | null; total?: number }> {
  const { from, where, value, rank } = partOf(tx, key, zoned, query)
  const after = query.cursor ? decodeCursor(query.cursor, key, ['number', 'id']) : null
  const beyond = after ? sql`where (rank, id) < (${after[0]}::bigint, ${after[1]}::uuid)` : sql``
  const { rows } = await tx.execute<FigureProject & { rank: string }>(sql`
    select found.*, u.display_name as "assignedArtistName" from (
      select * from (
        select p.id, p.name, p.pet_name as "petName", p.status, p.package_type as "packageType", p.assigned_artist_id,
          p.created_at::text as "createdAt", to_char(p.deadline, 'YYYY-MM-DD') as deadline,
          p.completed_at::text as "completedAt", ${value} as value, (${rank})::bigint as rank
        from ${from} where ${shown(tx, zoned.hidden)} and p.deleted_at is null and ${where}) as parts
      ${beyond} order by rank desc, id desc limit ${query.limit + 1}) as found
    left join users u on u.id = found.assigned_artist_id order by rank desc, id desc`)
  const page = toPage(rows, query.limit, key, (row) => [Number(row.rank), row.id])
  const items = page.rows.map(({ rank: _rank, createdAt, completedAt, ...row }) => ({
    ...row,
    createdAt: isoTime(createdAt),
    completedAt: completedAt === null ? null : isoTime(completedAt),
  }))
  if (!asksFor(query.include, 'total')) return { items, nextCursor: page.nextCursor }
  const counted = await tx.execute<{ total: number }>(
    sql`select count(*)::int as total from ${from} where ${shown(tx, zoned.hidden)} and p.deleted_at is null and ${where}`,
  )
  return { items, nextCursor: page.nextCursor, total: counted.rows[0]?.total ?? 0 }
}
