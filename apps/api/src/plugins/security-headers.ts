import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

/** What every reply carries: nothing from elsewhere but the games, framed; nobody may frame the studio. */
export function securityHeadersOf({ gamesOrigin, production, s3 }: Config): Record<string, string> {
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
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    ...(production && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
  }
}

export const securityHeaders = fp(
  async (app) => {
    const headers = securityHeadersOf(app.deps.config)
    app.addHook('onRequest', async (_request, reply) => void reply.headers(headers))
  },
  { name: 'security-headers' },
)
