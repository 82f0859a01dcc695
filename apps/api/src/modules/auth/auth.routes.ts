import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  loginInput,
  meView,
  profileView,
  refreshInput,
  sessionList,
  switchInput,
  tokenView,
  updateProfileInput,
} from '@sparkle/shared/auth'
import { idParams } from '@sparkle/shared/text'
import { forbidden, notFound } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import { listMemberships, revokeSession, switchSession } from '../../db/system.ts'
import { accessTtlSeconds, assertSameOrigin, cookieNames, originOf, refreshTtlSeconds, sessionEnded } from '../../plugins/auth.ts'
import type { App } from '../../plugins/types.ts'
import { type OpenedSession, refresh, signIn, type SignedIn } from './auth.service.ts'
import { listOwnSessions, revokeOwnSession } from './profile.queries.ts'
import { changeProfile, getProfile, toMe } from './profile.service.ts'

const tags = ['Sign-in']
const guessing = { max: 10, windowSeconds: 60, by: 'address' } as const

/** Sign-in, session and own profile. */
export async function authRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps
  const names = cookieNames(config.publicOrigin)

  function setCookies(reply: FastifyReply, accessToken: string, refreshToken: string): void {
    const common = { httpOnly: true, sameSite: 'lax', secure: names.secure } as const
    reply.setCookie(names.access, accessToken, { ...common, path: '/', maxAge: accessTtlSeconds })
    reply.setCookie(names.refresh, refreshToken, { ...common, path: '/api/v1/auth', maxAge: refreshTtlSeconds })
  }

  async function grant(reply: FastifyReply, session: OpenedSession) {
    const accessToken = app.jwt.sign({ sub: session.userId, sid: session.sessionId })
    setCookies(reply, accessToken, session.refreshToken)
    const user = await asPerson(db, session.userId, (tx) => getProfile(tx, crypto, session.userId))
    return { accessToken, expiresIn: accessTtlSeconds, user }
  }

  app.post(
    '/auth/login',
    {
      config: { access: 'public', limit: guessing, idempotent: false },
      schema: { operationId: 'login', summary: 'Sign in', tags, body: loginInput, response: { 200: tokenView } },
    },
    async (request, reply) => grant(reply, await signIn({ db, crypto }, request.body, originOf(request))),
  )

  app.post(
    '/auth/refresh',
    {
      config: { access: 'public', limit: { max: 60, windowSeconds: 60 }, idempotent: false },
      schema: {
        operationId: 'refreshSession',
        summary: 'Exchange the refresh token for new tokens',
        description: 'The token comes from the cookie, or from the body for scripts.',
        tags,
        body: refreshInput.optional(),
        response: { 200: tokenView },
      },
    },
    async (request, reply) => {
      const token = presentedRefreshToken(request)
      return grant(reply, await refresh(db, token))
    },
  )

  function presentedRefreshToken(request: FastifyRequest): string {
    const body = request.body as z.infer<typeof refreshInput> | undefined
    if (body?.refreshToken) return body.refreshToken
    const token = request.cookies[names.refresh]
    if (!token) throw sessionEnded()
    assertSameOrigin(request, config.publicOrigin)
    return token
  }

  app.post(
    '/auth/logout',
    {
      config: { access: 'signed-in', idempotent: false },
      schema: { operationId: 'logout', summary: 'End this session', tags, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await revokeSession(db, signedIn(request).sessionId, 'signed_out')
      reply.clearCookie(names.access, { path: '/' }).clearCookie(names.refresh, { path: '/api/v1/auth' })
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/auth/switch',
    {
      config: { access: 'signed-in', idempotent: false },
      schema: {
        operationId: 'switchStudio',
        summary: 'Work in another of your studios',
        tags,
        body: switchInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { sessionId, userId } = signedIn(request)
      const switched = await switchSession(db, sessionId, userId, request.body.organizationId)
      if (!switched) forbidden('auth.not_a_member', 'You are not a member of this studio.')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/me',
    {
      config: { access: 'signed-in' },
      schema: { operationId: 'getMe', summary: 'Who I am, where, and what I may', tags, response: { 200: meView } },
    },
    async (request) => {
      const actor = signedIn(request)
      const [user, memberships] = await Promise.all([
        asPerson(db, actor.userId, (tx) => getProfile(tx, crypto, actor.userId)),
        listMemberships(db, actor.userId),
      ])
      return toMe(actor, user, memberships)
    },
  )

  app.patch(
    '/me',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'updateMe',
        summary: 'Change my profile',
        tags,
        body: updateProfileInput,
        response: { 200: profileView },
      },
    },
    async (request) => {
      const { userId } = signedIn(request)
      return asPerson(db, userId, (tx) => changeProfile(tx, crypto, userId, request.body, request.ifMatch))
    },
  )

  app.get(
    '/me/sessions',
    {
      config: { access: 'signed-in' },
      schema: { operationId: 'listMySessions', summary: 'Where I am signed in', tags, response: { 200: sessionList } },
    },
    async (request) => {
      const { userId, sessionId } = signedIn(request)
      const rows = await asPerson(db, userId, (tx) => listOwnSessions(tx, userId))
      return { items: rows.map((row) => ({ ...row, current: row.id === sessionId })) }
    },
  )

  app.delete(
    '/me/sessions/:id',
    {
      config: { access: 'signed-in' },
      schema: { operationId: 'revokeMySession', summary: 'End one of my sessions', tags, params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const { userId } = signedIn(request)
      const revoked = await asPerson(db, userId, (tx) => revokeOwnSession(tx, userId, request.params.id))
      if (!revoked) notFound('session')
      return reply.code(204).send(null)
    },
  )
}

/** The signed-in person; the route's access has made sure that there is one. */
function signedIn(request: FastifyRequest): SignedIn {
  const caller = request.caller
  if (caller?.kind === 'user' || caller?.kind === 'platform') return caller
  throw sessionEnded()
}
