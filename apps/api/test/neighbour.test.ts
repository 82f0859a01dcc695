import type { RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { type Api, type Person, type Requests, startApi, type TestStudio } from './harness.ts'
import { furnish, type Kind, type World } from './neighbour-world.ts'

/** What stands for `:id` in each address, and a body that its schema takes. */
const things: Record<string, { kind: Kind; body?: (world: World) => object; query?: (world: World) => object }> = {
  'GET /organizations/:id': { kind: 'organization' },
  'PATCH /organizations/:id': { kind: 'organization', body: () => ({ tagline: 'Seen' }) },
  'POST /organizations/:id/deletion': { kind: 'organization', body: () => ({ slug: 'seen' }) },
  'DELETE /organizations/:id/deletion': { kind: 'organization' },
  'GET /projects/:id': { kind: 'project' },
  'PATCH /projects/:id': { kind: 'project', body: () => ({ notes: 'seen' }) },
  'DELETE /projects/:id': { kind: 'project' },
  'POST /projects/:id/restore': { kind: 'deletedProject' },
  'POST /projects/:id/status': { kind: 'project', body: () => ({ status: 'in_progress' }) },
  'POST /projects/:id/assign': { kind: 'project', body: () => ({ userId: null }) },
  'POST /projects/:id/archive': { kind: 'project' },
  'POST /projects/:id/unarchive': { kind: 'project' },
  'GET /projects/:id/files': { kind: 'project' },
  'POST /projects/:id/files/uploads': { kind: 'project', body: () => ({ filename: 'a.pdf', sizeBytes: 10 }) },
  'POST /project-files/uploads/:id/complete': { kind: 'fileVersion' },
  'GET /project-files/:id': { kind: 'projectFile' },
  'GET /project-files/:id/versions': { kind: 'projectFile' },
  'PATCH /project-files/:id': { kind: 'projectFile', body: () => ({ name: 'b.pdf' }) },
  'DELETE /project-files/:id': { kind: 'projectFile' },
  'PATCH /project-views/:id': { kind: 'projectView', body: () => ({ name: 'Seen' }) },
  'DELETE /project-views/:id': { kind: 'projectView' },
  'GET /project-imports/:id': { kind: 'projectImport' },
  'POST /project-imports/:id/preview': { kind: 'projectImport', body: () => ({ mapping: ['petName'] }) },
  'POST /project-imports/:id/start': { kind: 'projectImport', body: () => ({ mapping: ['petName'] }) },
  'GET /project-imports/:id/errors.csv': { kind: 'projectImport' },
  'GET /projects/:id/assets': { kind: 'project' },
  'POST /projects/:id/assets': { kind: 'project' },
  'POST /projects/:id/assets/uploads': {
    kind: 'project',
    body: () => ({ filename: 'a.png', mimeType: 'image/png', sizeBytes: 10, assetType: 'photo' }),
  },
  'GET /assets/:id': { kind: 'asset' },
  'PATCH /assets/:id': { kind: 'asset', body: () => ({ filename: 'b.png' }) },
  'DELETE /assets/:id': { kind: 'asset' },
  'POST /assets/:id/complete': { kind: 'asset' },
  'GET /assets/:id/content': { kind: 'asset' },
  'POST /assets/:id/process': { kind: 'asset' },
  'GET /assets/:id/usage': { kind: 'asset' },
  'GET /assets/:id/versions': { kind: 'asset' },
  'POST /assets/:id/versions': {
    kind: 'asset',
    body: () => ({ filename: 'a.png', mimeType: 'image/png', sizeBytes: 10 }),
  },
  'POST /assets/:id/versions/:number/complete': { kind: 'asset' },
  'POST /assets/:id/versions/:number/restore': { kind: 'asset' },
  'GET /assets/:id/sheet': { kind: 'asset' },
  'POST /assets/:id/redraw': { kind: 'asset', body: () => ({}) },
  'POST /projects/:id/sprites/import': { kind: 'project' },
  'POST /assets/:id/sprites': { kind: 'asset', body: () => ({ size: 32, colors: 8 }) },
  'GET /projects/:id/builds': { kind: 'project' },
  'POST /projects/:id/builds': { kind: 'project', body: () => ({ templateId: 'catcher' }) },
  'POST /projects/:id/builds/upload': { kind: 'project' },
  'GET /builds/:id': { kind: 'build' },
  'POST /builds/:id/preview/revoke': { kind: 'build' },
  'GET /projects/:id/url-suggestions': { kind: 'project' },
  'POST /projects/:id/urls': { kind: 'project', body: () => ({ slug: 'a-fine-name' }) },
  'GET /urls/:id': { kind: 'url' },
  'PATCH /urls/:id': { kind: 'url', body: () => ({ slug: 'another-fine-name' }) },
  'DELETE /urls/:id': { kind: 'url' },
  'POST /urls/:id/renew': { kind: 'url' },
  'POST /urls/:id/deploy': { kind: 'url', body: ({ ids }) => ({ buildId: ids.build }) },
  'POST /urls/:id/rollback': { kind: 'url' },
  'GET /urls/:id/deployments': { kind: 'url' },
  'GET /urls/:id/deploy-preview': { kind: 'url', query: ({ ids }) => ({ buildId: ids.build }) },
  'GET /urls/:id/qr.svg': { kind: 'url' },
  'GET /urls/:id/qr.png': { kind: 'url' },
  'GET /urls/:id/analytics': { kind: 'url' },
  'GET /urls/:id/analytics.csv': { kind: 'url' },
  'GET /audit/:id': { kind: 'auditEntry' },
  'GET /audit/entities/:entity/:id': { kind: 'audited' },
  'POST /audit/:id/restore/preview': { kind: 'auditEntry', body: () => ({}) },
  'POST /audit/:id/restore': { kind: 'auditEntry', body: () => ({}) },
  'POST /domains/:id/verify': { kind: 'domain' },
  'PATCH /domains/:id': { kind: 'domain', body: () => ({ isPrimary: false }) },
  'DELETE /domains/:id': { kind: 'domain' },
  'GET /users/:id': { kind: 'user' },
  'PATCH /users/:id': { kind: 'user', body: () => ({ role: 'manager' }) },
  'DELETE /users/:id': { kind: 'invitation' },
  'POST /users/:id/role': { kind: 'user', body: () => ({ role: 'manager' }) },
  'POST /users/:id/second-factor/reset': { kind: 'user' },
  'POST /users/:id/deactivate': { kind: 'user' },
  'POST /users/:id/reactivate': { kind: 'deactivated' },
  'POST /users/:id/resend-invite': { kind: 'invitation' },
  'GET /users/:id/grants': { kind: 'user' },
  'POST /users/:id/grants': {
    kind: 'user',
    body: () => ({ effect: 'allow', permission: 'urls:read', reason: 'Holiday' }),
  },
  'DELETE /users/:id/grants/:grantId': { kind: 'user' },
  'GET /roles/:id': { kind: 'customRole' },
  'PATCH /roles/:id': { kind: 'customRole', body: () => ({ name: 'Seen' }) },
  'DELETE /roles/:id': { kind: 'customRole' },
  'POST /notifications/:id/read': { kind: 'notification' },
  'POST /notification-deliveries/:id/retry': { kind: 'delivery' },
  'DELETE /me/push-subscriptions/:id': { kind: 'pushSubscription' },
  'GET /projects/:id/mute': { kind: 'project' },
  'POST /projects/:id/mute': { kind: 'project' },
  'DELETE /projects/:id/mute': { kind: 'project' },
  'DELETE /me/sessions/:id': { kind: 'session' },
  'PATCH /me/passkeys/:id': { kind: 'passkey', body: () => ({ name: 'Seen' }) },
  'DELETE /me/passkeys/:id': { kind: 'passkey' },
  'GET /api-keys/:id': { kind: 'apiKey' },
  'DELETE /api-keys/:id': { kind: 'apiKey' },
  'GET /service-accounts/:id': { kind: 'serviceAccount' },
  'POST /service-accounts/:id/deactivate': { kind: 'serviceAccount' },
  'POST /service-accounts/:id/reactivate': { kind: 'serviceAccount' },
}

/** Things without a version: they end, and are never changed. */
const unversioned = new Set(['DELETE /me/sessions/:id'])
/** Posts whose reply is not kept: it holds a secret, or the route is about the caller and not about a studio. */
const once = new Set<string>([])

interface Place {
  api: Api
  routes: RouteOptions[]
  home: TestStudio
  neighbour: Person
}

async function settle(): Promise<Place> {
  const api = await startApi()
  const routes: RouteOptions[] = []
  const app = await buildApp(api.deps, { logger: false, onRoute: (route) => routes.push(route) })
  await app.close()
  const [home, next] = await Promise.all([api.studio(), api.studio()])
  return { api, routes, home, neighbour: await next.person('admin') }
}

const nameOf = (route: RouteOptions) => `${route.method} ${route.url.replace('/api/v1', '')}`
const withId = (routes: RouteOptions[]) =>
  routes
    .filter(({ method, url }) => method !== 'HEAD' && url.includes('/:id') && !url.includes('/platform/'))
    .map(nameOf)
const plainLists = (routes: RouteOptions[]) =>
  routes
    .filter(
      (route) =>
        route.method === 'GET' && !/[:*]/.test(route.url) && route.url.startsWith('/api/v1/') && !route.wsHandler,
    )
    .map(nameOf)

function call(api: Api, person: Person, name: string, world: World) {
  const thing = things[name]
  if (!thing) throw new Error(`${name} is not in the walk: add what stands for its id.`)
  const [method, path] = name.split(' ') as [string, string]
  const address = path
    .replace(':id', world.ids[thing.kind])
    .replace(':grantId', world.ids.grant)
    .replace(':number', '1')
    .replace(':entity', 'project')
  const request = api.as(person)[method.toLowerCase() as keyof Requests](address)
  if (name === 'POST /projects/:id/assets')
    return request
      .field('assetType', 'photo')
      .attach('file', Buffer.from('not a picture'), { filename: 'a.png', contentType: 'image/png' })
  if (thing.query) void request.query(thing.query(world))
  return thing.body ? request.send(thing.body(world)) : request
}

/** Every address with an id at which a neighbour gets anything but 404. */
async function leaks({ api, routes, home, neighbour }: Place, names = withId(routes)): Promise<string[]> {
  const world = await furnish(api, home)
  const found: string[] = []
  for (const name of names) {
    const { status } = await call(api, neighbour, name, world)
    if (status !== 404) found.push(`${name} answers ${status}`)
  }
  return found
}

describe('a neighbour', () => {
  let place: Place
  beforeAll(async () => {
    place = await settle()
  })
  afterAll(() => place.api.close())

  test('gets 404 for every id of another studio, on every route', async () => {
    expect(withId(place.routes).length).toBeGreaterThan(30)
    expect(await leaks(place)).toEqual([])
  })

  test('while the rightful admin does not: the control', async () => {
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
      if (name.startsWith('POST ') && reply.status < 300 && !once.has(name)) {
        const again = await ask('Idempotency-Key', 'walk')
        if (again.headers['idempotent-replayed'] !== 'true') faults.push(`${name} is done twice under one key`)
      }
    }
    expect(hidden).toEqual([])
    expect(faults).toEqual([])
  }, 60_000)

  test('finds nothing of another studio in any list', async () => {
    const world = await furnish(place.api, place.home)
    const ids = [...Object.values(world.ids), world.admin.userId, place.home.organizationId]
    const lists = plainLists(place.routes)
    expect(lists.length).toBeGreaterThan(10)
    const foreign: string[] = []
    for (const name of lists) {
      const { text, status } = await place.api.as(place.neighbour).get(name.replace('GET ', ''))
      if (status >= 500) foreign.push(`${name} answers ${status}`)
      if (ids.some((id) => text.includes(id))) foreign.push(`${name} shows a foreign id`)
    }
    expect(foreign).toEqual([])
    const own = await place.api.as(world.admin).get('/projects')
    expect(own.text).toContain(world.ids.project)
  })

  test('cannot reach another studio by naming its things in queries or bodies', async () => {
    const world = await furnish(place.api, place.home)
    const project = await place.api.as(place.neighbour).post('/projects').send({ petName: 'Own' })
    const { asset, build, user, project: theirs } = world.ids
    const request = place.api.as(place.neighbour)
    expect((await request.get(`/urls?projectId=${theirs}`)).body.items).toEqual([])
    expect((await request.post(`/projects/${project.body.id}/assign`).send({ userId: user })).status).toBe(422)
    const stolen = await request
      .post(`/projects/${project.body.id}/builds`)
      .send({ templateId: 'catcher', assets: { pet: asset } })
    expect([404, 422]).toContain(stolen.status)
    const url = await request.post(`/projects/${project.body.id}/urls`).send({ slug: 'own-name' })
    expect((await request.post(`/urls/${url.body.id}/deploy`).send({ buildId: build })).status).toBe(404)
  })

  test('a query without a tenant finds no row in any table, and with one it does', async () => {
    await furnish(place.api, place.home)
    const { rows: tables } = await place.api.owner.query<{ name: string }>(
      // A partition is read through its table; the runtime role may not touch it by itself.
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    )
    const client = await place.api.deps.db.$client.connect()
    try {
      for (const { name } of tables)
        expect((await client.query(`select 1 from ${name} limit 1`)).rowCount, name).toBe(0)
      await client.query("select set_config('app.current_org', $1, false)", [place.home.organizationId])
      expect((await client.query('select 1 from projects limit 1')).rowCount).toBe(1)
      await client.query("select set_config('app.current_org', '', false)")
    } finally {
      client.release()
    }
  })
})

test('the walk goes red where the database stops keeping studios apart', async () => {
  const place = await settle()
  await place.api.owner.query('alter table projects disable row level security')
  const found = await leaks(place, ['GET /projects/:id', 'PATCH /projects/:id', 'POST /projects/:id/assign'])
  await place.api.close()
  expect(found).toEqual([
    'GET /projects/:id answers 200',
    'PATCH /projects/:id answers 200',
    'POST /projects/:id/assign answers 200',
  ])
})
