import fp from 'fastify-plugin'

/** The studio's own pages: nothing from elsewhere but the games, framed; nobody may frame the studio. */
export const securityHeaders = fp(
  async (app) => {
    const { gamesOrigin, production, s3 } = app.deps.config
    const files = s3 ? ` ${new URL(s3.endpoint).origin}` : ''
    const policy = [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      `img-src 'self' data: blob:${files}`,
      `connect-src 'self'${files}`,
      `frame-src ${gamesOrigin}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ')
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', policy)
      reply.header('x-content-type-options', 'nosniff')
      reply.header('referrer-policy', 'strict-origin-when-cross-origin')
      reply.header('cross-origin-opener-policy', 'same-origin')
      reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
      if (production) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    })
  },
  { name: 'security-headers' },
)
