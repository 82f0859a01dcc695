import { AppError } from './app-error.ts'

export const accessTtlSeconds = 15 * 60
export const refreshTtlSeconds = 7 * 24 * 3600

/** A session that was just opened or renewed, before its tokens are handed out. */
export interface OpenedSession {
  userId: string
  sessionId: string
  /** `<session id>.<secret>`; only its hash is stored. */
  refreshToken: string
}

export function sessionEnded(): AppError {
  return new AppError('unauthenticated', 'auth.session_ended', 'This session has ended. Sign in again.')
}
