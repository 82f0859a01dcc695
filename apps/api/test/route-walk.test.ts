import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listOf, pageQuery } from '@sparkle/shared/lists'
import { text } from '@sparkle/shared/text'
import { buildApp } from '../src/app.ts'
import { MissingAccessError } from '../src/plugins/access.ts'
import type { App } from '../src/plugins/types.ts'
import { type Api, startApi } from './harness.ts'
import { offRecord, unrecorded, watchRecord } from './on-record.ts'
import { routeFaults } from './route-faults.ts'
import { unkeptPosts } from './unkept-posts.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

/** The routes of the real app, with whatever `extend` adds to it. */
async function walk(extend: (app: App) => void = () => undefined): Promise<RouteOptions[]> {
  const routes: RouteOptions[] = []
  const app = await buildApp(api.deps, { logger: false, onRoute: (route) => routes.push(route) })
  try {
    extend(app)
    await app.ready()
    return routes
  } finally {
    await app.close()
  }
}

const decent = {
  operationId: 'addedForTheTest',
  summary: 'Added for the test',
  tags: ['Test'],
  body: z.object({ word: text(10) }),
  response: { 200: z.object({ ok: z.boolean() }) },
}
const { body: _body, ...reading } = decent
const answer = async () => ({ ok: true })

describe('the walk over all routes', () => {
  test('finds nothing wrong with any of them', async () => {
    const routes = await walk()
    expect(routes.length).toBeGreaterThan(60)
    expect(routeFaults(routes)).toEqual([])
    const unkept = routes.filter(({ method, config }) => method === 'POST' && config?.idempotent === false)
    expect([...unkeptPosts.keys()].sort(), 'no reason without its route').toEqual(
      unkept.map(({ method, url }) => `${method as string} ${url}`).sort(),
    )
  })

  test('a route without access stops the server from booting', async () => {
    const naked = (app: App) => void app.register(async (scope) => scope.get('/api/v1/naked', answer))
    await expect(walk(naked)).rejects.toThrow(MissingAccessError)
    const invented = (app: App) =>
      void app.register(async (scope) => scope.get('/api/v1/x', { config: { access: 'x:y' as 'public' } }, answer))
    await expect(walk(invented)).rejects.toThrow(MissingAccessError)
  })

  test('a decent route passes: the control of the next tests', async () => {
    const routes = await walk(
      (app) => void app.post('/api/v1/added', { config: { access: 'public' }, schema: decent }, answer),
    )
    expect(routeFaults(routes)).toEqual([])
  })

  test.each([
    ['has no summary', { ...decent, summary: undefined }],
    ['has no operationId', { ...decent, operationId: undefined }],
    ['has the operationId of', { ...decent, operationId: 'listProjects' }],
    ['has no response schema', { ...decent, response: undefined }],
    ['body.word is a string without a bound', { ...decent, body: z.object({ word: z.string() }) }],
    ['body.word takes U+0000', { ...decent, body: z.object({ word: z.string().max(50).optional() }) }],
    [
      'body.word takes half of a surrogate pair',
      {
        ...decent,
        body: z.object({
          word: z
            .string()
            .max(50)
            .regex(/^[^\0]*$/),
        }),
      },
    ],
    ['body.words is a list without a bound', { ...decent, body: z.object({ words: z.array(text(10)) }) }],
    ['body.words is a record without a bound', { ...decent, body: z.object({ words: z.record(text(10), text(10)) }) }],
    [
      'body.mail|0 is a string without a bound',
      { ...decent, body: z.object({ mail: z.union([z.string(), z.null()]) }) },
    ],
  ])('goes red: %s', async (fault, schema) => {
    const routes = await walk(
      (app) => void app.post('/api/v1/added', { config: { access: 'public' }, schema }, answer as never),
    )
    expect(routeFaults(routes)).toContainEqual(expect.stringContaining(fault))
  })

  test.each([
    ['is a list without nextCursor', z.object({ items: z.array(z.string()) })],
    ['is a list that does not take sort', listOf(z.string())],
  ])('goes red: %s', async (fault, reply) => {
    const schema = { ...reading, querystring: pageQuery, response: { 200: reply } }
    const list = async () => ({ items: [], nextCursor: null })
    const routes = await walk(
      (app) => void app.get('/api/v1/added', { config: { access: 'public' }, schema }, list as never),
    )
    expect(routeFaults(routes)).toEqual([`GET /api/v1/added ${fault}`])
  })

  test('every reply has an id and says how many more may come; too many are told when to come back', async () => {
    const routes: RouteOptions[] = []
    const config = { ...api.deps.config, rateLimitPerMinute: 200 }
    const app = await buildApp({ ...api.deps, config }, { logger: false, onRoute: (route) => routes.push(route) })
    const faults: string[] = []
    const statuses = new Set<number>()
    for (const { method, url, config: declared, wsHandler } of routes) {
      // Sign-in bounds its tries by itself: by account, network and device (docs/decisions/0016).
      if (method === 'HEAD' || wsHandler || declared?.limit === false || !url.startsWith('/api/v1/')) continue
      const address = url.replaceAll(/:\w+|\*/g, '01890000-0000-7000-8000-000000000000')
      const { headers, statusCode } = await app.inject({ method: method as 'GET', url: address })
      statuses.add(statusCode)
      const wanted = ['x-request-id', 'ratelimit', 'ratelimit-policy', ...(statusCode === 429 ? ['retry-after'] : [])]
      for (const name of wanted)
        if (!headers[name]) faults.push(`${method} ${url} answers ${statusCode} without ${name}`)
    }
    await app.close()
    expect(faults).toEqual([])
    expect([...statuses]).toEqual(expect.arrayContaining([401, 429]))
  })

  test('a route that will go says so in each reply and in the reference', async () => {
    const deprecated = { since: '2026-01-01', sunset: '2027-01-01', link: 'https://example.test/instead' }
    const app = await buildApp(api.deps, { logger: false })
    app.get('/api/v1/added', { config: { access: 'signed-in', deprecated }, schema: reading }, answer)
    await app.ready()
    const { statusCode, headers } = await app.inject('/api/v1/added')
    const { paths } = (await app.inject('/api/openapi.json')).json()
    const silent = await app.inject('/api/v1/health')
    await app.close()
    expect(statusCode).toBe(401)
    expect(headers).toMatchObject({
      deprecation: '@1767225600',
      sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
      link: '<https://example.test/instead>; rel="deprecation"; type="text/html"',
    })
    expect(paths['/api/v1/added'].get.deprecated).toBe(true)
    expect(silent.headers['deprecation']).toBeUndefined()
    const impossible = (scope: App) =>
      void scope.register(async (inner) =>
        inner.get(
          '/api/v1/x',
          { config: { access: 'public', deprecated: { ...deprecated, sunset: '2025-01-01' } } },
          answer,
        ),
      )
    await expect(walk(impossible)).rejects.toThrow('dates that cannot be')
  })

  test('goes red: a post that keeps no replies, and nobody has said why', async () => {
    const routes = await walk(
      (app) =>
        void app.post(
          '/api/v1/added',
          { config: { access: 'public', idempotent: false }, schema: decent },
          answer as never,
        ),
    )
    expect(routeFaults(routes)).toEqual([
      'POST /api/v1/added does not honour Idempotency-Key, and no reason is on the list',
    ])
  })

  test('goes red: a new way in that somebody of the platform could leave behind', async () => {
    const link = (lasting: boolean) => (app: App) =>
      void app.post(
        '/api/v1/projects/:id/guest-links/of-the-test',
        { config: { access: 'projects:update', ...(lasting && { lasting }) }, schema: decent },
        answer,
      )
    expect(routeFaults(await walk(link(false)))).toEqual([expect.stringContaining('say `lasting`, or why not')])
    expect(routeFaults(await walk(link(true)))).toEqual([])
  })

  test('goes red: a large body', async () => {
    const config = { access: 'public' } as const
    const routes = await walk(
      (app) => void app.post('/api/v1/added', { bodyLimit: 2_000_000, config, schema: decent }, answer),
    )
    expect(routeFaults(routes)).toEqual(['POST /api/v1/added takes a body larger than 1 MiB'])
  })
})

describe('the look at what changes leave on record', () => {
  const seen = [...unrecorded.keys()].map((operation) => ({ operation, actions: [] }))
  const faultsOf = (...witnesses: Parameters<typeof offRecord>[1]) =>
    offRecord([...unrecorded.keys(), 'PATCH /things/:id', 'GET /things'], [...seen, ...witnesses]).filter(
      (fault) => !fault.startsWith('GET '),
    )

  test('is content with one row in any file, and goes red for none, for no success and for a reading only', () => {
    const operation = 'PATCH /things/:id'
    const changed = { operation, actions: ['project:updated'] }
    const idle = { operation, actions: [] }
    expect(faultsOf(idle, changed)).toEqual([])
    expect(faultsOf(idle)).toEqual([`${operation} leaves nothing on record`])
    expect(faultsOf({ operation, actions: ['personal:read'] })).toEqual([`${operation} leaves nothing on record`])
    expect(faultsOf()).toEqual([`${operation} succeeded in no test`])
  })

  test('goes red for a reading off the record, and for an excuse that is not needed', () => {
    expect(offRecord([], [])).toContain('GET /accounts/:id does not leave personal:read')
    expect(offRecord([], [])).toContain('POST /auth/refresh is excused and does not exist')
    const recorded = { operation: 'POST /auth/refresh', actions: ['session:created'] }
    expect(faultsOf(recorded)).toContain('POST /auth/refresh is on record and needs no excuse')
  })

  test('finds the route that changes in silence among real requests', async () => {
    const watch = watchRecord()
    const app = await buildApp(api.deps, { logger: false, onRoute: watch.onRoute })
    app.post('/api/v1/silent', { config: { access: 'signed-in' }, schema: decent }, answer)
    const { token } = await (await api.studio()).person('manager')
    const headers = { authorization: `Bearer ${token}` }
    const ask = (url: string, payload: object) => app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })
    const replies = [
      await ask('/silent', { word: 'a' }),
      await ask('/projects', { petName: 'Rex' }),
      await ask('/projects', { petName: 7 }),
    ]
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 201, 422])
    await app.close()
    const witnesses = await watch.witnesses(api.owner)
    expect(witnesses).toEqual([
      { operation: 'POST /silent', actions: [] },
      { operation: 'POST /projects', actions: ['project:created'] },
    ])
    expect(offRecord(['POST /silent', 'POST /projects'], witnesses)).toContain('POST /silent leaves nothing on record')
  })
})
