import fp from 'fastify-plugin'

/**
 * One line for each request, without personal data: the route's pattern instead of the address asked for (which holds
 * tokens and searched words), no address of the caller, and who it was by id only.
 */
export const requestLog = fp(
  async (app) => {
    app.addHook('onResponse', async (request, reply) => {
      const level = reply.statusCode >= 500 ? 'error' : 'info'
      request.log[level](
        {
          method: request.method,
          route: request.routeOptions.url ?? 'unknown',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          user: request.caller && 'userId' in request.caller ? request.caller.userId : undefined,
          studio: request.caller?.organizationId ?? undefined,
        },
        'request',
      )
    })
  },
  { name: 'request-log' },
)
