import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { apiKeyPattern } from '@sparkle/shared/api-keys'

/** Of the keyed hash under which a key is found. */
export const apiKeyContext = 'api_keys.token'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checksumLength = 6

export interface NewApiKey {
  token: string
  prefix: string
}

export function makeApiKey(): NewApiKey {
  const prefix = `sk_${randomDigits(12)}`
  const body = `${prefix}_${randomDigits(30)}`
  return { token: body + checksumOf(body), prefix }
}

/** Whether a text has the form and the checksum of a key; whether there is such a key only the database knows. */
export function looksLikeApiKey(token: string): boolean {
  if (!apiKeyPattern.test(token)) return false
  return checksumOf(token.slice(0, -checksumLength)) === token.slice(-checksumLength)
}

/** CRC-32 (IEEE 802.3) of all that comes before it, in base 62, so that scanners sort look-alikes out offline. */
function checksumOf(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let i = 0; i < checksumLength; i++) {
    text = digits.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => digits.charAt(randomInt(62))).join('')
}
