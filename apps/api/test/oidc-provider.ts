import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test bends, to see it refused. */
export interface BentOidc {
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  /** Signed with a key that nobody published. */
  foreignKey?: boolean
  unsigned?: boolean
  error?: string
}

interface Grant {
  nonce: string
  challenge: string
  redirectUri: string
  clientId: string
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A small OpenID provider that speaks the real protocol: discovery, JWKS, authorization with PKCE, token, user info.
 * Whoever comes to its authorization page is `person`, and is sent back at once.
 */
export async function startOidcProvider(clientId: string, clientSecret: string) {
  const keys = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
    generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ]
  const [published, foreign] = keys as [(typeof keys)[0], (typeof keys)[0]]
  const grants = new Map<string, Grant>()
  const state = {
    person: { sub: 'subject-1', email: 'ann@studio.test', email_verified: true, name: 'Ann' } as Record<
      string,
      unknown
    >,
    bent: {} as BentOidc,
    issuer: '',
  }

  function idToken(grant: Grant): string {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: state.issuer,
      aud: grant.clientId,
      iat: now,
      exp: now + 300,
      nonce: grant.nonce,
      ...state.person,
      ...state.bent.claims,
    }
    const { unsigned, foreignKey, header } = state.bent
    const body = `${encode({ alg: unsigned ? 'none' : 'RS256', kid: 'k1', typ: 'JWT', ...header })}.${encode(claims)}`
    const key = (foreignKey ? foreign : published).privateKey
    return `${body}.${unsigned ? '' : createSign('RSA-SHA256').update(body).sign(key).toString('base64url')}`
  }

  function authorize(query: URLSearchParams): string {
    const back = new URL(query.get('redirect_uri') ?? '')
    back.searchParams.set('state', query.get('state') ?? '')
    back.searchParams.set('iss', state.issuer)
    if (state.bent.error) {
      back.searchParams.set('error', state.bent.error)
      return back.href
    }
    const code = randomUUID()
    grants.set(code, {
      nonce: query.get('nonce') ?? '',
      challenge: query.get('code_challenge') ?? '',
      redirectUri: query.get('redirect_uri') ?? '',
      clientId: query.get('client_id') ?? '',
    })
    back.searchParams.set('code', code)
    return back.href
  }

  /** The tokens, or why there are none (RFC 6749, 5.2). */
  function exchange(form: URLSearchParams, authorization: string): [number, object] {
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const basic = Buffer.from(authorization.replace('Basic ', ''), 'base64')
      .toString()
      .split(':')
      .map(decodeURIComponent)
    if (basic[0] !== clientId || basic[1] !== clientSecret) return [401, { error: 'invalid_client' }]
    if (!grant || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri'))
      return [400, { error: 'invalid_grant' }]
    return [200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken(grant) }]
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', state.issuer)
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (url.pathname === '/.well-known/openid-configuration')
        return json(200, {
          issuer: state.issuer,
          authorization_endpoint: `${state.issuer}/authorize`,
          token_endpoint: `${state.issuer}/token`,
          userinfo_endpoint: `${state.issuer}/me`,
          jwks_uri: `${state.issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
        })
      if (url.pathname === '/jwks')
        return json(200, {
          keys: [{ ...published.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
        })
      if (url.pathname === '/authorize') return response.writeHead(302, { location: authorize(url.searchParams) }).end()
      if (url.pathname === '/token')
        return json(
          ...exchange(new URLSearchParams(Buffer.concat(chunks).toString()), request.headers.authorization ?? ''),
        )
      if (url.pathname === '/me') return json(200, state.person)
      return json(404, {})
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  state.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    clientId,
    clientSecret,
    state,
    get issuer() {
      return state.issuer
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Browsers hold connections open, used and unused: left alone, the line above waits for them.
        server.closeAllConnections()
      }),
  }
}
export type TestOidcProvider = Awaited<ReturnType<typeof startOidcProvider>>
