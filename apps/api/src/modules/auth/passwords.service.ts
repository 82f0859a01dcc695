import { availableParallelism } from 'node:os'
import bcrypt from 'bcrypt'
import { leastPasswordScore } from '@sparkle/shared/auth'
import { AppError, invalid } from '../../core/app-error.ts'
import { passwordScore } from './password-score.ts'

const rounds = 12
/** A hash takes about 0.2 s of one of four pool threads; more at once would starve file and DNS work. */
const atOnce = 2
/** Guesses may take a core for as long as they like, so on a machine of two they must leave the other to those at work. */
const atOnceForStrangers = Math.max(1, Math.min(atOnce, availableParallelism() - 1))
const longestQueue = 60
let running = 0
const known: (() => void)[] = []
const strangers: (() => void)[] = []

function startNext(): void {
  const next =
    running < atOnce && known.length > 0
      ? known
      : running < atOnceForStrangers && strangers.length > 0
        ? strangers
        : null
  if (!next) return
  running += 1
  next.shift()?.()
}

/** `first`: somebody from a known device, who must not wait behind those who guess. */
async function takeTurn<T>(work: () => Promise<T>, first: boolean): Promise<T> {
  const queue = first ? known : strangers
  if (queue.length >= longestQueue)
    throw new AppError(
      'unavailable',
      'auth.busy',
      'Too many people are signing in at this moment. Try again in a few seconds.',
    )
  await new Promise<void>((resolve) => {
    queue.push(resolve)
    startNext()
  })
  try {
    return await work()
  } finally {
    running -= 1
    startNext()
  }
}

/**
 * Refuses what bcrypt would cut (it reads 72 bytes, which are fewer characters where these are not ASCII), and what is
 * among the first guesses anybody makes. `about` are words a guesser would know: name and address;
 * `advice` says what to do instead.
 */
export async function hashPassword(
  password: string,
  about: readonly string[] = [],
  advice = 'Use a few more words, or one your browser makes.',
): Promise<string> {
  if (Buffer.byteLength(password) > 72) invalid('auth.password_too_long', 'Use at most 72 bytes.', 'password')
  if (passwordScore(password, about) < leastPasswordScore)
    invalid('auth.password_weak', `This password is among the first that are guessed. ${advice}`, 'password')
  return takeTurn(() => bcrypt.hash(password, rounds), true)
}

/** bcrypt reads 72 bytes only, so anything longer cannot be a password that was set here. */
export function verifyPassword(password: string, hash: string, first = false): Promise<boolean> {
  return takeTurn(async () => (await bcrypt.compare(password, hash)) && Buffer.byteLength(password) <= 72, first)
}

/** Compared against where there is no such person, so that the answer takes the same time. */
export const nobodysHash = '$2b$12$C6UzMDM.H6dfI/f/IKcEeO7zq0gJ3h8sTqVtBkvIY5m0C7gZpQb1C'
