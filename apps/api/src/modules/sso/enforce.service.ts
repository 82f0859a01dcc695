import type { UserActor } from '../../core/actor.ts'
import { conflict } from '../../core/app-error.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { endOtherSessions } from '../../db/system-sign-in.ts'
import { emailDomain } from '../auth/studio-doors.service.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { findPersonState, listMemberEmails, listProviderDomains, type ProviderRow } from './providers.queries.ts'

async function provenDomains(tx: TenantTx, providerId: string): Promise<Set<string>> {
  const rows = await listProviderDomains(tx)
  return new Set(rows.filter((row) => row.providerId === providerId && row.verifiedAt).map(({ domain }) => domain))
}

/**
 * Whether a provider may become the only way in. It has to work, to speak for a domain, and to leave an admin a way back
 * in when it breaks: password and a recovery code of theirs.
 */
export async function assertEnforceable(
  tx: TenantTx,
  actor: UserActor,
  after: Pick<ProviderRow, 'id' | 'enabled' | 'testedAt'>,
): Promise<void> {
  if (!after.enabled)
    conflict('identity_provider.enforced', 'The only way in cannot be turned off. Stop enforcing it first.')
  if (!after.testedAt)
    conflict('identity_provider.untested', 'Try it out first: nobody could sign in if it did not work.')
  if ((await provenDomains(tx, after.id)).size === 0)
    conflict('identity_provider.no_domain', 'Prove a domain first: it says whom this is about.')
  const admin = await findPersonState(tx, actor.userId)
  if (!admin?.secondFactorAt)
    conflict(
      'identity_provider.no_way_back',
      'Set up your second factor first: a recovery code is how you get in when the provider does not answer.',
    )
}

/** Ends the sessions of people of the proven domains that were opened otherwise; `keep` is the admin's who does this. */
export async function closeOtherDoors(tx: TenantTx, crypto: Crypto, providerId: string, keep: string): Promise<void> {
  const domains = await provenDomains(tx, providerId)
  const members = (await listMemberEmails(tx)).filter(({ emailCipher }) =>
    domains.has(emailDomain(crypto.decrypt(emailCipher, userEmailContext))),
  )
  await endOtherSessions(
    tx,
    members.map(({ userId }) => userId),
    keep,
  )
}
