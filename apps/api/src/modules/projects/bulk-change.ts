import type { BulkChangeInput, BulkItem, BulkResult } from '@sparkle/shared/project-bulk'
import { sql } from 'drizzle-orm'
import { can, type UserActor } from '../../core/actor.ts'
import { AppError, forbidden, statusOf } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { setArchived } from './archive-project.service.ts'
import { assignProject, changeProject, setProjectStatus, type ViewTools } from './projects.service.ts'

/**
 * Changes many projects, each under its own savepoint: one that is refused leaves the others as they were changed.
 * Results come in the order of the input; rows are locked in the order of their ids, so that two bulk edits never wait
 * for each other.
 */
export async function changeProjects(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  { items }: BulkChangeInput,
): Promise<BulkResult[]> {
  const results = new Map<string, BulkResult>()
  for (const item of items.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    results.set(item.id, await changeOne(tx, tools, actor, item))
  }
  return items.map(({ id }) => results.get(id) ?? missing(id))
}

function missing(id: string): never {
  throw new Error(`The project ${id} has no result.`)
}

async function changeOne(tx: TenantTx, tools: ViewTools, actor: UserActor, item: BulkItem): Promise<BulkResult> {
  await tx.execute(sql`savepoint bulk_item`)
  try {
    const version = await apply(tx, tools, actor, item)
    await tx.execute(sql`release savepoint bulk_item`)
    return { id: item.id, status: 200, version }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await tx.execute(sql`rollback to savepoint bulk_item`)
    return { id: item.id, status: statusOf[error.kind], code: error.code, detail: error.message }
  }
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
