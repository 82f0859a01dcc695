import { lt, sql } from 'drizzle-orm'
import type { Sweep } from '../core/event-handlers.ts'
import { inTenant } from '../core/in-tenant.ts'
import { idempotencyKeys, notifications, outbox } from '../db/tables/events.ts'
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

/** What somebody was told a year ago stands in the feed and in the record. */
const forgetNotifications: Sweep<Deps> = {
  name: 'notifications',
  everySeconds: 86_400,
  run: (deps, actor) =>
    inTenant(deps.db, actor, async (tx) => {
      await tx.delete(notifications).where(lt(notifications.createdAt, sql`now() - interval '1 year'`))
    }),
}

export const houseKeeping: readonly Sweep<Deps>[] = [forgetIdempotencyKeys, emptyOutbox, forgetNotifications]
