import { z } from 'zod'
import { wholeListOf } from './lists.ts'
import { id, name, text, time, version } from './text.ts'

/** The most passkeys one person has. */
export const maxPasskeys = 20

/** Bytes as base64url (RFC 4648, 5), of at most so many characters. */
const bytes = (max: number) => text(max).regex(/^[A-Za-z0-9_-]*$/, { error: 'Must be base64url.' })
const transports = z.array(text(20)).max(10)
const credential = { id: bytes(1400), rawId: bytes(1400), type: z.literal('public-key') }

/** `RegistrationResponseJSON` of WebAuthn Level 3, as browsers and libraries write it. */
export const attestation = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes(4000),
      attestationObject: bytes(40_000),
      transports: transports.optional(),
    }),
  })
  .meta({ id: 'PasskeyAttestation' })
export type Attestation = z.infer<typeof attestation>

/** `AuthenticationResponseJSON` of WebAuthn Level 3. */
export const assertion = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: bytes(4000),
      authenticatorData: bytes(4000),
      signature: bytes(4000),
      userHandle: bytes(100).nullish(),
    }),
  })
  .meta({ id: 'PasskeyAssertion' })
export type Assertion = z.infer<typeof assertion>

const descriptor = z.object({
  id: z.string(),
  type: z.literal('public-key'),
  transports: z.array(z.string()).optional(),
})

/** `PublicKeyCredentialCreationOptionsJSON`. */
export const attestationOptions = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
    timeout: z.int().meta({ description: 'Milliseconds.' }),
    excludeCredentials: z.array(descriptor),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyAttestationOptions' })
export type AttestationOptions = z.infer<typeof attestationOptions>

/** `PublicKeyCredentialRequestOptionsJSON`. */
export const assertionOptions = z
  .object({
    rpId: z.string(),
    challenge: z.string(),
    timeout: z.int().meta({ description: 'Milliseconds.' }),
    userVerification: z.literal('required'),
    allowCredentials: z
      .array(descriptor)
      .optional()
      .meta({ description: 'Left out where any passkey of this site will do.' }),
  })
  .meta({ id: 'PasskeyAssertionOptions' })
export type AssertionOptions = z.infer<typeof assertionOptions>

export const passkeyView = z
  .object({
    id,
    name: z.string(),
    backedUp: z.boolean().meta({ description: 'Whether it is copied to other devices of the person.' }),
    createdAt: time,
    lastUsedAt: time.nullable(),
    version,
  })
  .meta({ id: 'Passkey' })
export type PasskeyView = z.infer<typeof passkeyView>
export const passkeyList = wholeListOf(passkeyView)

export const addPasskeyInput = z.object({ name: name(60), credential: attestation }).meta({ id: 'AddPasskeyInput' })
export const renamePasskeyInput = z.object({ name: name(60) }).meta({ id: 'RenamePasskeyInput' })
export const passkeySignInInput = z.object({ credential: assertion }).meta({ id: 'PasskeySignInInput' })
