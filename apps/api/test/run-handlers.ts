import { readEvents } from '../src/core/event-log.ts'
import type { EventHandler } from '../src/core/event-handlers.ts'
import { inTenantRead } from '../src/core/in-tenant.ts'
import { relayOrganization } from '../src/jobs/relay.ts'
import type { Deps } from '../src/plugins/types.ts'

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Does what a worker does with all events of a studio after `seen`, and with those that follow from them: each handler
 * gets those of its types. Answers the number of the last one; to begin before it again is to deliver them again.
 */
export async function runHandlers(
  deps: Deps,
  organizationId: string,
  handlers: readonly EventHandler<Deps>[],
  seen = 0,
): Promise<number> {
  const job = { attempt: 1, log: silentLog, step: <T>(_name: string, work: () => Promise<T>) => work() }
  let done = seen
  for (let more = true; more;) {
    await relayOrganization(deps.db, deps.crypto, organizationId)
    const reader = { kind: 'system', organizationId, job: 'test' } as const
    const events = await inTenantRead(deps.db, reader, (tx) => readEvents(tx, done, 10_000))
    for (const event of events)
      for (const { on, name, run } of handlers)
        if (on.includes(event.type))
          await run(deps, { ...event, organizationId }, { ...job, actor: { ...reader, job: name } })
    done = events.at(-1)?.seq ?? done
    more = events.length > 0
  }
  return done
}
