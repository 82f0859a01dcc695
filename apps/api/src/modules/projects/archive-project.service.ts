import type { ProjectView } from '@sparkle/shared/projects'
import { sql } from 'drizzle-orm'
import type { UserActor } from '../../core/actor.ts'
import { assertVersion, conflict } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { updateProject } from './projects.queries.ts'
import type { ViewTools } from './project-view.service.ts'
import { getProject, openProject } from './projects.service.ts'

/**
 * Sets a project aside, or takes it out again. An archived project keeps its status and stays open to changes; only
 * lists leave it out. 409 where it is that way already.
 */
export async function setArchived(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  id: string,
  archived: boolean,
  expected: number | null,
): Promise<ProjectView> {
  const project = await openProject(tx, actor, id, { permission: 'projects:update' })
  assertVersion(project.version, expected)
  if (archived === (project.archivedAt !== null)) {
    if (archived) conflict('project.archived', 'This project is archived already.')
    conflict('project.not_archived', 'This project is not archived.')
  }
  await updateProject(tx, id, { archivedAt: archived ? (sql`now()` as unknown as string) : null })
  const what = archived ? 'project:archived' : 'project:unarchived'
  await recordAudit(tx, actor, what, { entity: 'project', id })
  await emit(tx, actor, what, { projectId: id, data: { petName: project.petName } })
  return getProject(tx, tools, actor, id)
}
