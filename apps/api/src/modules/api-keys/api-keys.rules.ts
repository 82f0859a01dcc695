import { defaultKeyDays, mostKeyDays } from '@sparkle/shared/api-keys'
import { allows, type Permission, studioPermissions } from '@sparkle/shared/permissions'
import { forbidden, invalid } from '../../core/app-error.ts'

const dayMs = 86_400_000

/**
 * When a key ends: after 90 days where nothing is said, never only where an admin says so.
 * @returns ISO 8601, or null for never.
 */
export function keyEnd(wanted: string | null | undefined, mayLastForEver: boolean, now: Date): string | null {
  if (wanted === undefined) return new Date(now.getTime() + defaultKeyDays * dayMs).toISOString()
  if (wanted === null) {
    if (!mayLastForEver) forbidden('api_key.endless', 'Only who has api-keys:manage may make a key that never ends.')
    return null
  }
  const end = Date.parse(wanted)
  if (end <= now.getTime()) invalid('api_key.ends_in_past', 'The end of the key has to lie ahead.', 'expiresAt')
  if (end > now.getTime() + mostKeyDays * dayMs)
    invalid('api_key.too_long', `A key is good for ${mostKeyDays} days at most.`, 'expiresAt')
  return new Date(end).toISOString()
}

/** Nobody hands out what they may not do themselves: each thing a scope covers has to be the giver's own. */
export function assertOwnScopes(scopes: readonly string[], may: (permission: Permission) => boolean): void {
  const foreign = studioPermissions.find((one) => !one.startsWith('api-keys:') && allows(scopes, one) && !may(one))
  if (foreign) forbidden('api_key.scope_not_yours', `You cannot give a key what you may not do: ${foreign}.`)
}
