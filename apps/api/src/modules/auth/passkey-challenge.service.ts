import { AppError } from '../../core/app-error.ts'
import { type Crypto, randomToken, sha256 } from '../../core/crypto.ts'
import type { Database } from '../../core/in-tenant.ts'
import { spendOnce } from '../../db/system-sign-in.ts'

/** How long a browser may take to ask its user. */
export const challengeMinutes = 5

/** What a challenge was made for; it is good for nothing else. */
export type ChallengeUse = 'sign-in' | 'add' | 'step-up'

/**
 * A challenge is a signed token with random bytes in it: asking for one keeps nothing here, so nobody fills a store by
 * asking. `userId` is empty before anybody is known.
 */
export function makeChallenge(crypto: Crypto, use: ChallengeUse, userId = ''): string {
  const expires = new Date(Date.now() + challengeMinutes * 60_000)
  return Buffer.from(crypto.signToken('passkey', [use, userId, randomToken(16)], expires)).toString('base64url')
}

/** Takes the challenge that a browser has answered, once. Throws 410 where it is too old, used, or for something else. */
export async function takeChallenge(
  { db, crypto }: { db: Database; crypto: Crypto },
  challenge: string,
  use: ChallengeUse,
  userId = '',
): Promise<void> {
  const [madeFor, owner] = crypto.readToken('passkey', Buffer.from(challenge, 'base64url').toString('utf8')) ?? []
  const ours = madeFor === use && owner === userId
  const until = new Date(Date.now() + challengeMinutes * 60_000)
  if (!ours || !(await spendOnce(db, sha256(`passkey:${challenge}`), until)))
    throw new AppError('gone', 'passkey.challenge_over', 'This took too long, or it was sent before. Try again.')
}

/** The challenge that a browser says it has answered; what is signed over is checked afterwards. */
export function challengeOf(clientDataJSON: string): string {
  try {
    const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown }
    if (typeof data.challenge === 'string') return data.challenge
  } catch {
    // What is no JSON holds no challenge, and is refused like one of nobody's.
  }
  return ''
}
