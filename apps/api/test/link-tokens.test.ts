import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GuestScope } from '@sparkle/shared/permissions'
import { bundleKey } from '../src/core/bundle-key.ts'
import { sha256 } from '../src/core/crypto.ts'
import { type Api, startApi, type TestStudio } from './harness.ts'
import { makeSecrets, type Secret } from './link-secrets.ts'
import { things } from './neighbour-things.ts'
import { furnish, type World } from './neighbour-world.ts'

/**
 * Every kind of secret that a link may hold, in every place in which a request may carry one, against every operation of
 * the specification. Each opens what is written beside it in `link-secrets.ts`, and nothing else answers.
 */

const spec = JSON.parse(readFileSync(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { description?: string; operationId?: string }>>
}
const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { operationId, description = '' }]) =>
    operationId && path.startsWith('/api/v1/')
      ? [
          {
            method: method.toUpperCase() as 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
            name: `${method.toUpperCase()} ${path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`,
            open: description.includes('Open to everybody.'),
          },
        ]
      : [],
  ),
)
/** Forms that other sites send by their nature: nobody is made out by what comes with them. */
const fromElsewhere = new Set(['POST /auth/saml/:providerId/acs'])
/** Where a token is part of the body. */
const inBody: Record<string, (token: string) => object> = {
  'POST /auth/confirm-email': (token) => ({ token }),
  'POST /auth/reset-password/check': (token) => ({ token }),
  'POST /auth/reset-password': (token) => ({ token, password: 'a long enough password' }),
  'POST /auth/refresh': (refreshToken) => ({ refreshToken }),
}
/** What else such an operation wants, so that a refusal is one of the token. */
const others: Record<string, object> = {
  'POST /public/invites/:token/accept': { name: 'Eve', password: 'a long enough password' },
  'POST /public/reviews/:token': { name: 'Eve' },
  'POST /public/orders/:token/uploads': { filename: 'a.png', mimeType: 'image/png', sizeBytes: 7 },
}

/** What a guest may do with the token of a visit, beyond what is open to everybody and to change what they said themselves. */
const guestMay: Record<string, readonly GuestScope[]> = {
  'GET /projects/:id/versions': ['view', 'comment', 'approve'],
  'GET /versions/:id': ['view', 'comment', 'approve'],
  'GET /versions/:id/comments': ['comment', 'approve'],
  'POST /versions/:id/comments': ['comment', 'approve'],
  'GET /comments/:id': ['comment', 'approve'],
  'GET /comments/:id/moment': ['comment', 'approve'],
  'GET /comments/:id/replies': ['comment', 'approve'],
  'POST /projects/:id/attachments': ['comment', 'approve'],
  'POST /versions/:id/decisions': ['approve'],
}

let api: Api
let studio: TestStudio
let world: World
let elsewhere: World
let secrets: Secret[]
let visits: Map<GuestScope, string>

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PER_MINUTE: '10000000' })
  studio = await api.studio()
  world = await furnish(api, studio)
  elsewhere = await furnish(api, studio)
  ;({ secrets, visits } = await makeSecrets(api, studio, world))
}, 120_000)
afterAll(() => api.close())

/** The one form that guests send. */
const form = {
  'POST /projects/:id/attachments':
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nwords\r\n--x--\r\n',
}

let callers = 0
/** From an address of its own, so that no limit answers in place of the operation. */
function ask(
  name: string,
  {
    token = '',
    headers = {},
    of = world,
    query = '',
  }: { token?: string; headers?: object; of?: World; query?: string },
) {
  callers += 1
  const [method = '', path = ''] = name.split(' ')
  const kind = things[name]?.kind
  const url = path
    .replace(':token', token)
    .replace(':id', kind ? of.ids[kind] : of.ids.project)
    .replaceAll(/:[a-zA-Z]+/g, (one) => (one === ':number' ? '1' : of.ids.project))
  const raw = method === 'PUT' && path.includes(':token') && path.includes('/_')
  const sent = name in form ? form[name as keyof typeof form] : undefined
  const body = sent ?? inBody[name]?.(token) ?? others[name] ?? things[name]?.body?.(of) ?? {}
  return api.app.inject({
    method: method as 'GET',
    url: `/api/v1${url}${path.startsWith('/_resumable') ? '?offset=0' : ''}${query}`,
    remoteAddress: `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`,
    headers: {
      ...(method !== 'GET' &&
        method !== 'DELETE' && {
          'content-type': raw ? 'image/png' : sent ? 'multipart/form-data; boundary=x' : 'application/json',
        }),
      ...(path.startsWith('/_resumable') && raw && { 'content-type': 'application/octet-stream' }),
      ...headers,
    },
    ...(raw ? { payload: Buffer.from('picture') } : method !== 'GET' && method !== 'DELETE' ? { payload: body } : {}),
  })
}

const taking = operations.filter(({ name }) => name.includes(':token') || name in inBody).map(({ name }) => name)
/** To those who may not, a thing is not there, has ended or is not theirs. */
const refusing = new Set([401, 403, 404])
/** A token that is shorter or longer than an address takes is refused by that alone. */
function isRefused({ statusCode, body }: { statusCode: number; body: string }): boolean {
  if (statusCode !== 422) return refusing.has(statusCode)
  const { errors = [] } = JSON.parse(body) as { errors?: { path: string }[] }
  return errors.length > 0 && errors.every(({ path }) => path === 'params.token')
}

test('a token in an address or a body opens what it was made for and nothing else', async () => {
  expect(taking.length).toBeGreaterThan(16)
  const wrong: string[] = []
  for (const { name: secret, token, opens } of secrets)
    for (const name of taking) {
      if (opens.includes(name)) continue
      const reply = await ask(name, { token })
      if (!isRefused(reply)) wrong.push(`${secret}: ${name} answers ${reply.statusCode} ${reply.body.slice(0, 200)}`)
    }
  for (const [scope, token] of visits)
    for (const name of taking) {
      const reply = await ask(name, { token })
      if (!isRefused(reply)) wrong.push(`a visit to ${scope}: ${name} answers ${reply.statusCode}`)
    }
  expect(wrong).toEqual([])
}, 120_000)

test('as a bearer token none of them is anybody', async () => {
  const wrong: string[] = []
  for (const { name: secret, token } of secrets)
    for (const { name } of operations) {
      if (fromElsewhere.has(name)) continue
      const { statusCode } = await ask(name, { headers: { authorization: `Bearer ${token}` } })
      if (statusCode !== 401) wrong.push(`${secret}: ${name} answers ${statusCode}`)
    }
  expect(wrong).toEqual([])
}, 120_000)

test('as a cookie or in a query none of them is anybody, a visit’s token neither', async () => {
  const wrong: string[] = []
  const all = [...secrets, ...[...visits].map(([scope, token]) => ({ name: `a visit to ${scope}`, token }))]
  for (const { name: secret, token } of all) {
    const cookie = ['sc_at', '__Host-sc_at', 'sc_rt', 'sc_dv', 'sc_in'].map((name) => `${name}=${token}`).join('; ')
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    const query = `?token=${token}&access_token=${token}&key=${token}`
    for (const { name } of operations.filter(({ open }) => !open)) {
      const { statusCode } = await ask(name, { headers, query })
      if (statusCode !== 401) wrong.push(`${secret}: ${name} answers ${statusCode}`)
    }
  }
  expect(wrong).toEqual([])
}, 120_000)

test('a guest’s visit reaches the review of its project as far as its scope goes', async () => {
  const wrong: string[] = []
  for (const [scope, token] of visits) {
    const headers = { authorization: `Bearer ${token}` }
    for (const { name, open } of operations) {
      if (open) continue
      const scopes = guestMay[name] ?? []
      const foreign = await ask(name, { headers, of: elsewhere })
      if (foreign.statusCode !== 403 && foreign.statusCode !== 404)
        wrong.push(`${scope}: ${name} of another project answers ${foreign.statusCode}`)
      if (scopes.includes(scope)) continue
      const { statusCode } = await ask(name, { headers })
      if (statusCode !== 403) wrong.push(`${scope}: ${name} answers ${statusCode}`)
    }
  }
  expect(wrong).toEqual([])
  for (const [name, scopes] of Object.entries(guestMay))
    for (const scope of scopes) {
      const { statusCode, body } = await ask(name, { headers: { authorization: `Bearer ${visits.get(scope)}` } })
      expect(statusCode, `${scope}: ${name} ${body}`).toBeLessThan(300)
    }
}, 120_000)

/** What is furnished has rows; these three want their bytes too. */
async function fillThings(): Promise<void> {
  const { ids } = world
  const page = { path: 'index.html', mimeType: 'text/html', sizeBytes: 4, digest: sha256('game') }
  const { rows } = await api.owner.query('update builds set files = $2 where id = $1 returning digest', [
    ids.build,
    JSON.stringify([page]),
  ])
  const key = bundleKey(studio.organizationId, rows[0].digest, page)
  await api.deps.store.put(key, Buffer.from('game'), page.mimeType)
  await api.owner.query(
    "update attachments set owner_kind = 'comment', owner_id = $2, loose_since = null where id = $1",
    [ids.attachment, ids.comment],
  )
}

test('each of them does open what it is for', async () => {
  const { ids } = world
  const exported = `${studio.organizationId}/exports/${ids.personExport}.json`
  const contents = JSON.stringify({ pages: [], files: [] })
  await api.deps.store.put(exported, Buffer.from(contents), 'application/json')
  await api.owner.query(
    `update person_exports set status = 'finished', storage_key = $2, digest = $3, size_bytes = 3, finished_at = now(),
       expires_at = now() + interval '7 days' where id = $1`,
    [ids.personExport, exported, sha256(contents)],
  )
  await fillThings()
  const closed: string[] = []
  for (const { name: secret, token, opens } of secrets)
    for (const name of opens) {
      const { statusCode, body } = await ask(name, { token })
      if (statusCode >= 400) closed.push(`${secret}: ${name} answers ${statusCode} ${body.slice(0, 200)}`)
    }
  expect(closed).toEqual([])
}, 120_000)
