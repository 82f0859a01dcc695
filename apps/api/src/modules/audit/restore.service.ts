import type { RestoreInput, RestorePreview, RestoreStep, RestorableEntity } from '@sparkle/shared/audit'
import { isRestorable } from '@sparkle/shared/audit'
import { can, decideOn, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { isSealed, openerOf } from '../../core/person-vault.ts'
import { recordRead } from '../../core/record-read.ts'
import { refuse } from '../../core/refuse.ts'
import { findResource, type ResourceKind } from '../../core/resources.ts'
import { personalNames, readState } from '../../core/snapshots.ts'
import { findRecord } from './audit.queries.ts'
import { subjectsOf } from './audit.rules.ts'
import { differencesOf, type Plan, planOf, type State } from './restore.rules.ts'
import { restorers, type RestoreTools } from './restorers.ts'

interface Prepared extends Plan {
  entity: RestorableEntity
  entityId: string
  projectId: string | null
  version: number
  goal: State
}

/** What would change if the entry's state came back now, and what follows from it. Changes nothing. */
export async function previewRestore(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  { state }: RestoreInput,
): Promise<RestorePreview> {
  const { goal: _then, projectId, ...plan } = await prepare(tx, id, state)
  const opened = can(actor, 'audit:personal')
  if (opened && plan.steps.some((step) => step.personal))
    await recordRead(tx, actor, { entity: plan.entity, id: plan.entityId, projectId })
  const steps = plan.steps.map((step) => (step.personal && !opened ? { ...step, from: null, to: null } : step))
  return { ...plan, steps }
}

/**
 * Brings a thing back to how it was before or after an entry, as far as that is legal now: through the writes of the
 * module that owns it, each with its own record and event, and one record that says it was a restore. What cannot come
 * back stays as it is and is named in `kept`. Throws 409 `audit.nothing_to_restore` where nothing would change.
 */
export async function restoreEntry(
  tx: TenantTx,
  tools: RestoreTools,
  actor: UserActor,
  id: string,
  { state }: RestoreInput,
  expected: number | null,
) {
  const { entity, entityId, projectId, version, steps, kept, goal } = await prepare(tx, id, state)
  assertVersion(version, expected)
  if (steps.length === 0)
    conflict('audit.nothing_to_restore', 'Nothing would change: it is as it was, or cannot be again.')
  await assertMayMake(tx, actor, entity, entityId, steps)
  await restorers[entity].apply(tx, tools, actor, entityId, steps, goal)
  const restored = steps.map((step) => step.field)
  await recordAudit(tx, actor, 'audit:restored', {
    entity,
    id: entityId,
    changes: { entry: id, state, fields: restored },
    ...(projectId && { projectId }),
  })
  const now = await readState(tx, entity, entityId)
  return { entity, entityId, version: Number(now?.['version'] ?? version), restored, kept }
}

const kinds: Partial<Record<RestorableEntity, ResourceKind>> = { project: 'projects', asset: 'assets', url: 'urls' }

/** Throws 403 where the caller could not make one of the changes by hand. */
async function assertMayMake(
  tx: TenantTx,
  actor: UserActor,
  entity: RestorableEntity,
  id: string,
  steps: readonly RestoreStep[],
): Promise<void> {
  const kind = kinds[entity]
  const resource = kind && (await findResource(tx, kind, id))
  for (const permission of new Set(steps.map(({ field }) => restorers[entity].needs(field)))) {
    const decision = decideOn(actor, permission, resource)
    if (!decision.allowed) refuse(permission, decision)
  }
}

async function prepare(tx: TenantTx, id: string, state: RestoreInput['state']): Promise<Prepared> {
  const { row } = (await findRecord(tx, id)) ?? notFound('audit')
  const snapshot = row[state]
  if (!isRestorable(row.entity) || !snapshot)
    conflict('audit.not_restorable', 'This entry holds no state that could be brought back.')
  const { entity, entityId, projectId } = { ...row, entity: row.entity as RestorableEntity }
  const now =
    (await readState(tx, entity, entityId)) ?? conflict('audit.entity_gone', 'What this entry tells of is gone.')

  const open = await openerOf(tx, tx.crypto, subjectsOf(snapshot))
  const erased = new Set<string>()
  const goal: State = {}
  for (const [name, value] of Object.entries(snapshot)) {
    goal[name] = isSealed(value) ? open(value) : value
    if (isSealed(value) && goal[name] === null) erased.add(name)
  }
  const judge = await restorers[entity].judge(tx, now, goal)
  const plan = planOf(differencesOf(now, goal), erased, new Set(personalNames(entity)), judge)
  return { ...plan, entity, entityId, projectId, version: Number(now['version'] ?? 1), goal }
}
