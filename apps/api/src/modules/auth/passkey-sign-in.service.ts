import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { Assertion } from '@sparkle/shared/passkeys'
import type { Origin } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { Database } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { findPasskey, type PasskeyRow } from '../../db/system-sign-in.ts'
import { inHomeStudio } from './home-studio.service.ts'
import { challengeOf, takeChallenge } from './passkey-challenge.service.ts'
import { lockPasskey, markUsed } from './passkeys.queries.ts'
import type { RelyingParty } from './passkeys.service.ts'

interface Deps {
  db: Database
  crypto: Crypto
}

/**
 * Whose passkey this is: the challenge was ours and unused, the signature is by the key we know, over our origin and
 * host, and the authenticator has made sure who was using it. The same 401 whatever was wrong with the passkey.
 * `userId` narrows it to one person's own, where somebody is signed in already.
 */
export async function provePasskey(
  deps: Deps,
  party: RelyingParty,
  credential: Assertion,
  origin: Origin,
  userId?: string,
): Promise<string> {
  const challenge = challengeOf(credential.response.clientDataJSON)
  await takeChallenge(deps, challenge, userId === undefined ? 'sign-in' : 'step-up', userId)
  const known = await findPasskey(deps.db, credential.id)
  if (!known || (userId !== undefined && known.userId !== userId)) throw refused()
  const proof = await verify(party, known, credential, challenge)
  if (!proof) throw refused()
  if (!(await countUse(deps.db, known, proof))) {
    await recordCopy(deps.db, known, origin)
    throw refused()
  }
  return known.userId
}

function refused(): AppError {
  return new AppError('unauthenticated', 'auth.passkey_refused', 'This passkey does not open an account here.')
}

async function verify(party: RelyingParty, known: PasskeyRow, credential: Assertion, challenge: string) {
  const { userHandle, ...response } = credential.response
  // The counter is checked where its row is locked; here it would be compared with what somebody else may be changing.
  const key = { id: credential.id, publicKey: new Uint8Array(Buffer.from(known.publicKey, 'base64url')), counter: 0 }
  const result = await verifyAuthenticationResponse({
    response: {
      ...credential,
      response: { ...response, ...(userHandle && { userHandle }) },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.rpID,
    requireUserVerification: true,
    credential: key,
  }).catch(() => {
    // The library throws for everything that is wrong with a passkey; which it was is for nobody to learn.
    return null
  })
  if (!result?.verified) return null
  return { counter: result.authenticationInfo.newCounter, backedUp: result.authenticationInfo.credentialBackedUp }
}

/** False where the authenticator's count has not grown: two of them use the same key (WebAuthn Level 3, 6.1.1). */
function countUse(db: Database, known: PasskeyRow, use: { counter: number; backedUp: boolean }): Promise<boolean> {
  return asPerson(db, known.userId, async (tx) => {
    const row = await lockPasskey(tx, known.userId, known.id)
    if (!row) throw refused()
    if ((use.counter > 0 || row.counter > 0) && use.counter <= row.counter) return false
    await markUsed(tx, known.userId, known.id, use)
    return true
  })
}

async function recordCopy(db: Database, known: PasskeyRow, origin: Origin): Promise<void> {
  const { userId, id } = known
  const row = await asPerson(db, userId, (tx) => lockPasskey(tx, userId, id))
  await inHomeStudio(db, userId, origin, async (tx, note) => {
    await note('passkey:refused', { entity: 'passkey', id })
    await queuePersonMail(tx, { kind: 'passkeyRefused', to: { userId }, facts: { passkey: row?.name ?? '' } })
  })
}
