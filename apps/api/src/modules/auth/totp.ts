import { createHmac, timingSafeEqual } from 'node:crypto'

const stepSeconds = 30
const digits = 6

/** HOTP (RFC 4226, 5.3): HMAC-SHA-1, dynamic truncation. */
export function hotp(secret: Buffer, counter: number, length = digits): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', secret).update(message).digest()
  const offset = mac.readUInt8(mac.length - 1) & 15
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** length).padStart(length, '0')
}

export function stepAt(time: Date): number {
  return Math.floor(time.getTime() / 1000 / stepSeconds)
}

/**
 * The step a code belongs to (RFC 6238), or null. One step to either side makes up for clocks and slow fingers; a step at
 * or before `lastStep` was used, and no code is taken twice (5.2).
 */
export function matchTotp(secret: Buffer, code: string, now: Date, lastStep: number): number | null {
  const given = Buffer.from(code)
  const current = stepAt(now)
  for (const step of [current, current - 1, current + 1]) {
    const wanted = Buffer.from(hotp(secret, step))
    if (step > lastStep && wanted.length === given.length && timingSafeEqual(wanted, given)) return step
  }
  return null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648, 6), as apps for codes read it. */
export function base32(bytes: Uint8Array): string {
  let [text, bits, held] = ['', 0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text
}

/** What the QR code says ("Key Uri Format" of Google Authenticator, which all apps read). */
export function otpauthUri(secret: Buffer, account: string): string {
  const issuer = 'SparkleClassic'
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${issuer}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`
}
