import type { FastifyReply } from 'fastify'
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
import { conflict, forbidden, notFound, suspended } from '../../core/app-error.ts'
import { asPerson, asSelf } from '../../core/as-person.ts'
import type { OpenedSession } from '../../core/session.ts'
import { listMemberships, revokeSession, switchSession } from '../../db/system.ts'
import { listOwnOrganizations } from '../../db/system-studios.ts'
import type { App } from '../../plugins/types.ts'
import { accountOf, refresh, signIn } from './auth.service.ts'
import { signedIn } from '../../core/signed-in.ts'
import { listOwnSessions, revokeOwnSession } from './profile.queries.ts'
import { changeProfile, getProfile, toMe } from './profile.service.ts'
import { closedStudios, ssoRequired } from './studio-doors.service.ts'
import { asOneTry, readDevice, signDevice } from './throttle.service.ts'

const tags = ['Sign-in']

/** Sign-in, session and own profile. */
export async function authRoutes(app: App): Promise<void> {
  const { db, crypto } = app.deps

  async function grant(reply: FastifyReply, session: OpenedSession) {
    const user = await asPerson(db, session.userId, (tx) => getProfile(tx, crypto, session.userId))
    return { ...reply.grantSession(session), user }
  }

  async function isSuspended(userId: string, organizationId: string): Promise<boolean> {
    const own = await listOwnOrganizations(db, userId)
    return own.some((one) => one.id === organizationId && one.status === 'suspended')
  }

  app.post(
    '/auth/login',
    {
      config: { access: 'public', limit: false, idempotent: false },
      schema: {
        operationId: 'login',
        summary: 'Sign in',
        description:
          'Ten tries in a quarter of an hour from one network at one account, then 429 `auth.throttled`. A browser that has signed in before is counted by itself.',
        tags,
        body: loginInput,
        response: { 200: tokenView },
      },
    },
    async (request, reply) => {
      const account = accountOf(crypto, request.body.email)
      const device = readDevice(crypto, request.deviceCookie(), account)
      const attempt = { account, address: request.ip, device, withCode: request.body.totp !== undefined }
      const session = await asOneTry(app.limits, reply, attempt, (known) =>
        signIn({ db, crypto }, request.body, request.origin, known),
      )
      if (!device) reply.rememberDevice(signDevice(crypto, account))
      return grant(reply, session)
    },
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
        body: refreshInput.nullish(),
        response: { 200: tokenView },
      },
    },
    async (request, reply) => {
      const body = request.body as z.infer<typeof refreshInput> | null | undefined
      return grant(reply, await refresh(db, body?.refreshToken ?? request.refreshCookie()))
    },
  )

  app.post(
    '/auth/logout',
    {
      config: { access: 'signed-in', idempotent: false },
      schema: { operationId: 'logout', summary: 'End this session', tags, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const actor = signedIn(request)
      await asSelf(db, actor, async (tx, note) => {
        await revokeSession(tx, actor.sessionId, 'signed_out')
        await note('session:revoked', { entity: 'session', id: actor.sessionId })
      })
      reply.forgetSession()
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
      const actor = signedIn(request)
      const { userId, viaProvider } = actor
      const { organizationId } = request.body
      if (actor.kind === 'user' && actor.actingAs)
        conflict('platform.acting', 'Leave the studio first that you work in for the platform.')
      if (!viaProvider && (await closedStudios({ db, crypto }, userId)).has(organizationId)) throw ssoRequired()
      const switched = await switchSession(db, actor.sessionId, userId, organizationId)
      if (!switched && (await isSuspended(userId, organizationId))) throw suspended()
      if (!switched && viaProvider)
        forbidden(
          'auth.studio_sign_in',
          'Your studio signed you in, for itself only. Sign in yourself to work elsewhere.',
        )
      if (!switched) forbidden('auth.not_a_member', 'You are not a member of this studio.')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/me',
    {
      config: { access: 'signed-in', keys: true },
      schema: { operationId: 'getMe', summary: 'Who I am, where, and what I may', tags, response: { 200: meView } },
    },
    async (request) => {
      const actor = signedIn(request)
      const [user, memberships] = await Promise.all([
        asPerson(db, actor.userId, (tx) => getProfile(tx, crypto, actor.userId)),
        listMemberships(db, actor.userId),
      ])
      // A key is one studio's: where else its person works is none of its holder's business.
      const here = 'viaKey' in actor && actor.viaKey ? actor.organizationId : null
      return toMe(actor, user, here ? memberships.filter((one) => one.organizationId === here) : memberships)
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
      const actor = signedIn(request)
      const change = request.body
      return asSelf(db, actor, (tx, note) => changeProfile(tx, note, crypto, actor.userId, change, request.ifMatch))
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
      schema: {
        operationId: 'revokeMySession',
        summary: 'End one of my sessions',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const actor = signedIn(request)
      const { id } = request.params
      await asSelf(db, actor, async (tx, note) => {
        if (!(await revokeOwnSession(tx, actor.userId, id))) notFound('session')
        await note('session:revoked', { entity: 'session', id })
      })
      return reply.code(204).send(null)
    },
  )
}
