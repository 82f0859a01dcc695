import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProviderTest } from '@sparkle/shared/identity-providers'
import type { PublicActor } from '../../core/actor.ts'
import { asPerson } from '../../core/as-person.ts'
import { recordAudit } from '../../core/audit.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { spendOnce } from '../../db/system-sign-in.ts'
import type { App } from '../../plugins/types.ts'
import { openSession } from '../auth/auth.service.ts'
import { takeCode } from '../auth/second-factor.service.ts'
import { beginFlow, type Flow, flowMinutes, makeWaiting, safeNext, seal, unseal } from './flow.service.ts'
import { joinStudio } from './join-studio.service.ts'
import { type ProviderRow, writeTest } from './providers.queries.ts'
import { sealTest } from './providers.service.ts'
import { type Asserted, SsoFault } from './sso-fault.service.ts'

export type Entry = ReturnType<typeof createEntry>

/** What the two protocols have in common: a browser that goes away with a sealed cookie and comes back as somebody. */
export function createEntry(app: App) {
  const { db, crypto, config } = app.deps
  const secure = config.publicOrigin.startsWith('https:')
  const cookieName = secure ? '__Host-sc_sso' : 'sc_sso'
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: flowMinutes * 60 } as const

  const go = (reply: FastifyReply, path: string) =>
    reply.code(303).header('location', path).header('cache-control', 'no-store').send(null)

  function forget(reply: FastifyReply): void {
    reply.clearCookie(cookieName, { path: '/' })
  }

  /** Begins a try; `test` is the token of an admin who tries the provider out. */
  function begin(reply: FastifyReply, provider: ProviderRow, query: { next?: string; test?: string }): Flow {
    const [madeFor, tester] = (query.test && crypto.readToken('sso-test', query.test)) || []
    const testing = madeFor === provider.id ? (tester ?? null) : null
    if (!provider.enabled && !testing) throw new SsoFault('disabled', 'The provider is turned off.')
    const flow = beginFlow(provider.id, safeNext(query.next), testing)
    reply.setCookie(cookieName, seal(crypto, 'flow', flow), options)
    return flow
  }

  /** The try that this browser began at this provider, once. Throws `expired` where it began none, or ended it. */
  async function takeFlow(request: FastifyRequest, reply: FastifyReply, providerId: string, id: string): Promise<Flow> {
    const flow = unseal(crypto, 'flow', request.cookies[cookieName])
    forget(reply)
    if (!flow || flow.providerId !== providerId || flow.id !== id)
      throw new SsoFault('expired', 'The sign-in was begun in another browser, or too long ago.')
    if (!(await spendOnce(db, sha256(`sso:${flow.id}`), new Date(flow.expiresAt))))
      throw new SsoFault('expired', 'This answer was used before.')
    return flow
  }

  /** Lets somebody in, or shows an admin what would have happened. */
  async function enter(
    request: FastifyRequest,
    reply: FastifyReply,
    place: { actor: PublicActor; provider: ProviderRow },
    flow: Flow,
    asserted: Asserted,
  ) {
    const { actor, provider } = place
    if (flow.tester) {
      await keepTest(place, flow.tester, { problem: null, detail: null, claims: asserted.claims })
      return go(reply, `/settings/sign-in?tested=${provider.id}`)
    }
    const userId = await joinStudio({ db, crypto }, actor, provider, asserted)
    const factor = await asPerson(db, userId, (tx) => takeCode(tx, crypto, userId, undefined))
    if (factor === 'missing' && !provider.trustsSecondFactor) {
      const { organizationId } = actor
      const waiting = makeWaiting({ userId, organizationId, providerId: provider.id, next: flow.next })
      reply.setCookie(cookieName, seal(crypto, 'waiting', waiting), options)
      return go(reply, '/sign-in?sso=code')
    }
    const session = await openSession(db, userId, request.origin, {
      organizationId: actor.organizationId,
      providerId: provider.id,
      secondFactor: provider.trustsSecondFactor,
    })
    reply.grantSession(session)
    return go(reply, flow.next)
  }

  /** Says on our own page what went wrong; an admin who tries it out is told the whole of it. */
  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    place: { actor: PublicActor; provider: ProviderRow },
    error: unknown,
    flow: Flow | null,
  ) {
    forget(reply)
    if (!(error instanceof SsoFault)) throw error
    const { problem, message: detail } = error
    request.log.info({ err: error, provider: place.provider.id, problem }, 'a sign-in through a provider was refused')
    if (!flow?.tester) return go(reply, `/sign-in?sso=${problem}`)
    await keepTest(place, flow.tester, { problem, detail, claims: [] })
    return go(reply, `/settings/sign-in?tested=${place.provider.id}`)
  }

  async function keepTest(
    { actor, provider }: { actor: PublicActor; provider: ProviderRow },
    tester: string,
    outcome: Omit<ProviderTest, 'at'>,
  ): Promise<void> {
    const test = { at: new Date().toISOString(), ...outcome }
    await inTenant(db, actor, async (tx) => {
      await writeTest(tx, provider.id, sealTest(crypto, provider.id, test), outcome.problem === null)
      await recordAudit(tx, actor, 'studio:sign-in:tested', {
        entity: 'identity_provider',
        id: provider.id,
        changes: { tester, problem: outcome.problem },
      })
    })
  }

  /** What waits for a code in this browser. */
  const waitingOf = (request: FastifyRequest) => unseal(crypto, 'waiting', request.cookies[cookieName])
  /** The try that this browser is in, without ending it. */
  const flowOf = (request: FastifyRequest) => unseal(crypto, 'flow', request.cookies[cookieName])

  return { begin, takeFlow, enter, refuse, forget, go, waitingOf, flowOf }
}
