import type { AuditEntity } from '@sparkle/shared/audit'
import type { AuditAction } from '@sparkle/shared/events'
import { audit } from '../db/tables/events.ts'
import { actorUserId, recordedKind, type Actor } from './actor.ts'
import { newId } from './ids.ts'
import type { TenantTx } from './in-tenant.ts'
import { takeSnapshots } from './snapshots.ts'

export type { AuditEntity }

/** Field -> [before, after]. Never a secret, never contact data in the clear. */
export type Changes = Record<string, unknown>

export interface AuditSubject {
  entity: AuditEntity
  id: string
  changes?: Changes
  /** Where the entity's row does not say it, as with a download. */
  projectId?: string
}

/**
 * Records who changed what, in the transaction of the change itself and after it: the row before and after comes from
 * what the database has noted (`snapshots.ts`). The relay gives the record its place in the chain.
 */
export async function recordAudit(
  tx: TenantTx,
  actor: Actor,
  action: AuditAction,
  subject: AuditSubject,
): Promise<void> {
  const origin = 'origin' in actor ? actor.origin : null
  const { before, after, changes, projectId } = await takeSnapshots(
    tx,
    subject.entity,
    subject.id,
    subject.changes ?? {},
    subject.projectId,
  )
  await tx.insert(audit).values({
    organizationId: tx.organizationId,
    id: newId(),
    action,
    entity: subject.entity,
    entityId: subject.id,
    actorKind: recordedKind(actor),
    actorId: actor.kind === 'guest' ? actor.visitId : actorUserId(actor),
    projectId: projectId ?? subject.projectId ?? null,
    changes: withKey(actor, changes),
    before,
    after,
    address: origin?.address ?? null,
    userAgent: origin?.userAgent ?? null,
    requestId: origin?.requestId ?? null,
  })
}

/** Names the key or the review link that somebody acted with, beside what changed. */
function withKey(actor: Actor, changes: Changes): Changes {
  if (actor.kind === 'guest') return { ...changes, viaLink: actor.linkId }
  return actor.kind === 'user' && actor.viaKey ? { ...changes, viaKey: actor.viaKey } : changes
}

/** The fields in which two states differ, as `{field: [before, after]}`. */
export function changesBetween<T extends Record<string, unknown>>(before: T, after: Partial<T>): Changes {
  const changes: Changes = {}
  for (const key of Object.keys(after))
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      changes[key] = [before[key] ?? null, after[key] ?? null]
  return changes
}
