import { mostViews, type CreateViewInput, type SavedView, type UpdateViewInput } from '@sparkle/shared/project-views'
import { can, isClient, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  countOwnViews,
  countSharedViews,
  deleteViewRow,
  hasViewNamed,
  findViewRow,
  insertView,
  listViewRows,
  lockViews,
  lockView,
  updateView,
  type LockedView,
  type ViewRow,
} from './project-views.queries.ts'

/** A view is its owner's; a shared one is also for those who plan the studio's work. */
function mayChange(actor: UserActor, view: Pick<ViewRow, 'ownerId' | 'shared'>): boolean {
  return view.ownerId === actor.userId || (view.shared && can(actor, 'projects:assign'))
}

function assertStaff(actor: UserActor): void {
  if (isClient(actor)) forbidden('project_view.staff_only', 'Saved views are for the people of the studio.')
}

function toSavedView(actor: UserActor, row: ViewRow): SavedView {
  return { ...(row as Omit<SavedView, 'mayChange'>), mayChange: mayChange(actor, row) }
}

export async function listViews(tx: TenantTx, actor: UserActor): Promise<{ items: SavedView[] }> {
  assertStaff(actor)
  const rows = await listViewRows(tx, actor.userId, mostViews * 4)
  return { items: rows.map((row) => toSavedView(actor, row)) }
}

async function getView(tx: TenantTx, actor: UserActor, id: string): Promise<SavedView> {
  return toSavedView(actor, (await findViewRow(tx, id)) ?? notFound('project_view'))
}

export async function createView(tx: TenantTx, actor: UserActor, input: CreateViewInput): Promise<SavedView> {
  assertStaff(actor)
  await lockViews(tx)
  if ((await countOwnViews(tx, actor.userId)) >= mostViews)
    conflict('project_view.too_many', `You have ${mostViews} views already. Delete one first.`)
  if (input.shared) await assertRoomToShare(tx)
  await assertNameFree(tx, actor, input.name)
  const id = newId()
  await insertView(tx, { ...input, id, ownerId: actor.userId })
  await tell(tx, actor, 'view:saved', id, { ...input })
  return getView(tx, actor, id)
}

async function assertNameFree(tx: TenantTx, actor: UserActor, name: string, besides?: string): Promise<void> {
  if (await hasViewNamed(tx, actor.userId, name, besides))
    conflict('project_view.name_taken', 'Another view has this name already. Choose another one.')
}

/** Everybody's list holds what is shared beside their own, so both are bounded. */
async function assertRoomToShare(tx: TenantTx): Promise<void> {
  if ((await countSharedViews(tx)) >= mostViews)
    conflict('project_view.too_many_shared', `The studio shares ${mostViews} views already. Delete one first.`)
}

export async function changeView(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  input: UpdateViewInput,
  expected: number | null,
): Promise<SavedView> {
  const view = await openView(tx, actor, id)
  assertVersion(view.version, expected)
  if (input.shared || input.name !== undefined) await lockViews(tx)
  if (input.shared && !view.shared) await assertRoomToShare(tx)
  if (input.name !== undefined && input.name !== view.name) await assertNameFree(tx, actor, input.name, id)
  await updateView(tx, id, input)
  await tell(tx, actor, 'view:saved', id, changesBetween(view, input))
  return getView(tx, actor, id)
}

export async function deleteView(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<void> {
  const view = await openView(tx, actor, id)
  assertVersion(view.version, expected)
  await deleteViewRow(tx, id)
  await tell(tx, actor, 'view:deleted', id, { name: view.name })
}

/** The view, locked for a change. Somebody else's private one does not exist for anybody but its owner. */
async function openView(tx: TenantTx, actor: UserActor, id: string): Promise<LockedView> {
  assertStaff(actor)
  const view = (await lockView(tx, id)) ?? notFound('project_view')
  if (!view.shared && view.ownerId !== actor.userId) notFound('project_view')
  if (!mayChange(actor, view))
    forbidden('project_view.not_yours', 'Only who shared this view, or a manager, may change it. Save your own.')
  return view
}

async function tell(
  tx: TenantTx,
  actor: UserActor,
  what: 'view:saved' | 'view:deleted',
  id: string,
  changes: Record<string, unknown>,
): Promise<void> {
  await recordAudit(tx, actor, what, { entity: 'project_view', id, changes })
  await emit(tx, actor, what, { data: { viewId: id, userId: actor.userId } })
}
