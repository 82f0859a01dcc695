import { AppError, suspended } from '../../core/app-error.ts'
import type { Origin } from '../../core/actor.ts'
import { asPerson } from '../../core/as-person.ts'
import { recordAudit } from '../../core/audit.ts'
import { type Crypto, randomToken, sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { type Database, inTenant } from '../../core/in-tenant.ts'
import { type OpenedSession, refreshTtlSeconds, sessionEnded } from '../../core/session.ts'
import { createSession, findCredentials, listMemberships, type MembershipRow, rotateSession } from '../../db/system.ts'
import { bindSession } from '../../db/system-sign-in.ts'
import { isShutOut } from '../../db/system-studios.ts'
import { atTheDoor } from './home-studio.service.ts'
import { markSession } from './second-factor.queries.ts'
import { assertPassed, takeCode } from './second-factor.service.ts'
import { closedStudios, ssoRequired } from './studio-doors.service.ts'
import { nobodysHash, verifyPassword } from './passwords.service.ts'

/** The beginning of an address's blind index: names an account to its throttle and to its devices. */
export function accountOf(crypto: Crypto, email: string): string {
  return crypto.blindIndex(email, 'users.email').slice(0, 22)
}

/**
 * Checks e-mail and password and opens a session in the person's first studio. The same 401 whatever was wrong. `first`
 * lets a known device pass in front of those who guess.
 */
export async function signIn(
  deps: { db: Database; crypto: Crypto },
  input: { email: string; password: string; totp?: string },
  origin: Origin,
  first: boolean,
): Promise<OpenedSession> {
  const credentials = await findCredentials(deps.db, deps.crypto.blindIndex(input.email, 'users.email'))
  const genuine = await verifyPassword(input.password, credentials?.passwordHash ?? nobodysHash, first)
  if (!credentials || !genuine)
    throw new AppError('unauthenticated', 'auth.wrong_credentials', 'E-mail or password is wrong.')
  const { userId } = credentials
  const outcome = await asPerson(deps.db, userId, (tx) => takeCode(tx, deps.crypto, userId, input.totp))
  assertPassed(outcome)
  const secondFactor = outcome === 'passed'
  const closed = await closedStudios(deps, userId)
  const withRecoveryCode = secondFactor && !/^\s*\d{6}\s*$/.test(input.totp ?? '')
  return openSession(deps.db, userId, origin, { secondFactor, closed, withRecoveryCode })
}

export interface Opening {
  /** The studio to begin in; else the person's first one. */
  organizationId?: string
  secondFactor: boolean
  /** Studios that a provider of theirs opens and nothing else. */
  closed?: ReadonlySet<string>
  /** Opens a closed studio to its admin all the same, on record: the way back in when its provider does not answer. */
  withRecoveryCode?: boolean
  /** The identity provider of the studio named that has opened the door: to this studio and to no other. */
  providerId?: string
}

/** Opens a session for somebody whose identity is proven. Throws 403 where all their studios are closed to this way in. */
export async function openSession(
  db: Database,
  userId: string,
  origin: Origin,
  opening: Opening,
): Promise<OpenedSession> {
  const { organizationId, secondFactor, providerId } = opening
  const memberships = await listMemberships(db, userId)
  const { studio, bypassed } = chooseStudio(memberships, opening)
  if (providerId && studio?.organizationId !== organizationId) throw sessionEnded()
  if (!studio && (await isShutOut(db, userId))) throw suspended()
  const sessionId = newId()
  const secret = randomToken()
  const session = {
    id: sessionId,
    userId,
    organizationId: studio?.organizationId ?? null,
    refreshHash: sha256(secret),
    userAgent: origin.userAgent,
    address: origin.address,
    lifetimeSeconds: refreshTtlSeconds,
  }
  if (studio) {
    const actor = atTheDoor(studio, userId, sessionId, origin)
    await inTenant(db, actor, async (tx) => {
      await createSession(tx, session)
      if (providerId) await bindSession(tx, sessionId, providerId)
      const changes = providerId ? { providerId } : {}
      await recordAudit(tx, actor, 'session:created', { entity: 'session', id: sessionId, changes })
      if (bypassed) await recordAudit(tx, actor, 'sign-in:enforcement:bypassed', { entity: 'session', id: sessionId })
    })
  } else await createSession(db, session)
  if (secondFactor) await asPerson(db, userId, (tx) => markSession(tx, sessionId))
  return { userId, sessionId, refreshToken: `${sessionId}.${secret}` }
}

function chooseStudio(memberships: readonly MembershipRow[], { organizationId, closed, withRecoveryCode }: Opening) {
  const open = memberships.filter((one) => !closed?.has(one.organizationId))
  const bypass = withRecoveryCode ? memberships.find((one) => one.role === 'admin' && !open.includes(one)) : undefined
  const studio = open.find((one) => one.organizationId === organizationId) ?? bypass ?? open[0]
  if (!studio && memberships.length > 0) throw ssoRequired()
  return { studio, bypassed: studio !== undefined && studio === bypass }
}

const refreshPattern = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/

/**
 * Exchanges a refresh token for the next one. Of any number of parallel tries one wins and the others get 409; a token
 * that was rotated longer ago was stolen by somebody, so its whole family ends.
 */
export async function refresh(db: Database, presented: string): Promise<OpenedSession> {
  const [, sessionId, secret] = refreshPattern.exec(presented) ?? []
  if (!sessionId || !secret) throw sessionEnded()
  const replacement = randomToken()
  const { outcome, userId } = await rotateSession(db, {
    sessionId,
    presentedHash: sha256(secret),
    replacementHash: sha256(replacement),
    lifetimeSeconds: refreshTtlSeconds,
  })
  if (outcome === 'raced')
    throw new AppError(
      'conflict',
      'auth.refresh_raced',
      'Another request has just refreshed this session. Use its tokens.',
    )
  if (outcome === 'reused')
    throw new AppError(
      'unauthenticated',
      'auth.refresh_reused',
      'This refresh token was used before, so the session has been ended.',
    )
  if (outcome !== 'rotated' || !userId) throw sessionEnded()
  return { userId, sessionId, refreshToken: `${sessionId}.${replacement}` }
}
