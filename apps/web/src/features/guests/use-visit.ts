import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { useEffect, useLayoutEffect, useState } from 'react'
import { actAsGuest, lastVisit, onVisitEnded, overVisit, storedVisit, storeVisit } from '../../lib/guest.ts'

/** The visit of this tab by a link, while it lasts. Below the caller every call to the API is the guest's. */
export function useVisit(token: string) {
  const [visit, setVisit] = useState<GuestSessionView | null>(() => storedVisit(token))
  const [last, setLast] = useState(() => (visit ? null : lastVisit(token)))
  // Before the effects of what is below: those already ask the API.
  useLayoutEffect(() => {
    actAsGuest(visit)
    return () => actAsGuest(null)
  }, [visit])
  useEffect(() => {
    if (!visit) return
    return onVisitEnded(() => {
      const over = overVisit(visit)
      storeVisit(token, over)
      setVisit(null)
      setLast(over)
    })
  }, [token, visit])
  return {
    visit,
    /** The one before, where it has ended by itself. */
    last,
    begin: (next: GuestSessionView) => {
      storeVisit(token, next)
      setVisit(next)
      setLast(null)
    },
    leave: () => {
      storeVisit(token, null)
      setVisit(null)
      setLast(null)
    },
  }
}
