import { AppError, notFound } from '../../core/app-error.ts'
import type { Crypto } from '../../core/crypto.ts'

/** How long the links of mails about one's own sign-in are good for. */
export const resetMinutes = 30
export const confirmHours = 24

/** A link to choose a new password. It names the password it replaces, so it dies with its first use. */
export function signReset(crypto: Crypto, userId: string, passwordVersion: number, askedAt: string): string {
  const expires = Date.parse(askedAt) + resetMinutes * 60_000
  return crypto.signToken('password-reset', [userId, String(passwordVersion), String(expires)])
}

/** A link that proves a mailbox. It names the address, so it dies when another one is asked for. */
export function signConfirmation(crypto: Crypto, userId: string, emailIndex: string, askedAt: string): string {
  const expires = Date.parse(askedAt) + confirmHours * 3_600_000
  return crypto.signToken('confirm-email', [userId, emailIndex.slice(0, 16), String(expires)])
}

/** Whose password, and which one. Throws 404 for what was never made here and 410 for what is too old. */
export function readReset(crypto: Crypto, token: string): { userId: string; passwordVersion: number } {
  const [userId, version, expires] = crypto.readToken('password-reset', token) ?? notFound('reset')
  if (!userId || !version) notFound('reset')
  if (Number(expires) < Date.now())
    throw new AppError('gone', 'reset.expired', `This link was good for ${resetMinutes} minutes. Ask for a new one.`)
  return { userId, passwordVersion: Number(version) }
}

/** Whose mailbox, and the beginning of its blind index. */
export function readConfirmation(crypto: Crypto, token: string): { userId: string; emailIndexStart: string } {
  const [userId, emailIndexStart, expires] = crypto.readToken('confirm-email', token) ?? notFound('confirmation')
  if (!userId || !emailIndexStart) notFound('confirmation')
  if (Number(expires) < Date.now())
    throw new AppError(
      'gone',
      'confirmation.expired',
      `This link was good for ${confirmHours} hours. Ask for a new one.`,
    )
  return { userId, emailIndexStart }
}
