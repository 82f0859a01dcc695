import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

/** What no page of the studio uses, and so nothing that got into one may use either. Frames ask for what games need. */
const unused =
  'accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment serial usb'

/**
 * What every reply carries: nothing from elsewhere but the games, framed; nobody may frame the studio, and no other site
 * may load its replies. Style elements stay allowed because the interface kit's scroll areas make some; scripts in
 * attributes or in the page are refused. nginx says the same for the SPA's files (`docker/nginx.conf.template`).
 */
export function securityHeadersOf({ gamesOrigin, production, s3 }: Config): Record<string, string> {
  const files = s3 ? ` ${new URL(s3.endpoint).origin}` : ''
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "script-src-attr 'none'",
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
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': unused
      .split(' ')
      .map((feature) => `${feature}=()`)
      .join(', '),
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
