import type { UrlView } from '@sparkle/shared/urls'

const dayMs = 86_400_000
/** The API warns 30 days before an address ends; so does the page. */
export const warnDays = 30

/** Days until an address ends, begun ones counted; null for one without an end. */
export function daysLeft({ expiresAt }: Pick<UrlView, 'expiresAt'>, now: Date): number | null {
  return expiresAt === null ? null : Math.ceil((Date.parse(expiresAt) - now.getTime()) / dayMs)
}
