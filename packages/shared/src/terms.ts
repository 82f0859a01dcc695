import type { PackageType } from './games.ts'
import type { UrlView } from './urls.ts'

export const reservationDays = 30
/** How long before its end a live address may be renewed. */
export const renewWindowDays = 60

/** How long an address stays live after its deploy or renewal, in years, by the package that was bought. */
export const termYears: Record<PackageType, number> = { express: 1, custom: 2, premium: 5 }

export interface Renewal {
  /** From when on it may be renewed. */
  from: Date
  /** Until when it would be kept if it were renewed now. */
  until: Date
}

const dayMs = 86_400_000

/**
 * What renewing an address would do; null when it cannot be renewed any more. A live or expired one gets a term on top of
 * what is left, in its last {@link renewWindowDays} days, so that it is never more than that and a term ahead. A
 * reservation gets its days a second time, at any moment, once.
 */
export function renewalOf(
  { status, reservedAt, expiresAt }: Pick<UrlView, 'status' | 'reservedAt' | 'expiresAt'>,
  packageType: PackageType,
  now: Date,
): Renewal | null {
  if (status === 'deleted') return null
  const end = expiresAt === null ? now.getTime() : Date.parse(expiresAt)
  if (status === 'reserved') {
    const first = Date.parse(reservedAt) + reservationDays * dayMs
    // A summer time may make a reservation an hour longer than its days.
    if (end > first + dayMs / 2) return null
    return { from: new Date(reservedAt), until: new Date(first + reservationDays * dayMs) }
  }
  const until = new Date(Math.max(end, now.getTime()))
  until.setUTCFullYear(until.getUTCFullYear() + termYears[packageType])
  return { from: new Date(end - renewWindowDays * dayMs), until }
}
