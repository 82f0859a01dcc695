import { deniedProjects } from '@sparkle/shared/decide'
import type { ListProjectsQuery, ProjectView } from '@sparkle/shared/projects'
import { isClient, type UserActor } from '../../core/actor.ts'
import { forbidden } from '../../core/app-error.ts'
import { asksFor } from '../../core/cursor.ts'
import type { TenantRead } from '../../core/in-tenant.ts'
import { customerEmailIndex } from './contact-data.service.ts'
import { toView, type ViewTools } from './project-view.service.ts'
import { countProjects, listProjects, type ProjectFilter, searchProjects, toTsQuery } from './projects.list.ts'
import { progressOf } from './projects.progress.ts'
import { mayRestore } from './projects.rules.ts'

/** The projects a search finds, newest first; undefined where nothing is searched for. */
export async function findMatches(tx: TenantRead, tools: Pick<ViewTools, 'crypto'>, q?: string, most?: number) {
  if (!q?.trim()) return undefined
  const emailIndex = q.includes('@') ? tools.crypto.blindIndex(q, customerEmailIndex) : null
  return searchProjects(tx, emailIndex ? '' : q, emailIndex, most)
}

/** `matches`: what the search has found, where the caller has asked before. */
export async function listProjectViews(
  tx: TenantRead,
  tools: ViewTools,
  actor: UserActor,
  query: ListProjectsQuery,
  matches?: string[],
) {
  const { q, assignedTo, include, ...rest } = query
  if (query.deleted === 'true' && !mayRestore(actor))
    forbidden('auth.forbidden', 'Deleted projects are shown to those who may restore them: projects:delete.')
  const hidden = deniedProjects(actor, 'projects:read')
  const filter: ProjectFilter = {
    ...rest,
    ...(hidden.length > 0 && { without: hidden }),
    ...(assignedTo && { assignedTo: assignedTo === 'me' ? actor.userId : assignedTo }),
    ...(isClient(actor)
      ? { accountId: actor.accountId ?? actor.userId, words: q?.trim() ? toTsQuery(q) : undefined }
      : { ids: matches ?? (await findMatches(tx, tools, q)) }),
  }
  const [page, total] = await Promise.all([
    listProjects(tx, filter),
    asksFor(include, 'total') ? countProjects(tx, filter) : undefined,
  ])
  const items: ProjectView[] = page.rows.map((row) => toView(tools, actor, row))
  if (asksFor(include, 'progress')) {
    const ids = items.map((item) => item.id)
    const progress = await progressOf(tx, tools.gamesOrigin, ids)
    for (const item of items) item.progress = progress.get(item.id)
  }
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}
