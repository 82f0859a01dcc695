import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import { type Attestation, type AttestationOptions, maxPasskeys, type PasskeyView } from '@sparkle/shared/passkeys'
import { assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
import type { Note, PersonTx } from '../../core/as-person.ts'
import { violates } from '../../core/db-fault.ts'
import { newId } from '../../core/ids.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import {
  countPasskeys,
  deletePasskey,
  findPasskey,
  insertPasskey,
  listCredentials,
  lockPasskey,
  lockPerson,
  renamePasskey,
} from './passkeys.queries.ts'
import { challengeMinutes } from './passkey-challenge.service.ts'

/** Who a passkey is for: the host it answers to, and the only origin it may be shown from. */
export function relyingParty(publicOrigin: string) {
  return { rpID: new URL(publicOrigin).hostname, origin: publicOrigin, name: 'SparkleClassic' }
}
export type RelyingParty = ReturnType<typeof relyingParty>

/** What the browser needs to make a passkey that is found without a user name and asks who is using it. */
export async function newPasskeyOptions(
  tx: PersonTx,
  party: RelyingParty,
  person: { id: string; email: string; displayName: string },
  challenge: string,
): Promise<AttestationOptions> {
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.rpID,
    userName: person.email,
    userDisplayName: person.displayName,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: challengeMinutes * 60_000,
    attestationType: 'none',
    supportedAlgorithmIDs: [-8, -7, -257],
  })
  const known = await listCredentials(tx, person.id)
  return {
    rp: { id: party.rpID, name: party.name },
    user: options.user,
    challenge: options.challenge,
    pubKeyCredParams: options.pubKeyCredParams.map(({ alg }) => ({ type: 'public-key', alg })),
    timeout: challengeMinutes * 60_000,
    excludeCredentials: known.map((one) => ({ ...one, type: 'public-key' })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  }
}

export interface NewPasskey {
  credentialId: string
  publicKey: string
  counter: number
  transports: string[]
  backedUp: boolean
}

/** Reads what a browser made for `challenge`. Throws 422 `passkey.refused` for another origin, host or challenge. */
export async function readNewPasskey(
  party: RelyingParty,
  credential: Attestation,
  challenge: string,
): Promise<NewPasskey> {
  const result = await verifyRegistrationResponse({
    response: { ...credential, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.rpID,
    requireUserVerification: true,
    supportedAlgorithmIDs: [-8, -7, -257],
  }).catch(() => {
    // The library throws for everything that is wrong with a passkey, and all of it is the same refusal.
    return null
  })
  if (!result?.verified) invalid('passkey.refused', 'This passkey was not made for this site just now.', 'credential')
  const { credential: made, credentialBackedUp } = result.registrationInfo
  return {
    credentialId: made.id,
    publicKey: Buffer.from(made.publicKey).toString('base64url'),
    counter: made.counter,
    transports: credential.response.transports ?? [],
    backedUp: credentialBackedUp,
  }
}

export async function addPasskey(
  tx: PersonTx,
  note: Note,
  userId: string,
  name: string,
  made: NewPasskey,
): Promise<PasskeyView> {
  await lockPerson(tx, userId)
  if ((await countPasskeys(tx, userId)) >= maxPasskeys)
    conflict('passkey.too_many', `You have ${maxPasskeys} passkeys already. Remove one first.`)
  const id = newId()
  try {
    await insertPasskey(tx, { ...made, id, userId, name })
  } catch (error) {
    if (violates(error, 'passkeys_credential_key')) conflict('passkey.exists', 'This passkey has been added before.')
    throw error
  }
  await note('passkey:added', { entity: 'passkey', id, changes: { name: [null, name] } })
  await queuePersonMail(tx, { kind: 'passkeyAdded', to: { userId }, facts: { passkey: name } })
  return (await findPasskey(tx, userId, id)) ?? notFound('passkey')
}

export async function changeName(
  tx: PersonTx,
  note: Note,
  userId: string,
  id: string,
  name: string,
  expected: number | null,
): Promise<PasskeyView> {
  const before = (await lockPasskey(tx, userId, id)) ?? notFound('passkey')
  assertVersion(before.version, expected)
  await renamePasskey(tx, userId, id, name)
  await note('passkey:renamed', { entity: 'passkey', id, changes: { name: [before.name, name] } })
  return (await findPasskey(tx, userId, id)) ?? notFound('passkey')
}

export async function removePasskey(
  tx: PersonTx,
  note: Note,
  userId: string,
  id: string,
  expected: number | null,
): Promise<void> {
  const { name, version } = (await lockPasskey(tx, userId, id)) ?? notFound('passkey')
  assertVersion(version, expected)
  await deletePasskey(tx, userId, id)
  await note('passkey:removed', { entity: 'passkey', id, changes: { name: [name, null] } })
  await queuePersonMail(tx, { kind: 'passkeyRemoved', to: { userId }, facts: { passkey: name } })
}
