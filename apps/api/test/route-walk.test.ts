import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { text } from '@sparkle/shared/text'
import { buildApp } from '../src/app.ts'
import { MissingAccessError } from '../src/plugins/access.ts'
import type { App } from '../src/plugins/types.ts'
import { type Api, startApi } from './harness.ts'
import { routeFaults } from './route-faults.ts'

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
const answer = async () => ({ ok: true })

describe('the walk over all routes', () => {
  test('finds nothing wrong with any of them', async () => {
    const routes = await walk()
    expect(routes.length).toBeGreaterThan(60)
    expect(routeFaults(routes)).toEqual([])
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

  test('goes red: a large body', async () => {
    const config = { access: 'public' } as const
    const routes = await walk(
      (app) => void app.post('/api/v1/added', { bodyLimit: 2_000_000, config, schema: decent }, answer),
    )
    expect(routeFaults(routes)).toEqual(['POST /api/v1/added takes a body larger than 1 MiB'])
  })
})
