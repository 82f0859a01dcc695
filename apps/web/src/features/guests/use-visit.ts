import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { useEffect, useLayoutEffect, useState } from 'react'
import { actAsGuest, onVisitEnded, storedVisit, storeVisit } from '../../lib/guest.ts'

/** The visit of this tab by a link, while it lasts. Below the caller every call to the API is the guest's. */
export function useVisit(token: string) {
  const [visit, setVisit] = useState<GuestSessionView | null>(() => storedVisit(token))
  const [ended, setEnded] = useState(false)
  // Before the effects of what is below: those already ask the API.
  useLayoutEffect(() => {
    actAsGuest(visit)
    return () => actAsGuest(null)
  }, [visit])
  useEffect(
    () =>
      onVisitEnded(() => {
        storeVisit(token, null)
        setVisit(null)
        setEnded(true)
      }),
    [token],
  )
  return {
    visit,
    ended,
    begin: (next: GuestSessionView) => {
      storeVisit(token, next)
      setVisit(next)
      setEnded(false)
    },
    leave: () => {
      storeVisit(token, null)
      setVisit(null)
    },
  }
}
