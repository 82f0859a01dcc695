import { AppError } from '../../core/app-error.ts'
import { randomToken, type Crypto } from '../../core/crypto.ts'
import type { LimitState } from '../../core/limit-state.ts'

/** Tries from one network at one account, or from one known device, within the window. */
const triesOfPair = 10
/** Tries from one network at any accounts, known devices apart: somebody goes through a list of people. */
const triesOfNetwork = 100
const windowSeconds = 900
/** Wrong tries at one account from wherever, within an hour, after which a new network gets fewer tries. */
const guardedAfter = 100
const triesWhileGuarded = 3
const guardSeconds = 3600
/** Wrong codes at one account within an hour: whoever sends them knows the password, so new devices have to wait. */
const wrongCodes = 20

export interface Attempt {
  /** The beginning of the blind index of the address that was typed, whether or not it is anybody's. */
  account: string
  address: string
  /** The name of the device where it is known to this account. */
  device: string | null
}

export type Admission = { admitted: true; known: boolean } | { admitted: false; retryAfterSeconds: number }

/**
 * Whether somebody may try a password now; counts the try before it is made, so that parallel ones are all counted.
 *
 * A device that has signed in to the account before is counted by itself (OWASP, "device cookies"), so that no number of
 * wrong tries elsewhere keeps the person out. All others are counted by network and account together: whoever guesses
 * shuts out their own network and nobody else. An account that is guessed at from everywhere is guarded: new networks
 * then get three tries, which a person needs and a guesser cannot live on.
 */
export async function admitAttempt(limits: LimitState, attempt: Attempt, withCode = false): Promise<Admission> {
  if (attempt.device) {
    const { count } = await limits.count(deviceKey(attempt.device), windowSeconds)
    if (count <= triesOfPair) return { admitted: true, known: true }
  }
  if (withCode && (await limits.get(codeKey(attempt.account))) !== undefined) return refused(guardSeconds * 1000)
  const guarded = (await limits.get(guardKey(attempt.account))) !== undefined
  const pair = await limits.count(pairKey(attempt), windowSeconds)
  if (pair.count > (guarded ? triesWhileGuarded : triesOfPair)) return refused(pair.remainingMs)
  const network = await limits.count(`signin:network:${networkOf(attempt.address)}`, windowSeconds)
  return network.count > triesOfNetwork ? refused(network.remainingMs) : { admitted: true, known: false }
}

function refused(remainingMs: number): Admission {
  return { admitted: false, retryAfterSeconds: Math.ceil(remainingMs / 1000) }
}

export async function noteFailure(limits: LimitState, { account }: Attempt, ofCode = false): Promise<void> {
  if (ofCode) {
    const wrong = await limits.count(`signin:codes:${account}`, guardSeconds)
    if (wrong.count >= wrongCodes) await limits.set(codeKey(account), '1', guardSeconds)
  }
  const { count } = await limits.count(`signin:account:${account}`, guardSeconds)
  if (count >= guardedAfter) await limits.set(guardKey(account), '1', guardSeconds)
}

/** Who got in has used up no tries. */
export async function noteSuccess(limits: LimitState, attempt: Attempt): Promise<void> {
  await limits.delete(pairKey(attempt))
  if (attempt.device) await limits.delete(deviceKey(attempt.device))
}

/**
 * Runs a check of a password as one try: refused before it is made where there were too many, counted where it fails.
 * Throws 429 `auth.throttled`, and says in `reply` when to come back. `check` is told whether the device is known.
 */
export async function asOneTry<T>(
  limits: LimitState,
  reply: { header(name: string, value: number): unknown },
  { withCode, ...attempt }: Attempt & { withCode: boolean },
  check: (known: boolean) => Promise<T>,
): Promise<T> {
  const admission = await admitAttempt(limits, attempt, withCode)
  if (!admission.admitted) {
    reply.header('retry-after', admission.retryAfterSeconds)
    throw new AppError('rate_limited', 'auth.throttled', 'Too many wrong tries. Wait a while, or ask for a link.')
  }
  const result = await check(admission.known).catch(async (error: unknown) => {
    if (!isCode(error, 'auth.totp_required')) await noteFailure(limits, attempt, isCode(error, 'auth.totp_wrong'))
    throw error
  })
  await noteSuccess(limits, attempt)
  return result
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof AppError && error.code === code
}

const deviceKey = (device: string) => `signin:device:${device}`
const codeKey = (account: string) => `signin:code-guard:${account}`
const guardKey = (account: string) => `signin:guard:${account}`
const pairKey = ({ account, address }: Attempt) => `signin:pair:${account}:${networkOf(address)}`

/** A household or a cloud machine has a /64 of IPv6 to itself, so that is what counts as one address. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...zeros, ...back].slice(0, 4).join(':')
}

/** What a browser keeps of a sign-in: whose it was, and a name to count by. It lets nobody in. */
export function signDevice(crypto: Crypto, account: string): string {
  return crypto.signToken('device', [account, randomToken(12)])
}

/** The device's name where its cookie is genuine and of this account. */
export function readDevice(crypto: Crypto, cookie: string | undefined, account: string): string | null {
  const [owner, name] = (cookie && crypto.readToken('device', cookie)) || []
  return owner === account && name ? name : null
}
