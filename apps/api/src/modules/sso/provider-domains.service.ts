import { invalid } from '../../core/app-error.ts'
import { randomToken } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readDomain } from '../domains/domains.service.ts'
import { deleteProviderDomain, insertProviderDomain, listProviderDomains } from './providers.queries.ts'

/** Makes the provider's domains those that were typed. One that stays keeps its record and its proof. */
export async function setDomains(
  tx: TenantTx,
  ownHosts: readonly string[],
  providerId: string,
  typed: readonly string[],
): Promise<void> {
  const wanted = new Set(
    typed.map(
      (one, i) =>
        readDomain(one, ownHosts) ??
        invalid('identity_provider.domain', 'Give a domain of e-mail, such as studio.com.', `body.domains.${i}`),
    ),
  )
  const present = (await listProviderDomains(tx)).filter((row) => row.providerId === providerId)
  const kept = new Set(present.map(({ domain }) => domain))
  for (const domain of kept) if (!wanted.has(domain)) await deleteProviderDomain(tx, providerId, domain)
  for (const domain of wanted)
    if (!kept.has(domain)) await insertProviderDomain(tx, { providerId, domain, token: randomToken(18) })
}
