import { createHmac } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Crypto } from '../../core/crypto.ts'

/** Today's secret, shared by all hosts, and the UTC day it is good for. */
export interface DaySalt {
  day: string
  salt: string
}

export interface Visit {
  urlId: string
  address: string
  userAgent: string
}

/** How long a salt of another day than ours is used: the database's clock and ours disagree about midnight. */
const disputedMs = 1000
const dayMs = 86_400_000

/**
 * Names a visitor of one game for one day, to count people rather than page loads: 72 bits of an HMAC over game, network
 * and agent, under a key of the day's salt and the installation's own. The salt is random, shared through the database
 * and destroyed at midnight UTC, there and here; address and agent are kept nowhere. The same person has another name
 * tomorrow, and in every other game.
 */
export function visitorNamer(crypto: Pick<Crypto, 'blindIndex'>, fetchSalt: () => Promise<DaySalt>, clock = Date.now) {
  let current: { key: string; until: number } | undefined
  let asking: Promise<string> | undefined
  let forgetting: NodeJS.Timeout | undefined

  async function ask(): Promise<string> {
    const { day, salt } = await fetchSalt()
    const now = clock()
    const midnight = (Math.floor(now / dayMs) + 1) * dayMs
    const agreed = day === new Date(now).toISOString().slice(0, 10)
    const until = agreed ? midnight : now + disputedMs
    const key = crypto.blindIndex(salt, 'hosting.visitor')
    current = { key, until }
    clearTimeout(forgetting)
    forgetting = setTimeout(() => (current = undefined), until - now).unref()
    return key
  }

  function todaysKey(): string | Promise<string> {
    if (current && clock() < current.until) return current.key
    asking ??= ask().finally(() => (asking = undefined))
    return asking
  }

  return async ({ urlId, address, userAgent }: Visit): Promise<string> => {
    const key = await todaysKey()
    const mac = createHmac('sha256', key).update(`${urlId}\n${networkOf(address)}\n${userAgent}`)
    return mac.digest().subarray(0, 9).toString('base64url')
  }
}

/**
 * The network of an address: the first 24 bits of IPv4, the first 64 of IPv6 (a household; the rest changes by itself
 * within a day). Whoever could read the key would still not find a single connection behind a name.
 */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().split('%')[0] ?? ''
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1] ?? plain
  if (isIPv4(mapped)) return mapped.split('.').slice(0, 3).join('.')
  if (!isIPv6(plain)) return plain
  const [before = '', after] = plain.split('::')
  const head = before.split(':').filter(Boolean)
  const tail = after?.split(':').filter(Boolean) ?? []
  const gap = after === undefined ? 0 : 8 - head.length - tail.length
  return [...head, ...Array.from({ length: gap }, () => '0'), ...tail]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':')
}
