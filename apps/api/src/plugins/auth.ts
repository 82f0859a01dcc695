import cookie from '@fastify/cookie'
import jwt from '@fastify/jwt'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import { signedInCookie } from '@sparkle/shared/auth'
import { superAdminPermissions } from '@sparkle/shared/permissions'
import { AppError } from '../core/app-error.ts'
import type { Actor, Origin } from '../core/actor.ts'
import { accessTtlSeconds, type OpenedSession, refreshTtlSeconds, sessionEnded } from '../core/session.ts'
import { rightsOf } from '../core/rights.ts'
import { loadSession, type SessionRow } from '../db/system.ts'
import { guestDoor, looksLikeGuest } from './guest-auth.ts'
import { type KeyRing, keyRefused, openKeyRing } from './api-key-auth.ts'

const issuer = 'sparkleclassic'
const refreshPath = '/api/v1/auth'
const deviceTtlSeconds = 365 * 24 * 3600
/** How far the clocks of two of our processes may be apart. */
const clockSkewSeconds = 60

interface Claims {
  sub: string
  sid: string
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: Claims
    user: Claims
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    apiKeys: KeyRing
  }
  interface FastifyRequest {
    /** Where the request comes from, for the audit and the list of sessions. */
    readonly origin: Origin
    /** The refresh token of the cookie. Throws where there is none, or where the request comes from another site. */
    refreshCookie(): string
    /** What the browser kept of an earlier sign-in. */
    deviceCookie(): string | undefined
    /** Throws 403 where the person has a second factor and has not shown it lately in this session. */
    assertSteppedUp(): Promise<void>
    sessionId: string | null
    /** Why nobody could be made out, where something was sent that should say it. */
    authFault: Error | null
  }
  interface FastifyReply {
    /** Hands a session's tokens out: as cookies, and the access token for the body. */
    grantSession(session: OpenedSession): { accessToken: string; expiresIn: number }
    forgetSession(): void
    /** Leaves a mark in the browser by which it is known at the next sign-in; it outlives the session. */
    rememberDevice(mark: string): void
  }
}

/** Names of the session's cookies. The prefixes bind them to this very host, which plain http cannot promise. */
function cookieNames(publicOrigin: string) {
  const secure = publicOrigin.startsWith('https:')
  return secure
    ? { access: '__Host-sc_at', refresh: '__Secure-sc_rt', device: '__Host-sc_dv', secure }
    : { access: 'sc_at', refresh: 'sc_rt', device: 'sc_dv', secure }
}

/**
 * Finds out who is calling, before anything else of a request runs. A bearer token wins over cookies; a change borne
 * by a cookie has to come from the studio's own pages. Sessions are kept in memory for half a minute and dropped at
 * once when the database says that one, or the membership behind it, has changed.
 */
export const auth = fp(
  async (app) => {
    const { config, db, listener, jwtSecret } = app.deps
    const names = cookieNames(config.publicOrigin)
    const sessions = new LRUCache<string, SessionRow>({ max: 20_000, ttl: 30_000 })
    const stops = [
      listener.on('sc_users', (userId) => {
        for (const [id, session] of sessions.entries()) if (session.userId === userId) sessions.delete(id)
      }),
      // Seldom, and a suspended studio's sessions do not name it: all are asked for again.
      listener.on('sc_studios', () => sessions.clear()),
      listener.on('reconnected', () => sessions.clear()),
    ]
    app.addHook('onClose', async () => stops.forEach((stop) => stop()))

    await app.register(cookie)
    await app.register(jwt, {
      secret: jwtSecret,
      sign: { algorithm: 'HS256', expiresIn: accessTtlSeconds * 1000, iss: issuer, aud: config.publicOrigin },
      verify: {
        algorithms: ['HS256'],
        allowedIss: issuer,
        allowedAud: config.publicOrigin,
        // A claim that is missing is not checked otherwise.
        requiredClaims: ['sub', 'sid', 'iat', 'exp', 'iss', 'aud'],
        cache: 10_000,
      },
    })
    const apiKeys = openKeyRing(app.deps, app.log)
    app.decorate('apiKeys', apiKeys)
    const actorOfGuest = guestDoor(app.deps)
    app.addHook('onClose', () => apiKeys.close())
    app.decorateRequest('caller', null)
    app.decorateRequest('sessionId', null)
    app.decorateRequest('assertSteppedUp', async function (this: FastifyRequest) {
      if (this.caller?.kind === 'user' && this.caller.viaKey) throw keyRefused()
      const id = this.sessionId
      if (id === null || isFresh(sessions.get(id))) return
      // What is kept in memory may be from before the code was shown.
      const session = await loadSession(db, id)
      if (session) sessions.set(id, session)
      if (!isFresh(session))
        throw new AppError('forbidden', 'auth.step_up_required', 'Show your second factor first: POST /auth/step-up.')
    })
    app.decorateRequest('origin', { getter: readOrigin })
    app.decorateRequest('refreshCookie', function (this: FastifyRequest) {
      const token = this.cookies[names.refresh]
      if (!token) throw sessionEnded()
      assertSameOrigin(this, config.publicOrigin)
      return token
    })
    app.decorateRequest('deviceCookie', function (this: FastifyRequest) {
      return this.cookies[names.device]
    })
    const common = { httpOnly: true, sameSite: 'lax', secure: names.secure } as const
    app.decorateReply('grantSession', function (this: FastifyReply, session: OpenedSession) {
      const accessToken = app.jwt.sign({ sub: session.userId, sid: session.sessionId })
      this.setCookie(names.access, accessToken, { ...common, path: '/', maxAge: accessTtlSeconds })
      this.setCookie(names.refresh, session.refreshToken, { ...common, path: refreshPath, maxAge: refreshTtlSeconds })
      this.setCookie(signedInCookie, '1', { ...common, httpOnly: false, path: '/', maxAge: refreshTtlSeconds })
      return { accessToken, expiresIn: accessTtlSeconds }
    })
    app.decorateReply('rememberDevice', function (this: FastifyReply, mark: string) {
      this.setCookie(names.device, mark, { ...common, path: '/', maxAge: deviceTtlSeconds })
    })
    app.decorateReply('forgetSession', function (this: FastifyReply) {
      this.clearCookie(names.access, { path: '/' }).clearCookie(names.refresh, { path: refreshPath })
      this.clearCookie(signedInCookie, { path: '/' })
    })

    async function findSession(id: string): Promise<SessionRow | undefined> {
      const cached = sessions.get(id)
      if (cached && !isOver(cached.actingAs)) return cached
      const session = await loadSession(db, id)
      if (session) sessions.set(id, session)
      return session
    }

    // A wrong token is refused by `access`, after the rate limit has counted it.
    app.decorateRequest('authFault', null)
    app.addHook('onRequest', async (request) => {
      try {
        await identify(request)
      } catch (error) {
        request.authFault = error as Error
      }
    })

    async function identify(request: FastifyRequest): Promise<void> {
      if (request.routeOptions.config.fromElsewhere) return
      const presented = presentedToken(request, names.access)
      if (!presented) return
      if (!presented.byCookie && presented.token.startsWith('sk_')) {
        request.caller = await apiKeys.actorOf(presented.token, request.origin)
        return
      }
      if (!presented.byCookie && looksLikeGuest(presented.token)) {
        request.caller = await actorOfGuest(presented.token, request.origin)
        return
      }
      const claims = verify(presented.token, presented.byCookie)
      if (!claims) return
      if (presented.byCookie) assertSameOrigin(request, config.publicOrigin)
      const session = await findSession(claims.sid)
      if (session) {
        request.caller = toActor(session, claims.sid, request.origin)
        request.sessionId = claims.sid
      } else if (!presented.byCookie) throw sessionEnded()
    }

    /** An expired cookie is no error on a page that is public; an expired bearer token always is. */
    function verify(token: string, byCookie: boolean): Claims | null {
      try {
        const claims = app.jwt.verify<Claims & { iat: number }>(token)
        if (claims.iat > Date.now() / 1000 + clockSkewSeconds) throw new Error('issued in the future')
        return claims
      } catch (error) {
        if (byCookie) return null
        const expired = (error as { code?: string }).code === 'FAST_JWT_EXPIRED'
        throw expired
          ? new AppError('unauthenticated', 'auth.token_expired', 'The access token has expired. Refresh it.')
          : new AppError('unauthenticated', 'auth.token_invalid', 'The access token is not valid.')
      }
    }
  },
  { name: 'auth' },
)

function presentedToken(request: FastifyRequest, cookieName: string) {
  const header = request.headers.authorization
  if (header !== undefined) {
    const [scheme, token] = header.split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || !token)
      throw new AppError('unauthenticated', 'auth.scheme', 'Send `Authorization: Bearer <access token or API key>`.')
    return { token, byCookie: false }
  }
  const token = request.cookies[cookieName]
  return token ? { token, byCookie: true } : null
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser sends cookies from any page, so a change (or a socket) must prove that it comes from ours. */
function assertSameOrigin(request: FastifyRequest, publicOrigin: string): void {
  const upgrade = request.headers.upgrade !== undefined
  if (safeMethods.has(request.method) && !upgrade) return
  if (request.headers['sec-fetch-site'] === 'same-origin' || request.headers.origin === publicOrigin) return
  throw new AppError(
    'forbidden',
    'auth.cross_origin',
    "A change with a cookie has to come from the studio's own pages.",
  )
}

function readOrigin(this: FastifyRequest): Origin {
  return {
    address: this.ip,
    userAgent: (this.headers['user-agent'] ?? '').slice(0, 300).replaceAll('\u0000', ''),
    requestId: this.id,
  }
}

function toActor(session: SessionRow, sessionId: string, origin: Origin): Actor {
  const { userId, displayName, providerId: viaProvider } = session
  const person = { userId, displayName, sessionId, origin, viaProvider }
  if (session.organizationId && session.role)
    return {
      kind: 'user',
      ...person,
      organizationId: session.organizationId,
      role: session.role,
      accountId: session.accountId,
      ...rightsOf(session.role, session.rights),
      ...(session.actingAs && { actingAs: session.actingAs }),
      ...(session.readOnlyUntil && { readOnlyUntil: session.readOnlyUntil }),
    }
  // What a studio's provider says of somebody counts in that studio: it makes nobody an admin of the platform.
  const isSuperAdmin = session.isSuperAdmin && viaProvider === null
  const permissions = isSuperAdmin ? superAdminPermissions : []
  const { suspended } = session
  return { kind: 'platform', ...person, organizationId: null, isSuperAdmin, permissions, suspended }
}

function isOver(acting: SessionRow['actingAs']): boolean {
  return acting !== null && Date.parse(acting.until) <= Date.now()
}

const freshSeconds = 10 * 60

function isFresh(session: SessionRow | undefined): boolean {
  if (!session) return false
  if (!session.hasSecondFactor) return true
  return session.secondFactorAt !== null && Date.parse(session.secondFactorAt) > Date.now() - freshSeconds * 1000
}
