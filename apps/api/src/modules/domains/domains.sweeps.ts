import type { SystemActor } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { Sweep } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { listDue } from './domains.queries.ts'
import { proofOf, recordOf } from './domains.rules.ts'
import { recordCheck } from './domains.service.ts'

/** Looks at the DNS again: for records that have not come yet, and whether those of proven domains are still there. */
export async function checkDomains(deps: Pick<Deps, 'db' | 'txtRecords'>, actor: SystemActor): Promise<number> {
  const due = await inTenant(deps.db, actor, listDue)
  // All at once: a DNS that does not answer is waited for once, not for every domain.
  const looked = await Promise.all(
    due.map(async ({ id, domain, token }) => {
      const { name, value } = recordOf(domain, token)
      return { id, proof: proofOf(await deps.txtRecords.lookUp(name), value) }
    }),
  )
  for (const { id, proof } of looked) {
    try {
      await inTenant(deps.db, actor, (tx) => recordCheck(tx, actor, id, proof))
    } catch (error) {
      // Removed meanwhile, or another studio proved it first: neither is this round's to mend.
      if (!(error instanceof AppError)) throw error
    }
  }
  return due.length
}

export const domainSweeps: readonly Sweep<Deps>[] = [
  { name: 'domains', everySeconds: 60, run: async (deps, actor) => void (await checkDomains(deps, actor)) },
]
