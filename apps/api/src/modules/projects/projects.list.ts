import { and, asc, desc, eq, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import type { ListProjectsQuery } from '@sparkle/shared/projects'
import { decodeCursor, toPage } from '../../core/cursor.ts'
import type { TenantRead } from '../../core/in-tenant.ts'
import { fields, statement, type Statement } from '../../core/statement.ts'
import { users } from '../../db/tables/organizations.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { projectColumns, type ProjectRow } from './projects.queries.ts'

/** Which rows a list wants, beside what the reader may see. */
export type ProjectFilter = Omit<ListProjectsQuery, 'include' | 'assignedTo' | 'q'> & {
  assignedTo?: string
  /** Only this account's projects: what a customer sees. */
  accountId?: string | undefined
  /** Ids a search has found; the text search runs first because its operators are not leakproof. */
  ids?: string[]
  /** The query of a customer's search. It looks at their own few projects one by one, and never at the studio's notes. */
  words?: string | undefined
  /** Ids that the reader is denied. */
  without?: string[]
}

type Params = Record<string, unknown>

const orders = {
  '-createdAt': { column: p.createdAt, type: 'timestamptz', part: 'time', direction: desc },
  createdAt: { column: p.createdAt, type: 'timestamptz', part: 'time', direction: asc },
  '-updatedAt': { column: p.updatedAt, type: 'timestamptz', part: 'time', direction: desc },
  deadline: {
    column: sql<string>`coalesce(${p.deadline}, 'infinity'::date)`,
    type: 'date',
    part: 'day',
    direction: asc,
  },
  '-deadline': {
    column: sql<string>`coalesce(${p.deadline}, '-infinity'::date)`,
    type: 'date',
    part: 'day',
    direction: desc,
  },
  petName: { column: p.petName, type: 'text', part: 'text', direction: asc },
  '-petName': { column: p.petName, type: 'text', part: 'text', direction: desc },
} as const

const place = (name: string, type: string) => sql`${sql.placeholder(name)}::${sql.raw(type)}`

/** What customers search: `projects.search` without the notes, which they could spell out by guessing otherwise. */
const shownWords = sql`to_tsvector('simple', concat_ws(' ', ${p.name}, ${p.petName}, ${p.petBreed}, ${p.customerName}, ${p.orderNumber}))`

/** One prepared statement for each combination of filters that is really used, so that each has its own plan. */
const statements = new Map<string, Statement<Params, ProjectRow & { place: string }>>()

function conditions(filter: ProjectFilter, after: boolean): SQL[] {
  const list: SQL[] = [filter.deleted === 'true' ? isNotNull(p.deletedAt) : isNull(p.deletedAt)]
  if (keepsApart(filter)) list.push(filter.archived === 'true' ? isNotNull(p.archivedAt) : isNull(p.archivedAt))
  if (filter.status)
    list.push(
      filter.status.includes(',')
        ? sql`${p.status} = any(${place('status', 'text[]')})`
        : sql`${p.status} = ${sql.placeholder('status')}`,
    )
  if (filter.assignedTo === 'nobody') list.push(isNull(p.assignedArtistId))
  else if (filter.assignedTo) list.push(sql`${p.assignedArtistId} = ${place('assignedTo', 'uuid')}`)
  if (filter.priority) list.push(sql`${p.priority} = ${sql.placeholder('priority')}`)
  if (filter.packageType) list.push(sql`${p.packageType} = ${sql.placeholder('packageType')}`)
  // Both bounds on the expression that lists are sorted by, so that one index serves a calendar's month.
  if (filter.deadlineFrom)
    list.push(sql`${orders.deadline.column} >= ${place('deadlineFrom', 'date')}`, isNotNull(p.deadline))
  if (filter.deadlineBefore) list.push(sql`${orders.deadline.column} < ${place('deadlineBefore', 'date')}`)
  if (filter.unscheduled === 'true') list.push(isNull(p.deadline))
  if (filter.accountId) list.push(sql`${p.accountId} = ${place('accountId', 'uuid')}`)
  if (filter.ids) list.push(sql`${p.id} = any(${place('ids', 'uuid[]')})`)
  if (filter.words !== undefined) list.push(sql`${shownWords} @@ ${place('words', 'tsquery')}`)
  if (filter.without) list.push(sql`${p.id} <> all(${place('without', 'uuid[]')})`)
  if (after) {
    const { column, type, direction } = orders[filter.sort]
    const beyond = direction === desc ? sql`<` : sql`>`
    list.push(sql`(${column}, ${p.id}) ${beyond} (${place('afterValue', type)}, ${place('afterId', 'uuid')})`)
  }
  return list
}

/** Archived projects are in a list of their own; among the deleted ones nobody asks for that. */
const keepsApart = (filter: ProjectFilter) => filter.deleted !== 'true' && filter.archived !== 'any'

/** One more than the page, which tells whether there is another; in three sizes, so that few statements serve all. */
function rowsToRead(limit: number): 21 | 51 | 101 {
  if (limit <= 20) return 21
  return limit <= 50 ? 51 : 101
}

const filterKeys = [
  'status',
  'assignedTo',
  'priority',
  'packageType',
  'deadlineFrom',
  'deadlineBefore',
  'accountId',
  'ids',
  'words',
  'without',
] as const

function shapeOf(filter: ProjectFilter, after: boolean): string {
  const used = filterKeys
    .filter((key) => filter[key] !== undefined)
    .map((key) =>
      key === 'status' && filter.status?.includes(',')
        ? 'statuses'
        : key === 'assignedTo' && filter.assignedTo === 'nobody'
          ? 'nobody'
          : key,
    )
  const rows = String(rowsToRead(filter.limit))
  const kind = [
    filter.deleted === 'true' ? 'deleted' : '',
    keepsApart(filter) ? `archived ${filter.archived}` : '',
    filter.unscheduled === 'true' ? 'unscheduled' : '',
  ]
  return [filter.sort, ...kind, ...used, after ? 'after' : '', rows].join(' ')
}

/** The list's statement for this combination of filters; the parameters are bound when it runs. */
export function listStatement(filter: ProjectFilter, after: boolean) {
  const shape = shapeOf(filter, after)
  const known = statements.get(shape)
  if (known) return known
  const { column, direction } = orders[filter.sort]
  const made = statement<Params>(`projects.list.${statements.size}`)((q) =>
    q
      .select(fields({ ...projectColumns, place: sql<string>`${column}` }))
      .from(p)
      .leftJoin(users, eq(users.id, p.assignedArtistId))
      .where(and(...conditions(filter, after)))
      .orderBy(direction(column), direction(p.id))
      .limit(rowsToRead(filter.limit)),
  ) as Statement<Params, ProjectRow & { place: string }>
  statements.set(shape, made)
  return made
}

function paramsOf(filter: ProjectFilter) {
  return {
    status: filter.status?.includes(',') ? filter.status.split(',') : filter.status,
    assignedTo: filter.assignedTo,
    priority: filter.priority,
    packageType: filter.packageType,
    deadlineFrom: filter.deadlineFrom,
    deadlineBefore: filter.deadlineBefore,
    accountId: filter.accountId,
    ids: filter.ids,
    words: filter.words,
    without: filter.without,
  }
}

/** One page of projects and the cursor of the next one. */
export async function listProjects(tx: TenantRead, filter: ProjectFilter) {
  const after = filter.cursor ? decodeCursor(filter.cursor, filter.sort, [orders[filter.sort].part, 'id']) : null
  const rows = await tx.run(listStatement(filter, after !== null), {
    ...paramsOf(filter),
    afterValue: after?.[0],
    afterId: after?.[1],
  })
  return toPage(rows, filter.limit, filter.sort, (row) => [row.place, row.id])
}

/** How many projects the filter finds in all. */
export async function countProjects(tx: TenantRead, filter: ProjectFilter): Promise<number> {
  const shape = `${shapeOf({ ...filter, sort: '-createdAt' }, false)} count`
  const known = statements.get(shape) as unknown as Statement<Params, { total: number }> | undefined
  const counted =
    known ??
    statement<Params>(`projects.count.${statements.size}`)((q) =>
      q
        .select(fields({ total: sql<number>`count(*)::int` }))
        .from(p)
        .where(and(...conditions(filter, false))),
    )
  statements.set(shape, counted as never)
  const [row] = await tx.run(counted, paramsOf(filter))
  return row?.total ?? 0
}

/** So many newest matches of a search a list looks at; whoever has more matches than that narrows the search. */
const mostFound = 1000

const found = statement<{ query: string; emailIndex: string | null; most: number }>('projects.search')((q) =>
  q
    .select(fields({ id: sql<string>`found.id` }))
    .from(
      sql`sys.search_projects(${sql.placeholder('query')}::tsquery, ${sql.placeholder('emailIndex')}::text, ${sql.placeholder('most')}::int) as found`,
    ),
)

/** The newest projects whose names, breed, order number or notes hold all the words, or with exactly this e-mail. */
export async function searchProjects(
  tx: TenantRead,
  words: string,
  emailIndex: string | null,
  most = mostFound,
): Promise<string[]> {
  const query = toTsQuery(words)
  if (!query && !emailIndex) return []
  const rows = await tx.run(found, { query, emailIndex, most })
  return rows.map((row) => row.id)
}

/** Words as a prefix query of the `simple` configuration: `Sir Butter` as `'sir':* & 'butter':*`. */
export function toTsQuery(words: string): string {
  return words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .slice(0, 12)
    .map((word) => `'${word}':*`)
    .join(' & ')
}
