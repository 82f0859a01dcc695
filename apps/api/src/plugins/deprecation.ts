import type { FastifyReply, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'

/** That a route will go: since when one should leave it, and when it stops. */
export interface Deprecation {
  /** `YYYY-MM-DD`. */
  since: string
  /** `YYYY-MM-DD`; left out where the day is not known yet. */
  sunset?: string
  /** Where it is said what to call instead. */
  link: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    deprecated?: Deprecation
  }
}

/**
 * Says of routes with `config.deprecated` that they will go, in every reply, refusals too: `Deprecation` (RFC 9745),
 * `Sunset` (RFC 8594) and a link; and in the specification.
 */
export const deprecation = fp(
  async (app) => {
    app.addHook('onRoute', (route: RouteOptions) => {
      const deprecated = route.config?.deprecated
      if (!deprecated) return
      assertDates(`${route.method.toString()} ${route.url}`, deprecated)
      route.schema = { ...route.schema, deprecated: true }
    })
    app.addHook('onRequest', async (request, reply) => {
      const deprecated = request.routeOptions.config.deprecated
      if (deprecated) announce(reply, deprecated)
    })
  },
  { name: 'deprecation' },
)

function announce(reply: FastifyReply, { since, sunset, link }: Deprecation): void {
  reply.header('deprecation', `@${Date.parse(since) / 1000}`)
  reply.header('link', `<${link}>; rel="deprecation"; type="text/html"`)
  if (sunset) reply.header('sunset', new Date(sunset).toUTCString())
}

function assertDates(name: string, { since, sunset }: Deprecation): void {
  const [from, to] = [Date.parse(since), Date.parse(sunset ?? '9999-12-31')]
  if (Number.isNaN(from) || Number.isNaN(to) || to <= from)
    throw new Error(`${name} is deprecated with dates that cannot be: ${since}, ${sunset ?? 'no sunset'}.`)
}
