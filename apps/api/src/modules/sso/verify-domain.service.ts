import type { ProviderView } from '@sparkle/shared/identity-providers'
import type { SystemActor, UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { afterCheck, type Proof } from '../domains/domains.service.ts'
import { closeOtherDoors } from './enforce.service.ts'
import { lockProvider, lockProviderDomain, writeDomainCheck } from './providers.queries.ts'
import { getProvider, recordProvider, type Setting } from './providers.service.ts'

/** Writes down what the DNS said of a domain. One that loses its record for three days is proven no longer. */
export async function recordDomainCheck(
  tx: TenantTx,
  setting: Setting,
  actor: UserActor | SystemActor,
  providerId: string,
  domain: string,
  proof: Proof,
): Promise<void> {
  const provider = (await lockProvider(tx, providerId)) ?? notFound('identity_provider')
  const row = (await lockProviderDomain(tx, providerId, domain)) ?? notFound('domain')
  const now = new Date().toISOString()
  const before = {
    status: row.verifiedAt ? ('verified' as const) : ('pending' as const),
    missingSince: row.missingSince,
  }
  const after = afterCheck(before, proof, now)
  const verified = after.status === 'verified'
  const state = { verifiedAt: verified ? (row.verifiedAt ?? now) : null, missingSince: after.missingSince }
  await writeDomainCheck(tx, providerId, domain, state)
  if (verified === (row.verifiedAt !== null)) return
  const action = verified ? 'studio:sign-in:domain:verified' : 'studio:sign-in:domain:lapsed'
  await recordProvider(
    tx,
    actor,
    action,
    provider,
    { domain, verifiedAt: [row.verifiedAt, state.verifiedAt] },
    { domain },
  )
  if (verified && provider.enforced && provider.enabled && actor.kind === 'user')
    await closeOtherDoors(tx, setting.crypto, providerId, actor.sessionId)
}

export async function recordOwnCheck(
  tx: TenantTx,
  setting: Setting,
  actor: UserActor,
  providerId: string,
  domain: string,
  proof: Proof,
): Promise<ProviderView> {
  await recordDomainCheck(tx, setting, actor, providerId, domain, proof)
  return getProvider(tx, setting, providerId)
}
