import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

export interface PushKeys {
  /** The browser's public key and its secret, in base64url. */
  p256dh: string
  auth: string
}

/** The sender's part of the key agreement. Given by tests against published vectors only; else made for each message. */
export interface SenderPart {
  privateKey: Buffer
  salt: Buffer
}

const recordSize = 4096

/**
 * Encrypts a push message for one browser: RFC 8291 over the content coding `aes128gcm` of RFC 8188, in one record. Throws
 * where the browser's key is no point of the curve.
 */
export function encryptPush(plain: Buffer, keys: PushKeys, part?: SenderPart): Buffer {
  const receiver = Buffer.from(keys.p256dh, 'base64url')
  const authSecret = Buffer.from(keys.auth, 'base64url')
  const ecdh = createECDH('prime256v1')
  if (part) ecdh.setPrivateKey(part.privateKey)
  else ecdh.generateKeys()
  const sender = ecdh.getPublicKey()
  const salt = part?.salt ?? randomBytes(16)

  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender])
  const secret = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(receiver), authSecret, info, 32))
  const { key, nonce } = contentKeys(secret, salt)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const lastRecord = Buffer.from([2])
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(lastRecord), cipher.final(), cipher.getAuthTag()])

  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(recordSize, 16)
  head.writeUInt8(sender.length, 20)
  return Buffer.concat([head, sender, sealed])
}

/** Key and nonce of the only record (RFC 8188, 2.2 and 2.3). */
export function contentKeys(secret: Buffer, salt: Buffer): { key: Buffer; nonce: Buffer } {
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${what}\0`), length))
  return { key: derive('aes128gcm', 16), nonce: derive('nonce', 12) }
}

/** Whether these are keys that a message can be encrypted for. */
export function areUsable(keys: PushKeys): boolean {
  try {
    return Buffer.from(keys.auth, 'base64url').length === 16 && encryptPush(Buffer.alloc(1), keys).length > 0
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY') return false
    throw error
  }
}
