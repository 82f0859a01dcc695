import { csvLine, byteOrderMark } from '@sparkle/shared/csv'
import { importFields } from '@sparkle/shared/project-imports'
import type { ListProjectsQuery, ProjectView } from '@sparkle/shared/projects'
import type { UserActor } from '../../core/actor.ts'
import { type Database, inTenantRead } from '../../core/in-tenant.ts'
import { findMatches, listProjectViews } from './list-projects.service.ts'
import type { ViewTools } from './project-view.service.ts'

/** The columns of an export: what an import reads, and what only the studio gives. */
const columns = ['id', 'orderNumber', ...importFields, 'createdAt', 'completedAt'] as const
type ExportColumn = (typeof columns)[number]

function cellOf(project: ProjectView, column: ExportColumn): string {
  const value = column === 'assignedArtist' ? project.assignedArtistName : project[column]
  return String(value ?? '')
}

const mostExported = 1_000_000

/**
 * All projects a filter finds as CSV, page by page: memory and connections are held for one page, however long the
 * download takes. A project that changes meanwhile is in it as it is when its page is read.
 */
export async function* exportProjects(
  db: Database,
  tools: ViewTools,
  actor: UserActor,
  query: ListProjectsQuery,
): AsyncGenerator<string> {
  // Once and all of them: a list shows the newest thousand, which is no answer for a file.
  const matches = await inTenantRead(db, actor, (tx) => findMatches(tx, tools, query.q, mostExported))
  yield byteOrderMark + csvLine(columns)
  let cursor: string | undefined
  do {
    const page = await inTenantRead(db, actor, (tx) =>
      listProjectViews(tx, tools, actor, { ...query, limit: 100, cursor, include: undefined }, matches),
    )
    yield page.items.map((project) => csvLine(columns.map((column) => cellOf(project, column)))).join('')
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}
