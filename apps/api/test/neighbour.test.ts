import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type Api, startApi, type TestStudio } from './harness.ts'
import { call, withId } from './neighbour-things.ts'
import { furnish } from './neighbour-world.ts'
import { unkeptPosts } from './unkept-posts.ts'

/** Things without a version: they end, and are never changed. */
const unversioned = new Set([
  'DELETE /me/sessions/:id',
  'DELETE /me/push-subscriptions/:id',
  'DELETE /projects/:id/mute',
  // Takes a form, which is read first; logo.test.ts sends one with a stale If-Match.
  'PUT /organizations/:id/logo',
  'DELETE /users/:id/identities/:providerId',
  'DELETE /me/identities/:id',
  'DELETE /users/:id/grants/:grantId',
])
interface Place {
  api: Api
  routes: RouteOptions[]
  home: TestStudio
}

async function settle(): Promise<Place> {
  const api = await startApi()
  const routes: RouteOptions[] = []
  const app = await buildApp(api.deps, { logger: false, onRoute: (route) => routes.push(route) })
  await app.close()
  return { api, routes, home: await api.studio() }
}

describe('the rightful admin', () => {
  let place: Place
  beforeAll(async () => {
    place = await settle()
  })
  afterAll(() => place.api.close())

  test('reaches what a neighbour does not: the control of the isolation walk', async () => {
    const hidden: string[] = []
    const faults: string[] = []
    const readOnly = await furnish(place.api, place.home)
    for (const name of withId(place.routes)) {
      // What was changed or deleted by one call would be missing for the next.
      const world = name.startsWith('GET ') ? readOnly : await furnish(place.api, place.home)
      const ask = (header: string, value: string) => call(place.api, world.admin, name, world).set(header, value)
      if (/^(PATCH|PUT|DELETE) /.test(name) && !unversioned.has(name)) {
        const stale = await ask('If-Match', '"v999999"')
        if (stale.status !== 412) faults.push(`${name} answers ${stale.status} to a stale If-Match`)
      }
      const reply = await ask('Idempotency-Key', 'walk')
      if (reply.status === 404 || reply.status >= 500) hidden.push(`${name} answers ${reply.status}`)
      if (typeof reply.body?.version === 'number' && reply.status < 300 && !reply.headers.etag)
        faults.push(`${name} answers a version without an ETag`)
      if (name.startsWith('POST ') && reply.status < 300 && !unkeptPosts.has(name.replace(' ', ' /api/v1'))) {
        const again = await ask('Idempotency-Key', 'walk')
        if (again.headers['idempotent-replayed'] !== 'true') faults.push(`${name} is done twice under one key`)
      }
    }
    expect(hidden).toEqual([])
    expect(faults).toEqual([])
  }, 120_000)
})
