import type { Crypto } from './crypto.ts'

/** What a guest's page sends as `Authorization: Bearer`, told from other tokens by how it begins. */
const mark = 'gv_'

export function looksLikeGuest(token: string): boolean {
  return token.startsWith(mark)
}

export function signVisit(
  crypto: Pick<Crypto, 'signToken'>,
  place: { organizationId: string; visitId: string },
  expiresAt: string,
): string {
  return mark + crypto.signToken('guest-visit', [place.organizationId, place.visitId], new Date(expiresAt))
}

/** Which stay of which studio's guest, where the token is genuine and its time has not run out. */
export function readVisit(crypto: Pick<Crypto, 'readToken'>, token: string) {
  const [organizationId, visitId] = crypto.readToken('guest-visit', token.slice(mark.length)) ?? []
  return organizationId && visitId ? { organizationId, visitId } : null
}

/** Binds the hash of a link's token to this use. */
export const guestLinkContext = 'guest_links.token'
