import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { LRUCache } from 'lru-cache'

/**
 * Keys of the installation. `dataKeys` encrypt columns, newest first; older ones only decrypt. Blind indexes, seals and
 * tokens use keys derived from `indexKey` by HKDF (RFC 5869), which stays when data keys come and go; where it is left
 * out, the oldest data key is it.
 */
export interface Crypto {
  /** The key that encrypts; every cipher begins with the id of its key and a dot. */
  readonly newestKeyId: string
  readonly keyIds: readonly string[]
  /** Tells one index key from another without telling anything about it. */
  readonly indexKeyMark: string
  encrypt(plain: string, context: string): string
  decrypt(cipher: string, context: string): string
  blindIndex(value: string, context: string): string
  /** For secrets that come back whole, such as API keys: unlike a blind index it minds case and spaces. */
  secretHash(secret: string, context: string): string
  seal(previous: string, content: string): string
  signToken(purpose: TokenPurpose, ids: readonly string[], expiresAt?: Date): string
  readToken(purpose: TokenPurpose, token: string): string[] | null
}

/** What a signed token is good for. A token for one purpose never opens another. */
export type TokenPurpose =
  | 'tracking'
  | 'invite'
  | 'preview'
  | 'upload'
  | 'resumable'
  | 'content'
  | 'project-file'
  | 'password-reset'
  | 'confirm-email'
  | 'device'
  | 'passkey'
  | 'unsubscribe'
  | 'sso-relay'
  | 'sso-test'
  | 'person-export'
  | 'guest-link'
  | 'guest-visit'
  | 'attachment'
  | 'download'
  | 'delivery'

const algorithm = 'aes-256-gcm'

export function createCrypto(dataKeys: readonly Buffer[], indexKey: Buffer | undefined = dataKeys.at(-1)): Crypto {
  const [newest] = dataKeys
  if (!newest || !indexKey) throw new Error('At least one data key is needed.')
  const keys = new Map(dataKeys.map((key) => [keyId(key), key]))
  const newestId = keyId(newest)
  const derived = (info: string) =>
    Buffer.from(hkdfSync('sha256', indexKey, Buffer.alloc(0), `sparkleclassic:${info}`, 32))
  const blindKey = derived('blind-index')
  const sealKey = derived('audit-seal')
  const tokenKey = derived('tokens')
  const secretKey = derived('secret-hash')
  const opened = new LRUCache<string, string>({ max: 20_000 })

  /** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce; `context` is authenticated, so values cannot be swapped. */
  function encrypt(plain: string, context: string): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv(algorithm, newest as Buffer, nonce).setAAD(Buffer.from(context))
    const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${newestId}.${sealed.toString('base64')}`
  }

  function decrypt(text: string, context: string): string {
    const known = opened.get(`${context}:${text}`)
    if (known !== undefined) return known
    const dot = text.indexOf('.')
    const key = keys.get(text.slice(0, dot))
    if (!key) throw new Error('A value is encrypted with a data key that is not configured.')
    const sealed = Buffer.from(text.slice(dot + 1), 'base64')
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, 12))
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(-16))
    const plain = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8')
    opened.set(`${context}:${text}`, plain)
    return plain
  }

  function blindIndex(value: string, context: string): string {
    return createHmac('sha256', blindKey).update(`${context}\n${value.trim().toLowerCase()}`).digest('base64url')
  }

  function secretHash(secret: string, context: string): string {
    return createHmac('sha256', secretKey).update(`${context}\n${secret}`).digest('base64url')
  }

  function seal(previous: string, content: string): string {
    return createHmac('sha256', sealKey).update(previous).update('\n').update(content).digest('hex')
  }

  function mac(purpose: TokenPurpose, body: string): string {
    return createHmac('sha256', tokenKey).update(`${purpose}\n${body}`).digest().subarray(0, 18).toString('base64url')
  }

  /** `<ids and expiry, readable>.<144-bit MAC>`. The ids are authenticated, so a studio named in one may be trusted. */
  function signToken(purpose: TokenPurpose, ids: readonly string[], expiresAt?: Date): string {
    const expiry = expiresAt ? Math.floor(expiresAt.getTime() / 1000).toString(36) : ''
    const body = [...ids.map(packId), expiry].join('~')
    return `${body}.${mac(purpose, body)}`
  }

  /** The ids of a genuine token that has not expired, else null. */
  function readToken(purpose: TokenPurpose, token: string): string[] | null {
    const dot = token.lastIndexOf('.')
    const body = token.slice(0, dot)
    const given = Buffer.from(token.slice(dot + 1))
    const wanted = Buffer.from(mac(purpose, body))
    if (dot < 1 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
    const parts = body.split('~')
    const expiry = parts.pop()
    if (expiry && Number.parseInt(expiry, 36) * 1000 < Date.now()) return null
    return parts.map(unpackId)
  }

  return {
    newestKeyId: newestId,
    keyIds: [...keys.keys()],
    indexKeyMark: derived('mark').toString('hex').slice(0, 16),
    encrypt,
    decrypt,
    blindIndex,
    secretHash,
    seal,
    signToken,
    readToken,
  }
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** UUIDs shrink to 22 characters; any other part goes as base64url behind a dash-free marker. */
function packId(value: string): string {
  return uuidPattern.test(value)
    ? `u${Buffer.from(value.replaceAll('-', ''), 'hex').toString('base64url')}`
    : `t${Buffer.from(value).toString('base64url')}`
}

function unpackId(part: string): string {
  const bytes = Buffer.from(part.slice(1), 'base64url')
  if (part[0] === 't') return bytes.toString('utf8')
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The first eight hexadecimal digits of the key's SHA-256: a name, of which 32 random bytes cannot be found. */
export function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}

export function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex')
}

export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}
