import { z } from 'zod'
import { newId } from '../../core/ids.ts'
import { type Crypto, randomToken } from '../../core/crypto.ts'

/** How long somebody may take at their provider. */
export const flowMinutes = 10

const flow = z.object({
  /** Names this try: `state` of OpenID Connect, and the ID of a SAML request. */
  id: z.uuid(),
  providerId: z.uuid(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  /** Who tries the provider out, where this is no sign-in. */
  tester: z.string().nullable(),
  expiresAt: z.number(),
})
/** What a browser keeps while it is away at the provider, encrypted: only the browser that began can end it. */
export type Flow = z.infer<typeof flow>

const waiting = z.object({
  userId: z.uuid(),
  organizationId: z.uuid(),
  providerId: z.uuid(),
  id: z.uuid(),
  next: z.string(),
  expiresAt: z.number(),
})
/** A sign-in that still wants a code of the person's app. */
export type Waiting = z.infer<typeof waiting>

const ticket = z.object({ id: z.uuid(), providerId: z.uuid(), asserted: z.unknown(), expiresAt: z.number() })
/** What a SAML response said, on its way through our own redirect to the browser that had asked for it. */
export type Ticket = z.infer<typeof ticket>

const schemas = { flow, waiting, ticket }
type Content = { flow: Flow; waiting: Waiting; ticket: Ticket }

const context = (kind: keyof Content) => `sso.${kind}`
const inMinutes = (minutes: number) => Date.now() + minutes * 60_000

export function seal<K extends keyof Content>(crypto: Crypto, kind: K, content: Content[K]): string {
  return crypto.encrypt(JSON.stringify(content), context(kind))
}

/** What was sealed here as this kind and has not expired, else null. */
export function unseal<K extends keyof Content>(
  crypto: Crypto,
  kind: K,
  sealed: string | undefined,
): Content[K] | null {
  if (!sealed) return null
  try {
    const content = schemas[kind].parse(JSON.parse(crypto.decrypt(sealed, context(kind)))) as Content[K]
    return content.expiresAt > Date.now() ? content : null
  } catch {
    // Not made here, or made with a key that has gone: the same as nothing.
    return null
  }
}

export function beginFlow(providerId: string, next: string, tester: string | null): Flow {
  const random = () => randomToken(32)
  return {
    id: newId(),
    providerId,
    nonce: random(),
    verifier: random(),
    next,
    tester,
    expiresAt: inMinutes(flowMinutes),
  }
}

export function makeTicket(id: string, providerId: string, asserted: unknown): Ticket {
  return { id, providerId, asserted, expiresAt: inMinutes(2) }
}

export function makeWaiting(who: Omit<Waiting, 'id' | 'expiresAt'>): Waiting {
  return { ...who, id: newId(), expiresAt: inMinutes(flowMinutes) }
}

/** A path of ours to go on at. Anything that a browser could read as another site's address becomes the start page. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/'
}
