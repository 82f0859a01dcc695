import { signedInCookie } from '@sparkle/shared/auth'
import { ProblemError, problemFrom } from './problem.ts'

type Listener = () => void
const lostListeners = new Set<Listener>()

/** Calls `listener` when the session has ended for good: refused refresh, revoked or expired. Returns the unsubscribe. */
export function onSessionLost(listener: Listener): () => void {
  lostListeners.add(listener)
  return () => lostListeners.delete(listener)
}

let held = false

/**
 * Somebody's session has ended while they work: until they are signed in again no call that needs one leaves the page,
 * since its answer is known. Returns the end of it.
 */
export function holdCalls(): () => void {
  held = true
  return () => {
    held = false
  }
}

/**
 * Whether a call that needs a session is to be refused without being sent; those who listen for a lost session hear of
 * it, as they would of the server's refusal. A sign-in in another tab shows in the cookie and lets calls out again.
 */
export function refusesCalls(): boolean {
  if (!held || mayBeSignedIn()) return false
  for (const listener of lostListeners) listener()
  return true
}

/** `false` where the server would surely refuse: the cookie that scripts can read says that nobody is signed in. */
export function mayBeSignedIn(): boolean {
  return document.cookie.split('; ').includes(`${signedInCookie}=1`)
}

let running: Promise<boolean> | null = null

/**
 * Renews the cookies; resolves to whether there is a session now. However many calls meet a 401 at once, one request
 * goes out and all wait for it. `auth.refresh_raced` means that another tab has just renewed them: that is a success.
 *
 * @throws ProblemError when no answer came, or the server is at fault: the session may still be good.
 */
export function refreshSession(): Promise<boolean> {
  if (refusesCalls()) return Promise.resolve(false)
  running ??= askForRefresh().finally(() => {
    running = null
  })
  return running
}

async function askForRefresh(): Promise<boolean> {
  let response: Response
  try {
    // Every call that met a 401 waits for this one, so it must not hang.
    const signal = AbortSignal.timeout(20_000)
    response = await fetch('/api/v1/auth/refresh', { method: 'POST', credentials: 'same-origin', signal })
  } catch (error) {
    throw new ProblemError({ status: 0, code: 'client.network' }, error)
  }
  if (response.ok) return true
  const body = await readProblem(response)
  const problem = problemFrom({ status: response.status, header: (name) => response.headers.get(name), body })
  if (problem.code === 'auth.refresh_raced') return true
  if (response.status >= 500 || response.status === 429) throw problem
  document.cookie = `${signedInCookie}=; path=/; max-age=0`
  for (const listener of lostListeners) listener()
  return false
}

/** A proxy in between may answer without a problem document; its status then has to do. */
async function readProblem(response: Response): Promise<unknown> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  return isProblem ? response.json() : null
}
