import { shownName } from '@sparkle/shared/text'
import type { PublicActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import { type Crypto, randomToken } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { type Database, inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { createUser, findCredentials } from '../../db/system.ts'
import { hashPassword } from '../auth/passwords.service.ts'
import { emailDomain } from '../auth/studio-doors.service.ts'
import { upsertMembership, userEmailContext } from '../users/users.queries.ts'
import {
  findIdentity,
  findMembership,
  findPersonState,
  insertIdentity,
  listProviderDomains,
  lockSubject,
  markIdentityUsed,
  type ProviderRow,
} from './providers.queries.ts'
import { type Asserted, SsoFault } from './sso-fault.service.ts'

interface Deps {
  db: Database
  crypto: Crypto
}

/**
 * The person behind what a provider has said, as a member of its studio. Known by subject; else, for a proven domain
 * and an address the provider vouches for, linked to the person with that address; else made, where the studio wants
 * that. It decides about this studio only: see docs/decisions/0025.
 */
export async function joinStudio(
  { db, crypto }: Deps,
  actor: PublicActor,
  provider: ProviderRow,
  asserted: Asserted,
): Promise<string> {
  const email = asserted.email?.trim().toLowerCase() ?? ''
  const emailIndex = crypto.blindIndex(email, userEmailContext)
  const known = email === '' ? undefined : await findCredentials(db, emailIndex)
  // Hashing takes long and holds no transaction. Nobody knows this password; the person may ask for one of their own.
  const passwordHash = known || !provider.jit ? null : await hashPassword(randomToken())
  return inTenant(db, actor, async (tx) => {
    await lockSubject(tx, provider.id, asserted.subject)
    const identity = await findIdentity(tx, provider.id, { subject: asserted.subject })
    if (identity) {
      await assertActive(tx, identity.userId)
      await markIdentityUsed(tx, provider.id, asserted.subject)
      return identity.userId
    }
    await assertVouchedFor(tx, provider, asserted, email)
    const userId = known?.userId ?? (await makePerson(tx, crypto, { email, emailIndex, passwordHash, asserted }))
    await link(tx, actor, provider, asserted, userId, known !== undefined)
    return userId
  })
}

/** An address alone links nobody: its domain is the studio's, and the provider says that the mailbox is the person's. */
async function assertVouchedFor(tx: TenantTx, provider: ProviderRow, asserted: Asserted, email: string): Promise<void> {
  const domain = emailDomain(email)
  const proven = (await listProviderDomains(tx)).some(
    (one) => one.providerId === provider.id && one.domain === domain && one.verifiedAt !== null,
  )
  if (!proven)
    throw new SsoFault('unverified_domain', `${domain || 'No address'} is not a proven domain of ${provider.name}.`)
  if (!asserted.emailVerified)
    throw new SsoFault('unverified_email', 'The provider does not say that the address is verified.')
}

async function makePerson(
  tx: TenantTx,
  crypto: Crypto,
  who: { email: string; emailIndex: string; passwordHash: string | null; asserted: Asserted },
): Promise<string> {
  if (who.passwordHash === null) throw new SsoFault('not_a_member', 'Nobody here has this address, and nobody is made.')
  const id = newId()
  const created = await createUser(tx, {
    id,
    emailCipher: crypto.encrypt(who.email, userEmailContext),
    emailIndex: who.emailIndex,
    passwordHash: who.passwordHash,
    displayName: (shownName(who.asserted.name ?? '') || who.email.split('@')[0] || who.email).slice(0, 120),
  })
  // Made at the same moment by another way in: the next try finds them.
  if (!created) throw new SsoFault('failed', 'This person was made at the same time. Try again.')
  return id
}

async function link(
  tx: TenantTx,
  actor: PublicActor,
  provider: ProviderRow,
  asserted: Asserted,
  userId: string,
  existed: boolean,
): Promise<void> {
  const membership = await findMembership(tx, userId)
  if (!membership) await provision(tx, actor, provider, userId)
  await assertActive(tx, userId)
  // An address that belongs to somebody else by now must not hand over what its first owner had.
  if (await findIdentity(tx, provider.id, { userId }))
    throw new SsoFault('linked_elsewhere', 'This person is known to the provider under another subject.')
  await insertIdentity(tx, { providerId: provider.id, subject: asserted.subject, userId })
  await recordAudit(tx, actor, 'identity:linked', {
    entity: 'identity_provider',
    id: provider.id,
    changes: { userId: [null, userId] },
  })
  if (existed) await queuePersonMail(tx, { kind: 'signInLinked', to: { userId }, facts: { provider: provider.name } })
}

async function provision(tx: TenantTx, actor: PublicActor, provider: ProviderRow, userId: string): Promise<void> {
  if (!provider.jit) throw new SsoFault('not_a_member', 'This person is not a member, and nobody becomes one here.')
  const role = provider.defaultRole
  await upsertMembership(tx, userId, role)
  const person = await findPersonState(tx, userId)
  await recordAudit(tx, actor, 'user:provisioned', {
    entity: 'membership',
    id: userId,
    changes: { role: [null, role] },
  })
  await emit(tx, actor, 'user:provisioned', {
    data: { userId, userName: person?.displayName ?? null, role, provider: provider.name },
  })
}

async function assertActive(tx: TenantTx, userId: string): Promise<void> {
  const membership = await findMembership(tx, userId)
  if (!membership) throw new SsoFault('not_a_member', 'This person is no member any more.')
  if (membership.deactivatedAt) throw new SsoFault('deactivated', 'The access of this person was ended here.')
  // People of the platform may do more than any studio's provider may give.
  if ((await findPersonState(tx, userId))?.isSuperAdmin)
    throw new SsoFault('not_a_member', 'People of the platform do not sign in in this way.')
}
