import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { forgetVisits } from './guest-links.queries.ts'

export const guestLinkSweeps: readonly Sweep<Deps>[] = [
  {
    name: 'guest-visits',
    everySeconds: 6 * 3600,
    run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => forgetVisits(tx))),
  },
]
