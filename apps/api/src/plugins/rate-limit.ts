import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { createMemoryShared } from '../adapters/memory-shared.ts'
import type { Shared } from '../adapters/shared-state.ts'
import { AppError } from '../core/app-error.ts'
import type { LimitState } from '../core/limit-state.ts'
import { seldom } from '../core/seldom.ts'

export interface Limit {
  max: number
  windowSeconds: number
  /** Counts by address even when somebody is signed in: guessing passwords must not be per account. */
  by?: 'address'
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `false` where the route bounds its callers itself. */
    limit?: Limit | false
  }
  interface FastifyInstance {
    limits: LimitState
  }
}

/** How long a shared state that failed is left in peace: its time-out must not be paid by every request. */
const pauseSeconds = 5
const warnSeconds = 60

/**
 * Fixed windows counted in the shared state (Redis where it is configured), by account where somebody is signed in, by
 * key where a script is, and by address otherwise. Headers follow draft-ietf-httpapi-ratelimit-headers: `RateLimit` and
 * `RateLimit-Policy`, and for clients of its earlier drafts `RateLimit-Limit`, `-Remaining` and `-Reset`.
 * While the shared state does not answer, each process counts for itself: that neither shuts the API nor opens it to
 * guessing.
 */
export const rateLimit = fp(
  async (app) => {
    const { shared, config } = app.deps
    const spare = createMemoryShared()
    const limits = withSpare(shared, spare, app.log)
    app.decorate('limits', limits)
    app.addHook('onClose', () => spare.close())
    const signedIn: Limit = { max: config.rateLimitPerMinute, windowSeconds: 60 }
    const everybody: Limit = { max: Math.ceil(config.rateLimitPerMinute / 4), windowSeconds: 60 }
    app.addHook('onRequest', async (request, reply) => {
      const own = request.routeOptions.config.limit
      if (own === false) return
      const account = own?.by === 'address' ? null : accountOf(request)
      const limit = own ?? (account ? signedIn : everybody)
      const place = own ? `${request.routeOptions.method}${request.routeOptions.url}` : 'all'
      const { count, remainingMs } = await limits.count(`limit:${place}:${account ?? request.ip}`, limit.windowSeconds)
      tell(reply, own ? 'route' : 'all', limit, count, Math.ceil(remainingMs / 1000))
    })
  },
  { name: 'rate-limit', dependencies: ['auth'] },
)

function withSpare(shared: Shared, spare: Shared, log: { warn(facts: object, message: string): void }): LimitState {
  const warn = seldom(warnSeconds, (error: unknown) =>
    log.warn({ err: error }, 'the shared state does not answer: rate limits are counted by each process for itself'),
  )
  let askAgainAt = 0
  async function ask<T>(work: (state: LimitState) => Promise<T>): Promise<T> {
    if (performance.now() < askAgainAt) return work(spare)
    try {
      return await work(shared)
    } catch (error) {
      askAgainAt = performance.now() + pauseSeconds * 1000
      warn(error)
      return work(spare)
    }
  }
  return {
    count: (key, windowSeconds) => ask((state) => state.count(key, windowSeconds)),
    get: (key) => ask((state) => state.get(key)),
    set: (key, value, ttlSeconds) => ask((state) => state.set(key, value, ttlSeconds)),
    delete: (key) => ask((state) => state.delete(key)),
  }
}

function accountOf(request: FastifyRequest): string | null {
  const caller = request.caller
  if (caller?.kind === 'user' && caller.viaKey) return `key:${caller.viaKey.id}`
  return caller?.kind === 'user' || caller?.kind === 'platform' ? caller.userId : null
}

function tell(reply: FastifyReply, policy: string, limit: Limit, count: number, resetSeconds: number): void {
  const left = Math.max(0, limit.max - count)
  reply.header('ratelimit-policy', `"${policy}";q=${limit.max};w=${limit.windowSeconds}`)
  reply.header('ratelimit', `"${policy}";r=${left};t=${resetSeconds}`)
  reply.header('ratelimit-limit', limit.max)
  reply.header('ratelimit-remaining', left)
  reply.header('ratelimit-reset', resetSeconds)
  if (count <= limit.max) return
  reply.header('retry-after', resetSeconds)
  throw new AppError('rate_limited', 'request.rate_limited', `Too many requests. Try again in ${resetSeconds} s.`)
}
