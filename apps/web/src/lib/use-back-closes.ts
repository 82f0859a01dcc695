import { useEffect, useEffectEvent, useRef } from 'react'
import { useLocation, useNavigate, useNavigationType } from 'react-router-dom'

/** Of the history entry that an open sheet lies on, above that of the page itself. */
const sheetState = { sheet: true }
const isOnSheet = (state: unknown) => (state as typeof sheetState | null)?.sheet === true

/**
 * Back closes what is open, and only then leaves the page. Closed by hand, the entry stays for the next opening, since a
 * browser goes back too late for somebody who opens again at once; Back then passes over it.
 */
export function useBackCloses(open: boolean, close: () => void): void {
  const location = useLocation()
  const { key } = location
  const how = useNavigationType()
  const navigate = useNavigate()
  const onSheet = isOnSheet(location.state)
  const before = useRef(onSheet)
  const pushedFrom = useRef<string | null>(null)

  const follow = useEffectEvent((wasOnSheet: boolean, isOpen: boolean, from: string) => {
    if (wasOnSheet && how === 'POP') {
      pushedFrom.current = null
      if (isOpen) close()
      else void navigate(-1)
    } else if (isOpen && pushedFrom.current !== from) {
      pushedFrom.current = from
      void navigate({ ...location, hash: '' }, { state: sheetState, preventScrollReset: true })
    }
  })
  useEffect(() => {
    const wasOnSheet = before.current
    before.current = onSheet
    if (!onSheet) follow(wasOnSheet, open, key)
  }, [open, onSheet, key])
}
