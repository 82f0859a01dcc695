interface Place {
  pathname: string
  search: string
  hash: string
}

/** The sign-in that leads back to a place. */
export function signInPath(from: Place): string {
  const params = new URLSearchParams()
  const next = from.pathname + from.search + from.hash
  if (next !== '/') params.set('next', next)
  const search = params.toString()
  return `/sign-in${search ? `?${search}` : ''}`
}

/** Where to go after signing in: a path of our own, whatever an address from outside asks for. */
export function placeAfterSignIn(search: URLSearchParams): string {
  const next = search.get('next') ?? '/'
  if (!URL.canParse(next, window.location.origin)) return '/'
  const url = new URL(next, window.location.origin)
  return next.startsWith('/') && url.origin === window.location.origin ? url.pathname + url.search + url.hash : '/'
}
