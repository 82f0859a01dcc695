import type { EventHandler } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { settleStudio } from './settle-version.ts'

/** Where all owners have to approve, one who leaves may have been the last to be waited for. */
const settleReviews: EventHandler<Deps> = {
  name: 'settle-reviews',
  on: ['user:deactivated', 'user:role:changed', 'user:erasure:finished', 'account:member:changed'],
  async run({ db }, _event, { actor, step }) {
    await step('settle', () => inTenant(db, actor, (tx) => settleStudio(tx, actor)))
  },
}

export const reviewHandlers: readonly EventHandler<Deps>[] = [settleReviews]
