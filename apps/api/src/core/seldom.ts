/**
 * Lets `act` run at most once in `seconds`: for what would otherwise be said again with every request while a server is
 * away. Calls in between do nothing.
 */
export function seldom<A extends unknown[]>(seconds: number, act: (...args: A) => void): (...args: A) => void {
  let next = 0
  return (...args) => {
    const now = performance.now()
    if (now < next) return
    next = now + seconds * 1000
    act(...args)
  }
}
