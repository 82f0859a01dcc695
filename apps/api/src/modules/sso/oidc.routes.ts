import { z } from 'zod'
import { id, text } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { createEntry } from './entry.ts'
import { createOidcClient, type OidcProvider } from './oidc.service.ts'
import { meetProvider } from './provider-access.service.ts'
import type { ProviderRow } from './providers.queries.ts'
import { ownUrls } from './providers.rules.ts'
import { clientSecretOf } from './providers.service.ts'

const tags = ["Studios' own sign-in"]
export const providerParams = z.object({ providerId: id })
export const startQuery = z.object({ next: text(300).optional(), test: text(300).optional() })
export const coming = { max: 60, windowSeconds: 60, by: 'address' } as const

/** Sign-in by OpenID Connect (Core 1.0, code flow with PKCE). */
export async function oidcRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps
  const client = createOidcClient(config.outgoing)
  const entry = createEntry(app)

  const asClient = (row: ProviderRow): OidcProvider => ({
    id: row.id,
    version: row.version,
    issuer: row.issuer,
    clientId: row.clientId ?? '',
    clientSecret: clientSecretOf(crypto, row),
  })

  app.get(
    '/auth/oidc/:providerId/start',
    {
      exposeHeadRoute: false,
      config: { access: 'public', limit: coming },
      schema: {
        operationId: 'startOidc',
        summary: 'Go to an OpenID provider to sign in',
        description: 'To be opened by a browser, which keeps what the way back needs. `next` is a path of the studio.',
        tags,
        params: providerParams,
        querystring: startQuery,
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      const place = await meetProvider(db, request.origin, request.params.providerId, 'oidc')
      const { provider } = place
      let flow = null
      try {
        flow = entry.begin(reply, provider, request.query)
        const { callbackUrl } = ownUrls(config.publicOrigin, 'oidc', provider.id)
        return await entry.go(reply, await client.authorizeUrl(asClient(provider), flow, callbackUrl))
      } catch (error) {
        return entry.refuse(request, reply, place, error, flow)
      }
    },
  )

  app.get(
    '/auth/oidc/:providerId/callback',
    {
      exposeHeadRoute: false,
      config: { access: 'public', limit: coming },
      schema: {
        operationId: 'oidcCallback',
        summary: 'Come back from an OpenID provider',
        description: 'Leads on to the studio, or to `/sign-in?sso=<problem>`.',
        tags,
        params: providerParams,
        querystring: z.object({
          state: text(200).optional(),
          code: text(4000).optional(),
          error: text(300).optional(),
          error_description: text(2000).optional(),
          error_uri: text(2000).optional(),
          iss: text(500).optional(),
          session_state: text(1000).optional(),
        }),
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      const place = await meetProvider(db, request.origin, request.params.providerId, 'oidc')
      const { provider } = place
      const begun = entry.flowOf(request)
      try {
        const flow = await entry.takeFlow(request, reply, provider.id, request.query.state ?? '')
        const here = new URL(ownUrls(config.publicOrigin, 'oidc', provider.id).callbackUrl)
        for (const [name, value] of Object.entries(request.query)) if (value) here.searchParams.set(name, value)
        return await entry.enter(request, reply, place, flow, await client.readCallback(asClient(provider), flow, here))
      } catch (error) {
        return entry.refuse(request, reply, place, error, begun)
      }
    },
  )
}
