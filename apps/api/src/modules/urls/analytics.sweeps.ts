import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { visitorSalt } from '../../db/system-games.ts'
import type { Deps } from '../../plugins/types.ts'
import { forgetEvents, rollUpStaleDays } from './hours.queries.ts'

/** Rolls the events of the last hour up, forgets those of more than 30 days ago, and destroys yesterday's salt. */
const rollUp: Sweep<Deps> = {
  name: 'game-figures',
  everySeconds: 3600,
  async run({ db }, actor) {
    for (let count = 1; count > 0;) count = await inTenant(db, actor, (tx) => rollUpStaleDays(tx))
    for (let count = 1; count > 0;) count = await inTenant(db, actor, (tx) => forgetEvents(tx))
    await visitorSalt(db)
  },
}

export const analyticsSweeps: readonly Sweep<Deps>[] = [rollUp]
