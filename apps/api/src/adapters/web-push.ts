import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { z } from 'zod'
import { type OutgoingPolicy, safeFetch } from '../core/safe-fetch.ts'
import { encryptPush } from '../core/push-encryption.ts'

/** What a push message shows, and where a click on it leads. */
export interface PushMessage {
  title: string
  body: string
  url: string
  /** A later message with the same tag takes the place of an earlier one. */
  tag: string
}

export class PushError extends Error {
  readonly permanent: boolean
  constructor(status: number) {
    super(`The push service answered ${status}.`)
    this.permanent = status === 400 || status === 403 || status === 413
  }
}

/** Sends to browsers. The push service's address came from a browser, so it is anybody's input. */
export interface PushSender {
  /** The installation's public key, which browsers bind a subscription to. */
  readonly publicKey: string
  /** Answers `gone` where the subscription has ended. Throws {@link PushError} when the service refuses. */
  send(subscription: string, message: PushMessage): Promise<'sent' | 'gone'>
}

export interface VapidSettings {
  /** The private key: 32 bytes in base64url. */
  privateKey: string
  /** Whom a push service can ask about this installation: `mailto:` or `https:`. */
  subject: string
}

const stored = z.object({ endpoint: z.string(), keys: z.object({ p256dh: z.string(), auth: z.string() }) })
/** A browser that was off for longer shows it no more. */
const ttlSeconds = 86_400
const tokenSeconds = 12 * 3600

/** Web push by RFC 8030 (delivery), 8291 (encryption) and 8292 (VAPID). */
export function createPushSender({ privateKey, subject }: VapidSettings, outgoing: OutgoingPolicy): PushSender {
  const key = privateKeyOf(privateKey)
  const publicKey = publicKeyOf(privateKey)
  return {
    publicKey,
    async send(subscription, message) {
      const { endpoint, keys } = stored.parse(JSON.parse(subscription))
      const body = encryptPush(Buffer.from(JSON.stringify(message)), keys)
      const claims = { aud: new URL(endpoint).origin, exp: Math.floor(Date.now() / 1000) + tokenSeconds, sub: subject }
      const headers = {
        authorization: `vapid t=${signToken(key, claims)}, k=${publicKey}`,
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(ttlSeconds),
        urgency: 'normal',
      }
      const reply = await safeFetch(endpoint, { method: 'POST', headers, body: new Uint8Array(body) }, outgoing)
      if (reply.status === 404 || reply.status === 410) return 'gone'
      if (!reply.ok) throw new PushError(reply.status)
      return 'sent'
    },
  }
}

/** A P-256 private key of 32 bytes, as DER by RFC 5915. Throws where the bytes are no such key. */
function privateKeyOf(privateKey: string) {
  const scalar = Buffer.from(privateKey, 'base64url')
  const head = Buffer.from('30310201010420', 'hex')
  const curve = Buffer.from('a00a06082a8648ce3d030107', 'hex')
  return createPrivateKey({ key: Buffer.concat([head, scalar, curve]), format: 'der', type: 'sec1' })
}

/** The uncompressed point of a private key, in base64url: what browsers are given. */
export function publicKeyOf(privateKey: string): string {
  const { x = '', y = '' } = createPublicKey(privateKeyOf(privateKey)).export({ format: 'jwk' })
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return Buffer.concat(point).toString('base64url')
}

/** A JWT with ES256 (RFC 7518, 3.4): the signature is r and s side by side. */
function signToken(key: ReturnType<typeof createPrivateKey>, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const content = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' })
  return `${content}.${signature.toString('base64url')}`
}
