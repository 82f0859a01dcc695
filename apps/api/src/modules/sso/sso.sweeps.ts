import type { SystemActor } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { proofOf } from '../domains/domains.service.ts'
import { listDueDomains } from './providers.queries.ts'
import { recordOf } from './providers.rules.ts'
import { recordDomainCheck } from './verify-domain.service.ts'

type Needed = Pick<Deps, 'db' | 'txtRecords' | 'crypto' | 'config'>

/** Looks whether the records of proven domains are still there. */
export async function checkSignInDomains(deps: Needed, actor: SystemActor): Promise<number> {
  const { db, crypto, config } = deps
  const setting = { crypto, publicOrigin: config.publicOrigin, ownHosts: [] }
  const due = await inTenant(db, actor, listDueDomains)
  const looked = await Promise.all(
    due.map(async ({ providerId, domain, token }) => {
      const { name, value } = recordOf(domain, token)
      return { providerId, domain, proof: proofOf(await deps.txtRecords.lookUp(name), value) }
    }),
  )
  for (const { providerId, domain, proof } of looked) {
    try {
      await inTenant(db, actor, (tx) => recordDomainCheck(tx, setting, actor, providerId, domain, proof))
    } catch (error) {
      // Removed meanwhile, which is not this round's to mend.
      if (!(error instanceof AppError)) throw error
    }
  }
  return due.length
}

export const ssoSweeps: readonly Sweep<Deps>[] = [
  {
    name: 'sign-in domains',
    everySeconds: 600,
    run: async (deps, actor) => void (await checkSignInDomains(deps, actor)),
  },
]
