import type { EventData, EventType } from '@sparkle/shared/events'
import { outbox } from '../db/tables/events.ts'
import { actorName, actorUserId, type Actor } from './actor.ts'
import { newId } from './ids.ts'
import type { TenantTx } from './in-tenant.ts'

export interface EmitInput {
  projectId?: string | null
  data?: EventData
}

/** Says that something happened, in the transaction in which it happens. The relay numbers and delivers it later. */
export async function emit(tx: TenantTx, actor: Actor, type: EventType, input: EmitInput = {}): Promise<string> {
  const id = newId()
  await tx.insert(outbox).values({
    organizationId: tx.organizationId,
    id,
    type,
    projectId: input.projectId ?? null,
    actorId: actorUserId(actor),
    actorName: actorName(actor),
    data: input.data ?? {},
    requestId: 'origin' in actor ? actor.origin.requestId : null,
  })
  return id
}
