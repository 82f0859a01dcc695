import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../core/app-error.ts'

export interface Limit {
  max: number
  windowSeconds: number
  /** Counts by address even when somebody is signed in: guessing passwords must not be per account. */
  by?: 'address'
}

declare module 'fastify' {
  interface FastifyContextConfig {
    limit?: Limit
  }
}

/**
 * Fixed windows counted in the shared state (Redis where it is configured), by account where somebody is signed in and
 * by address otherwise. Headers follow draft-ietf-httpapi-ratelimit-headers: `RateLimit-Limit`, `-Remaining`, `-Reset`.
 */
export const rateLimit = fp(
  async (app) => {
    const { shared, config } = app.deps
    const signedIn: Limit = { max: config.rateLimitPerMinute, windowSeconds: 60 }
    const everybody: Limit = { max: Math.ceil(config.rateLimitPerMinute / 4), windowSeconds: 60 }
    app.addHook('onRequest', async (request, reply) => {
      const own = request.routeOptions.config.limit
      const account = own?.by === 'address' ? null : accountOf(request)
      const limit = own ?? (account ? signedIn : everybody)
      const place = own ? `${request.routeOptions.method}${request.routeOptions.url}` : 'all'
      const { count, remainingMs } = await shared.count(`limit:${place}:${account ?? request.ip}`, limit.windowSeconds)
      tell(reply, limit, count, Math.ceil(remainingMs / 1000))
    })
  },
  { name: 'rate-limit', dependencies: ['auth'] },
)

function accountOf(request: FastifyRequest): string | null {
  const caller = request.caller
  return caller?.kind === 'user' || caller?.kind === 'platform' ? caller.userId : null
}

function tell(reply: FastifyReply, limit: Limit, count: number, resetSeconds: number): void {
  reply.header('ratelimit-limit', limit.max)
  reply.header('ratelimit-remaining', Math.max(0, limit.max - count))
  reply.header('ratelimit-reset', resetSeconds)
  if (count <= limit.max) return
  reply.header('retry-after', resetSeconds)
  throw new AppError('rate_limited', 'request.rate_limited', `Too many requests. Try again in ${resetSeconds} s.`)
}
