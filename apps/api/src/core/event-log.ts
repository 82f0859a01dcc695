import { and, asc, count, desc, eq, gt, inArray, isNull, lt, notInArray, sql, type SQL } from 'drizzle-orm'
import type { EventData, EventType, EventView } from '@sparkle/shared/events'
import { eventLog } from '../db/tables/events.ts'
import { projects } from '../db/tables/projects.ts'
import type { HandledEvent } from './event-handlers.ts'
import type { TenantRead, TenantTx } from './in-tenant.ts'
import { fields, statement } from './statement.ts'

const columns = {
  seq: eventLog.seq,
  id: eventLog.id,
  type: eventLog.type,
  at: eventLog.at,
  projectId: eventLog.projectId,
  actorId: eventLog.actorId,
  actorName: eventLog.actorName,
  data: eventLog.data,
}

/** An event with whose its project is: what somebody may see of it is decided on that. */
export interface LoggedEvent {
  seq: number
  id: string
  type: EventType
  at: string
  projectId: string | null
  actorId: string | null
  actorName: string | null
  data: EventData
  accountId: string | null
  assignedArtistId: string | null
}

const followingEvents = statement<{ after: number; limit: number }>('core.events.following')((q) =>
  q
    .select(fields({ ...columns, accountId: projects.accountId, assignedArtistId: projects.assignedArtistId }))
    .from(eventLog)
    .leftJoin(
      projects,
      and(
        eq(projects.organizationId, eventLog.organizationId),
        eq(projects.id, eventLog.projectId),
        isNull(projects.deletedAt),
      ),
    )
    .where(gt(eventLog.seq, sql`${sql.placeholder('after')}::bigint`))
    .orderBy(eventLog.seq)
    .limit(sql.placeholder('limit')),
)

/** The studio's events after `after`, oldest first. */
export function readEvents(tx: TenantRead, after: number, limit: number): Promise<LoggedEvent[]> {
  return tx.run(followingEvents, { after, limit })
}

const newestSeq = statement<{ one: number }>('core.events.newest')((q) =>
  q
    .select(fields({ seq: sql<number>`coalesce(max(${eventLog.seq}), 0)` }))
    .from(eventLog)
    .limit(sql.placeholder('one')),
)

/** The `seq` of the studio's newest event, 0 where there is none. */
export async function readNewestSeq(tx: TenantRead): Promise<number> {
  const [row] = await tx.run(newestSeq, { one: 1 })
  return Number(row?.seq ?? 0)
}

export async function findEvent(tx: TenantTx, id: string): Promise<HandledEvent | undefined> {
  const [row] = await tx.select(columns).from(eventLog).where(eq(eventLog.id, id))
  return row && { organizationId: tx.organizationId, ...row }
}

export interface EventFilter {
  /** Oldest first after this `seq`; without it newest first. */
  after?: number
  /** Newest first before this `seq`. */
  before?: number
  projectId?: string
  /** Only events of this account's projects. */
  accountId?: string
  types?: readonly EventType[]
  without?: readonly EventType[]
  /** Without what is internal to the studio, whatever its type. */
  noInternal?: boolean
  /** Without what is internal of these projects. */
  withoutInternalOf?: readonly string[]
  withoutProjects?: readonly string[]
  /** Without what this person did. */
  withoutBy?: string
  /** Events of these types that belong to one of these projects. */
  except?: { types: readonly EventType[]; projects: readonly string[] }
  limit: number
}

/** One page of the log. */
export async function listEvents(tx: TenantTx, filter: EventFilter) {
  return tx
    .select(columns)
    .from(eventLog)
    .where(and(...conditions(tx, filter)))
    .orderBy(filter.after === undefined ? desc(eventLog.seq) : asc(eventLog.seq))
    .limit(filter.limit)
}

export async function countEvents(tx: TenantTx, filter: Omit<EventFilter, 'limit'>): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(eventLog)
    .where(and(...conditions(tx, filter)))
  return row?.count ?? 0
}

function conditions(tx: TenantTx, filter: Omit<EventFilter, 'limit'>): SQL[] {
  const list: SQL[] = []
  if (filter.after !== undefined) list.push(gt(eventLog.seq, filter.after))
  if (filter.before !== undefined) list.push(lt(eventLog.seq, filter.before))
  if (filter.projectId) list.push(eq(eventLog.projectId, filter.projectId))
  if (filter.types) list.push(inArray(eventLog.type, [...filter.types]))
  if (filter.without) list.push(notInArray(eventLog.type, [...filter.without]))
  if (filter.noInternal) list.push(sql`coalesce(${eventLog.data} ->> 'internal', 'false') <> 'true'`)
  if (filter.withoutBy) list.push(sql`${eventLog.actorId} is distinct from ${filter.withoutBy}`)
  if (filter.withoutInternalOf?.length)
    list.push(
      sql`not (coalesce(${eventLog.data} ->> 'internal', 'false') = 'true' and coalesce(${eventLog.projectId} = any(${sql.param([...filter.withoutInternalOf])}::uuid[]), false))`,
    )
  if (filter.withoutProjects?.length)
    list.push(
      sql`(${eventLog.projectId} is null or ${eventLog.projectId} <> all(${sql.param([...filter.withoutProjects])}::uuid[]))`,
    )
  const { types, projects: excepted } = filter.except ?? { types: [], projects: [] }
  if (types.length > 0 && excepted.length > 0)
    list.push(
      sql`not (${inArray(eventLog.type, [...types])} and coalesce(${eventLog.projectId} = any(${sql.param([...excepted])}::uuid[]), false))`,
    )
  if (filter.accountId) {
    const owned = and(eq(projects.accountId, filter.accountId), isNull(projects.deletedAt))
    list.push(inArray(eventLog.projectId, tx.select({ id: projects.id }).from(projects).where(owned)))
  }
  return list
}

export function toEventView(row: Omit<LoggedEvent, 'accountId' | 'assignedArtistId'>): EventView {
  const { seq, id, type, at, projectId, data } = row
  return { seq: Number(seq), id, type, at, projectId, actor: { id: row.actorId, name: row.actorName }, data }
}
