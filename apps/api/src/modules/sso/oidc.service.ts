import { LRUCache } from 'lru-cache'
import * as oidc from 'openid-client'
import { fetchUnder, OutgoingError, type OutgoingPolicy } from '../../core/safe-fetch.ts'
import type { Flow } from './flow.service.ts'
import { type Asserted, claimsOf, SsoFault } from './sso-fault.service.ts'

export interface OidcProvider {
  id: string
  version: number
  issuer: string
  clientId: string
  clientSecret: string | null
}

/** What a provider says of itself is asked again after ten minutes, and after every change of the settings. */
const rememberedMs = 10 * 60_000

/** OpenID Connect as a relying party: the code flow with PKCE, state and nonce, and nothing else. */
export function createOidcClient(outgoing: OutgoingPolicy) {
  const call = fetchUnder(outgoing)
  const known = new LRUCache<string, oidc.Configuration>({ max: 500, ttl: rememberedMs })

  async function configurationOf(provider: OidcProvider): Promise<oidc.Configuration> {
    const key = `${provider.id}:${provider.version}`
    const kept = known.get(key)
    if (kept) return kept
    const { clientId, clientSecret } = provider
    const authentication = clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret)
    const found = await oidc
      .discovery(new URL(provider.issuer), clientId, undefined, authentication, {
        [oidc.customFetch]: (url, { body, ...init }) =>
          call(url, { ...init, body: body instanceof Uint8Array ? new Uint8Array(body) : body }),
        timeout: 10,
        // The signature is checked although the token comes over TLS: nobody in between is worth trusting with that.
        execute: [oidc.enableNonRepudiationChecks, ...(outgoing.allowHttp ? [oidc.allowInsecureRequests] : [])],
      })
      .catch((error: unknown) => {
        throw new SsoFault('unavailable', `The issuer does not answer as one: ${reasonOf(error)}`, error)
      })
    known.set(key, found)
    return found
  }

  return {
    /** Where to send the browser. */
    async authorizeUrl(provider: OidcProvider, flow: Flow, redirectUri: string): Promise<string> {
      const configuration = await configurationOf(provider)
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: flow.id,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      })
      return url.href
    },

    /** Exchanges the code and checks the ID token: issuer, audience, signature, times, nonce. Throws {@link SsoFault}. */
    async readCallback(provider: OidcProvider, flow: Flow, currentUrl: URL): Promise<Asserted> {
      const configuration = await configurationOf(provider)
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, currentUrl, {
          expectedState: flow.id,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (!claims) throw new SsoFault('failed', 'There is no ID token in the answer.')
        const complete =
          claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint
            ? { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims }
            : claims
        return toAsserted(complete)
      } catch (error) {
        if (error instanceof SsoFault) throw error
        if (error instanceof oidc.AuthorizationResponseError)
          throw new SsoFault('refused', `The provider said ${error.error}.`, error)
        throw new SsoFault(isAway(error) ? 'unavailable' : 'failed', reasonOf(error), error)
      }
    },
  }
}

function toAsserted(claims: Record<string, unknown> & { sub: string }): Asserted {
  const { sub, email, email_verified: verified, name } = claims
  return {
    subject: sub,
    email: typeof email === 'string' ? email : null,
    // Some providers write the boolean as a word.
    emailVerified: verified === true || verified === 'true',
    name: typeof name === 'string' ? name : null,
    claims: claimsOf(claims),
  }
}

/** Whether the provider could not be reached, as against having said something wrong. */
function isAway(error: unknown): boolean {
  return error instanceof OutgoingError || (error instanceof Error && isAway(error.cause))
}

/** What the library found wrong, with its cause, which is where it says what exactly. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error.message}${cause}`.slice(0, 300)
}
