import { lt, sql } from 'drizzle-orm'
import { readChainHead } from '../core/audit-chain.ts'
import type { Sweep } from '../core/event-handlers.ts'
import { inTenant } from '../core/in-tenant.ts'
import { idempotencyKeys, outbox } from '../db/tables/events.ts'
import type { Deps } from '../plugins/types.ts'

/** Replies are promised for 24 hours; the key may be used afresh afterwards. */
const forgetIdempotencyKeys: Sweep<Deps> = {
  name: 'idempotency-keys',
  everySeconds: 3600,
  run: (deps, actor) =>
    inTenant(deps.db, actor, async (tx) => {
      await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, sql`now() - interval '24 hours'`))
    }),
}

/** Dispatched events live on in the numbered log; the outbox only has to outlive their jobs' start. */
const emptyOutbox: Sweep<Deps> = {
  name: 'outbox',
  everySeconds: 3600,
  run: (deps, actor) =>
    inTenant(deps.db, actor, async (tx) => {
      await tx.delete(outbox).where(lt(outbox.dispatchedAt, sql`now() - interval '7 days'`))
    }),
}

/**
 * Copies the head of the audit chain out of the database once a day: whoever cuts rows off the chain's end, which the
 * seals alone cannot show, would have to change the object store as well. A day's copy is written anew until it is over.
 */
const keepAuditHead: Sweep<Deps> = {
  name: 'audit-head',
  everySeconds: 3600,
  async run(deps, actor) {
    const head = await inTenant(deps.db, actor, (tx) => readChainHead(tx))
    if (!head) return
    const day = new Date().toISOString().slice(0, 10)
    await deps.store.put(
      `${actor.organizationId}/audit-heads/${day}.json`,
      Buffer.from(JSON.stringify(head)),
      'application/json',
    )
  },
}

export const houseKeeping: readonly Sweep<Deps>[] = [forgetIdempotencyKeys, emptyOutbox, keepAuditHead]
