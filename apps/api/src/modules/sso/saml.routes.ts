import { z } from 'zod'
import { text } from '@sparkle/shared/text'
import { sha256 } from '../../core/crypto.ts'
import { spendOnce } from '../../db/system-sign-in.ts'
import type { App } from '../../plugins/types.ts'
import { createEntry } from './entry.ts'
import { flowMinutes, makeTicket, seal, unseal } from './flow.service.ts'
import { coming, providerParams, startQuery } from './oidc.routes.ts'
import { meetProvider } from './provider-access.service.ts'
import type { ProviderRow } from './providers.queries.ts'
import { ownUrls } from './providers.rules.ts'
import { readSamlResponse, samlAuthorizeUrl, samlMetadata } from './saml.service.ts'
import { type Asserted, SsoFault } from './sso-fault.service.ts'

const tags = ["Studios' own sign-in"]

/**
 * Sign-in by SAML 2.0 (Web Browser SSO, started here). The provider's page posts its answer across sites, so our cookie
 * does not come along; the answer is checked there and then, and handed, sealed, to a redirect within our own site, where
 * the cookie says whether this is the browser that had asked.
 */
export async function samlRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps
  const entry = createEntry(app)

  function sides(row: ProviderRow) {
    const { callbackUrl, metadataUrl } = ownUrls(config.publicOrigin, 'saml', row.id)
    return {
      provider: { issuer: row.issuer, ssoUrl: row.ssoUrl ?? '', certificates: row.certificates },
      urls: { callbackUrl, metadataUrl: metadataUrl ?? '' },
    }
  }

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(body as string))),
  )

  app.get(
    '/auth/saml/:providerId/start',
    {
      exposeHeadRoute: false,
      config: { access: 'public', limit: coming },
      schema: {
        operationId: 'startSaml',
        summary: 'Go to a SAML provider to sign in',
        description: 'To be opened by a browser, which keeps what the way back needs. `next` is a path of the studio.',
        tags,
        params: providerParams,
        querystring: startQuery,
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      const place = await meetProvider(db, request.origin, request.params.providerId, 'saml')
      const { provider, urls } = sides(place.provider)
      try {
        const flow = entry.begin(reply, place.provider, request.query)
        const relay = crypto.signToken('sso-relay', [flow.id], new Date(flow.expiresAt))
        return await entry.go(reply, await samlAuthorizeUrl(provider, urls, flow, relay))
      } catch (error) {
        return entry.refuse(request, reply, place, error, null)
      }
    },
  )

  app.post(
    '/auth/saml/:providerId/acs',
    {
      config: { access: 'public', limit: coming, idempotent: false, fromElsewhere: true },
      schema: {
        operationId: 'samlAcs',
        summary: 'Take the response of a SAML provider',
        description: 'Posted by the browser, from the page of the provider. Leads on within this site.',
        tags,
        params: providerParams,
        body: z.object({ SAMLResponse: text(99_000, 1), RelayState: text(500, 1) }),
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      const place = await meetProvider(db, request.origin, request.params.providerId, 'saml')
      const { provider, urls } = sides(place.provider)
      const back = `/api/v1/auth/saml/${place.provider.id}/finish`
      const [id] = crypto.readToken('sso-relay', request.body.RelayState) ?? []
      try {
        if (!id) throw new SsoFault('expired', 'This answers no request of ours, or came too late.')
        const asserted = await readSamlResponse(provider, urls, id, request.body.SAMLResponse)
        await spendAnswer(id)
        const ticket = seal(crypto, 'ticket', makeTicket(id, place.provider.id, asserted))
        return await entry.go(reply, `${back}?${new URLSearchParams({ ticket })}`)
      } catch (error) {
        if (!(error instanceof SsoFault)) throw error
        request.log.info({ err: error, provider: place.provider.id }, 'a SAML response was refused')
        const fault = seal(crypto, 'ticket', makeTicket(id ?? place.provider.id, place.provider.id, faultOf(error)))
        return entry.go(reply, `${back}?${new URLSearchParams({ ticket: fault })}`)
      }
    },
  )

  /** One answer to each request, whichever browser brings it. */
  async function spendAnswer(id: string): Promise<void> {
    const until = new Date(Date.now() + flowMinutes * 60_000)
    if (!(await spendOnce(db, sha256(`saml:${id}`), until)))
      throw new SsoFault('expired', 'This response was used before.')
  }

  app.get(
    '/auth/saml/:providerId/finish',
    {
      exposeHeadRoute: false,
      config: { access: 'public', limit: coming },
      schema: {
        operationId: 'finishSaml',
        summary: 'Come back from a SAML provider',
        description: 'Leads on to the studio, or to `/sign-in?sso=<problem>`.',
        tags,
        params: providerParams,
        querystring: z.object({ ticket: text(60_000, 1) }),
        response: { 303: z.null() },
      },
    },
    async (request, reply) => {
      const place = await meetProvider(db, request.origin, request.params.providerId, 'saml')
      const begun = entry.flowOf(request)
      try {
        const ticket = unseal(crypto, 'ticket', request.query.ticket)
        if (ticket?.providerId !== place.provider.id) throw new SsoFault('expired', 'This came too late.')
        const flow = await entry.takeFlow(request, reply, place.provider.id, ticket.id)
        const said = ticket.asserted as Asserted | Fault
        if ('problem' in said) throw new SsoFault(said.problem, said.detail)
        return await entry.enter(request, reply, place, flow, said)
      } catch (error) {
        return entry.refuse(request, reply, place, error, begun)
      }
    },
  )

  app.get(
    '/auth/saml/:providerId/metadata',
    {
      config: { access: 'public', limit: coming },
      schema: {
        operationId: 'samlMetadata',
        summary: 'Our metadata for a SAML provider',
        tags,
        params: providerParams,
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const place = await meetProvider(db, request.origin, request.params.providerId, 'saml')
      const { provider, urls } = sides(place.provider)
      return reply
        .type('application/samlmetadata+xml')
        .serializer((xml: unknown) => String(xml))
        .send(samlMetadata(urls, provider))
    },
  )
}

type Fault = Pick<SsoFault, 'problem'> & { detail: string }
const faultOf = ({ problem, message }: SsoFault): Fault => ({ problem, detail: message })
