import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { EventType } from '@sparkle/shared/events'
import type { SystemActor } from '../core/actor.ts'
import type { EventHandler } from '../core/event-handlers.ts'
import { inTenant, type Database } from '../core/in-tenant.ts'
import { outbox } from '../db/tables/events.ts'

const batchSize = 200

export type StartJob<D> = (organizationId: string, eventId: string, handler: EventHandler<D>) => Promise<void>

/**
 * Starts a durable job for each handler of each relayed event, and marks the event only then. A worker that dies in
 * between leaves it to be done again, which changes nothing: the job's id is made of event and handler.
 */
export async function dispatchOrganization<D>(
  db: Database,
  organizationId: string,
  handlers: readonly EventHandler<D>[],
  start: StartJob<D>,
): Promise<number> {
  const actor: SystemActor = { kind: 'system', organizationId, job: 'dispatch' }
  const byType = handlersByType(handlers)
  for (let dispatched = 0; ;) {
    const waiting = await inTenant(db, actor, (tx) =>
      tx
        .select({ id: outbox.id, type: outbox.type })
        .from(outbox)
        .where(and(eq(outbox.organizationId, organizationId), isNull(outbox.dispatchedAt), isNotNull(outbox.relayedAt)))
        .orderBy(asc(outbox.createdAt), asc(outbox.id))
        .limit(batchSize),
    )
    if (waiting.length === 0) return dispatched
    for (const event of waiting)
      for (const handler of byType.get(event.type) ?? []) await start(organizationId, event.id, handler)
    const ids = waiting.map((event) => event.id)
    await inTenant(db, actor, (tx) =>
      tx
        .update(outbox)
        .set({ dispatchedAt: sql`now()` as unknown as string })
        .where(and(eq(outbox.organizationId, organizationId), inArray(outbox.id, ids))),
    )
    dispatched += waiting.length
  }
}

function handlersByType<D>(handlers: readonly EventHandler<D>[]) {
  const byType = new Map<EventType, EventHandler<D>[]>()
  for (const handler of handlers)
    for (const type of handler.on) byType.set(type, [...(byType.get(type) ?? []), handler])
  return byType
}
