import type { GuestLinkState } from '@sparkle/shared/guest-links'
import { AppError } from '../../core/app-error.ts'

export interface LinkTerm {
  expiresAt: string
  revokedAt: string | null
}

export function stateOfLink({ expiresAt, revokedAt }: LinkTerm, now: Date): GuestLinkState {
  if (revokedAt) return 'revoked'
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'open'
}

/** Throws 410 `guest_link.revoked` or `guest_link.expired`. */
export function assertLinkOpen(link: LinkTerm, now: Date): void {
  const state = stateOfLink(link, now)
  if (state === 'open') return
  const detail = state === 'expired' ? 'This review link is too old.' : 'The studio has ended this review link.'
  throw new AppError('gone', `guest_link.${state}`, `${detail} Ask for a new one.`)
}

export function daysFromNow(days: number, now: Date): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString()
}

/** The earlier of two moments. */
export function earlier(one: string, other: string): string {
  return Date.parse(one) < Date.parse(other) ? one : other
}

// The order counts: most browsers name those they stem from as well.
const browsers = [
  ['Edge', /\bEdgA?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const
const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['Mac', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const

/** Browser and kind of device, such as `Safari, iPhone`; what a user agent says beyond that is not kept. */
export function coarseAgent(userAgent: string): string {
  const named = (kinds: readonly (readonly [string, RegExp])[]) => kinds.find(([, sign]) => sign.test(userAgent))?.[0]
  return [named(browsers), named(systems)].filter(Boolean).join(', ')
}
