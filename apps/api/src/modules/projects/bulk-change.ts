import type { BulkChangeInput, BulkItem, BulkResult } from '@sparkle/shared/project-bulk'
import { can, type UserActor } from '../../core/actor.ts'
import { forbidden } from '../../core/app-error.ts'
import { changeEach } from '../../core/bulk.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { setArchived } from './archive-project.service.ts'
import type { ViewTools } from './project-view.service.ts'
import { assignProject, changeProject, setProjectStatus } from './projects.service.ts'

/** Changes many projects, each by itself. */
export function changeProjects(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  { items }: BulkChangeInput,
): Promise<BulkResult[]> {
  return changeEach(tx, items, (item) => apply(tx, tools, actor, item))
}

/** Makes one project's changes one after the other; the version is checked once, against the first of them. */
async function apply(tx: TenantTx, tools: ViewTools, actor: UserActor, { id, version, change }: BulkItem) {
  let expected = version ?? null
  const { status, assignedArtistId, archived, ...rest } = change
  if (Object.keys(rest).length > 0) expected = (await changeProject(tx, tools, actor, id, rest, expected)).version
  if (status !== undefined) expected = (await setProjectStatus(tx, tools, actor, id, status, expected)).version
  if (assignedArtistId !== undefined) {
    if (!can(actor, 'projects:assign')) forbidden('auth.forbidden', 'This needs the permission projects:assign.')
    expected = (await assignProject(tx, tools, actor, id, assignedArtistId, expected)).version
  }
  if (archived !== undefined) expected = (await setArchived(tx, tools, actor, id, archived, expected)).version
  return expected ?? 1
}
