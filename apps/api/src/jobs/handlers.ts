import type { EventHandler, Sweep } from '../core/event-handlers.ts'
import { inTenant } from '../core/in-tenant.ts'
import { assetHandlers, assetSweeps } from '../modules/assets/assets.events.ts'
import { buildHandlers } from '../modules/builds/builds.events.ts'
import { notificationHandlers } from '../modules/notifications/notifications.events.ts'
import { sweepUrls } from '../modules/urls/urls.sweeps.ts'
import type { Deps } from '../plugins/types.ts'
import { houseKeeping } from './house-keeping.ts'

/** Everything that follows events, of every module. */
export const handlers: readonly EventHandler<Deps>[] = [...assetHandlers, ...buildHandlers, ...notificationHandlers]

const addresses: Sweep<Deps> = {
  name: 'addresses',
  everySeconds: 300,
  run: async (deps, actor) => void (await inTenant(deps.db, actor, (tx) => sweepUrls(tx, actor))),
}

/** Everything that comes round, of every module. */
export const sweeps: readonly Sweep<Deps>[] = [addresses, ...assetSweeps, ...houseKeeping]
