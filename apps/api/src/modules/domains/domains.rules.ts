import { isIP } from 'node:net'
import type { DomainStatus } from '@sparkle/shared/domains'
import type { TxtAnswer } from '../../adapters/txt-records.ts'

export const maxDomains = 10
/** For how long a proven domain may lose its record, for example while it moves to another DNS server. */
export const graceDays = 3
/** For how long a record that has not come yet is looked for unasked. */
export const pendingDays = 7

const recordPrefix = '_sparkle.'
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * A domain name as it is stored: ASCII (IDNA), small letters, no dot at the end. Null for what cannot be a studio's own:
 * numbers, single words, and the installation's own hosts with everything above and below them.
 */
export function readDomain(typed: string, ownHosts: readonly string[]): string | null {
  const url = URL.parse(`http://${typed.trim().replace(/\.$/, '')}/`)
  if (!url || url.port || url.username || url.pathname !== '/' || url.search || url.hash) return null
  const domain = url.hostname
  const labels = domain.split('.')
  const wellFormed = labels.length > 1 && labels.every((one) => label.test(one)) && !/^\d+$/.test(labels.at(-1) ?? '')
  if (!wellFormed || isIP(domain) !== 0 || domain.length + recordPrefix.length > 253) return null
  const isOurs = ownHosts.some((own) => own === domain || own.endsWith(`.${domain}`) || domain.endsWith(`.${own}`))
  return isOurs ? null : domain
}

export function recordOf(domain: string, token: string) {
  return { type: 'TXT' as const, name: `${recordPrefix}${domain}`, value: `sparkle-verify=${token}` }
}

/** `unknown` where the DNS could not be asked: that proves nothing either way. */
export type Proof = 'proven' | 'missing' | 'unknown'

export function proofOf(answer: TxtAnswer, value: string): Proof {
  if (answer.kind === 'unreachable') return 'unknown'
  return answer.kind === 'found' && answer.records.some((record) => record.trim() === value) ? 'proven' : 'missing'
}

export interface DomainState {
  status: DomainStatus
  missingSince: string | null
}

/** What a look at the DNS makes of a domain. */
export function afterCheck({ status, missingSince }: DomainState, proof: Proof, now: string): DomainState {
  if (proof === 'unknown') return { status, missingSince }
  if (proof === 'proven') return { status: 'verified', missingSince: null }
  if (status !== 'verified') return { status, missingSince }
  const since = missingSince ?? now
  const graceOver = Date.parse(now) - Date.parse(since) >= graceDays * 86_400_000
  return graceOver ? { status: 'lapsed', missingSince: since } : { status, missingSince: since }
}
