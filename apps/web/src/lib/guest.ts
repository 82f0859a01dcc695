import type { GuestSessionView } from '@sparkle/shared/guest-links'

type Listener = () => void
let visit: GuestSessionView | null = null
const endListeners = new Set<Listener>()

/**
 * From now on every call of this page is the guest's, whoever is signed in in this browser; null: nobody's. The token
 * goes in a header, so cookies never speak for a guest, nor a guest for whoever they belong to.
 */
export function actAsGuest(next: GuestSessionView | null): void {
  visit = next
}

/** Guests are told apart by the name they came in with: on one device they share nothing else. */
export function guestPerson({ projectId, name }: Pick<GuestSessionView, 'projectId' | 'name'>): string {
  return `guest ${projectId} ${name}`
}

/** The guest whose page this is; null where it is nobody's visit. */
export function currentGuest(): string | null {
  return visit && guestPerson(visit)
}

export function guestToken(): string | null {
  return visit?.token ?? null
}

/** Calls `listener` when the API says that the visit is over: the link has ended, or the hours are up. */
export function onVisitEnded(listener: Listener): () => void {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

export function visitEnded(): void {
  for (const listener of endListeners) listener()
}

const keyOf = (linkToken: string) => `review-visit ${linkToken}`

/** What this tab knows of an earlier visit by the same link; it is gone with the tab. */
export function storedVisit(linkToken: string): GuestSessionView | null {
  const stored = lastVisit(linkToken)
  return stored && Date.parse(stored.expiresAt) > Date.now() ? stored : null
}

/** The same, also where the visit is over: who it was is still known, so that what they wrote is found again. */
export function lastVisit(linkToken: string): GuestSessionView | null {
  try {
    const text = sessionStorage.getItem(keyOf(linkToken))
    return text === null ? null : (JSON.parse(text) as GuestSessionView)
  } catch {
    // Storage is refused in some private windows: the visit then lasts as long as the page.
    return null
  }
}

export function storeVisit(linkToken: string, next: GuestSessionView | null): void {
  try {
    if (next) sessionStorage.setItem(keyOf(linkToken), JSON.stringify(next))
    else sessionStorage.removeItem(keyOf(linkToken))
  } catch {
    // As above.
  }
}

/** A visit that is over, as it is stored: nothing more can be done with it. */
export function overVisit(ended: GuestSessionView): GuestSessionView {
  return { ...ended, token: '', expiresAt: new Date(0).toISOString() }
}
