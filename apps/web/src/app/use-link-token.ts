import { useLocation } from 'react-router-dom'

/** The secret part of a link in a mail. It stands behind `#`, so that no server's log and no referrer ever holds it. */
export function useLinkToken(): string {
  return useLocation().hash.slice(1)
}
