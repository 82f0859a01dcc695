import { createHmac } from 'node:crypto'
import type { Crypto } from '../../core/crypto.ts'

/**
 * Names a visitor of one game for one day, to count people rather than page loads. The key changes at midnight UTC and
 * follows from the installation's keys, so all hosts agree without keeping anything; 72 bits of the HMAC are kept, the
 * address and agent are not. The same person has another name tomorrow, and in every other game.
 */
export function visitorNamer(crypto: Pick<Crypto, 'blindIndex'>) {
  let day = ''
  let key = ''
  return (urlId: string, address: string, userAgent: string, at: string): string => {
    const today = at.slice(0, 10)
    if (today !== day) {
      day = today
      key = crypto.blindIndex(day, 'hosting.visitor')
    }
    const mac = createHmac('sha256', key).update(`${urlId}\n${address}\n${userAgent}`)
    return mac.digest().subarray(0, 9).toString('base64url')
  }
}
