import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { warnOfEndingKeys } from './api-keys.service.ts'

export const apiKeySweeps: readonly Sweep<Deps>[] = [
  {
    name: 'api-keys',
    everySeconds: 3600,
    run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => warnOfEndingKeys(tx, actor))),
  },
]
