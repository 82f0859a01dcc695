import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { inTenant } from '../src/core/in-tenant.ts'
import { emit } from '../src/core/outbox.ts'
import { relayOrganization } from '../src/jobs/relay.ts'
import { makeExport } from '../src/modules/people/export-person.ts'
import { type Api, type Person, startApi, type TestStudio } from './harness.ts'
import { call } from './neighbour-things.ts'
import { furnish, type World } from './neighbour-world.ts'
import { specOperations } from './spec-ids.ts'

/**
 * What is the studio's own business, planted wherever it is kept, against everything that a customer or a guest can
 * reach: no reply, event, export or notification of theirs may hold it. Where the studio's people look, it is there.
 */
const secret = {
  notes: 'zq7-internal-note',
  budgetHours: '730915.25',
  estimatedHours: '730925.25',
  actualHours: '730935.25',
  draft: 'zq7-draft-changelog',
  document: 'zq7-document-name',
  reason: 'zq7-override-reason',
  comment: 'zq7-internal-comment',
  linkLabel: 'zq7-link-label',
}

/** Guests' own operations; the rest of the specification is closed to them (`link-tokens.test.ts`). */
const guestReads = ['GET /projects/:id/versions', 'GET /versions/:id', 'GET /versions/:id/comments']
/** Where the studio's people find each of the secrets. */
const shownToStaff = [
  'GET /projects/:id',
  'GET /projects/:id/versions',
  'GET /projects/:id/files',
  'GET /projects/:id/guest-links',
  'GET /versions/:id/comments',
  'GET /activity',
  'GET /users',
]

let api: Api
let studio: TestStudio
let world: World
let manager: Person
let artist: Person
let clients: Person[]
let guest: Person
let markers: Record<string, string>

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PER_MINUTE: '10000000' })
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  studio = await api.studio()
  world = await furnish(api, studio)
  manager = await studio.person('manager')
  artist = await studio.person('artist')
  clients = [await studio.person('owner'), await studio.person('member')]
  markers = { ...secret, manager: manager.email, artist: artist.email, admin: world.admin.email }
  await plant()
  const link = await api
    .as(world.admin)
    .post(`/projects/${world.ids.project}/guest-links`)
    .send({ scope: 'comment', label: secret.linkLabel })
    .expect(201)
  const visit = await api
    .as(null)
    .post(`/public/reviews/${link.body.url.split('/r/')[1]}`)
    .send({ name: 'Granny' })
  guest = { ...manager, token: visit.body.token }
  await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
}, 60_000)
afterAll(() => api.close())

/** The project becomes the clients' own, and everything that is not their business gets its marker. */
async function plant(): Promise<void> {
  const { ids } = world
  const { owner } = api
  await owner.query('update memberships set account_id = $2 where user_id = any($1)', [
    clients.map((one) => one.userId),
    ids.account,
  ])
  await owner.query(
    `update projects set account_id = $2, assigned_artist_id = $3, notes = $4, budget_hours = $5, estimated_hours = $6,
       actual_hours = $7, status = 'review' where id = $1`,
    [
      ids.project,
      ids.account,
      artist.userId,
      secret.notes,
      secret.budgetHours,
      secret.estimatedHours,
      secret.actualHours,
    ],
  )
  await owner.query('update deliverable_versions set changelog = $2 where id = $1', [ids.draft, secret.draft])
  const { body } = await api.as(manager).post(`/versions/${ids.waiting}/comments`).send({ body: 'For all to read' })
  for (const parentId of [undefined, body.id])
    await api
      .as(manager)
      .post(`/versions/${ids.waiting}/comments`)
      .send({ body: secret.comment, internal: true, parentId })
      .expect(201)
  await owner.query('update project_files set name = $2 where id = $1', [ids.projectFile, secret.document])
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
  const { reason } = secret
  const about = { projectId: ids.project, data: { reason, slug: 'rex', petName: 'Rex', filename: secret.document } }
  await inTenant(api.deps.db, actor, async (tx) => {
    for (const type of ['url:approval:overridden', 'project:file:added', 'version:drafted'] as const)
      await emit(tx, actor, type, about)
    await emit(tx, actor, 'version:added', { projectId: ids.project, data: { number: 1, petName: 'Rex' } })
  })
}

const leaked = (text: string): string[] =>
  Object.entries(markers).flatMap(([name, value]) => (text.includes(value) ? [name] : []))

/** Every operation that reads, also as a search for what must not be found. */
async function readAll(person: Person, names: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  let answered = 0
  for (const name of names) {
    const queries = /\/:id|:token/.test(name)
      ? ['']
      : ['', '?limit=100&include=total,progress', `?q=${secret.notes}`, `?q=${encodeURIComponent(manager.email)}`]
    for (const query of queries) {
      const reply = name.includes('/:id')
        ? await call(api, person, name, world)
        : await api.as(person).get(name.replace('GET ', '') + query)
      if (reply.status < 300) answered += 1
      // What somebody has typed is no secret: a reply may repeat the query.
      const text = `${reply.text ?? ''}${JSON.stringify(reply.headers)}`.replaceAll(
        decodeURIComponent(query.slice(3)) || '\u0000',
        '',
      )
      found.set(name, [...(found.get(name) ?? []), ...leaked(text)])
    }
  }
  expect(answered, 'operations that answer').toBeGreaterThan(names.length > 50 ? 20 : 1)
  return found
}

const reads = specOperations
  .map(({ name }) => name)
  .filter(
    (name) => name.startsWith('GET ') && name !== 'GET /events' && !/:token|:slug|:providerId|\/platform\//.test(name),
  )
const leaks = (found: Map<string, string[]>) =>
  [...found].filter(([, names]) => names.length > 0).map(([name, names]) => `${name}: ${names.join(', ')}`)

test('no reply to a customer or a guest holds what is the studio’s own business', async () => {
  expect(reads.length).toBeGreaterThan(80)
  for (const client of clients) expect(leaks(await readAll(client, reads)), client.role).toEqual([])
  expect(leaks(await readAll(guest, guestReads)), 'guest').toEqual([])
}, 60_000)

test('the control: each of them is there where the studio’s people look', async () => {
  const seen = await readAll(world.admin, shownToStaff)
  expect(new Set([...seen.values()].flat())).toEqual(new Set(Object.keys(markers)))
}, 60_000)

/** Everything that a socket is sent of what has happened so far. */
async function eventsOf(person: Person): Promise<string> {
  const { port } = api.app.server.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events?after=0`, {
    headers: { authorization: `Bearer ${person.token}` },
  })
  let text = ''
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (raw: Buffer) => {
      const message = raw.toString()
      text += message
      if (message.includes('"type":"ready"')) resolve()
    })
  })
  socket.terminate()
  return text
}

test('nor does an event, from the first one on; a guest has no socket', async () => {
  for (const client of clients) {
    const heard = await eventsOf(client)
    expect(heard).toContain('version:added')
    expect(leaked(heard), client.role).toEqual([])
  }
  expect(leaked(await eventsOf(manager))).toEqual(expect.arrayContaining(['reason', 'document']))
  await expect(eventsOf(guest)).rejects.toThrow(/403/)
})

test('nor does the export that a customer may ask for, nor a notification', async () => {
  const [owner] = clients as [Person]
  const { id } = (await api.as(owner).post('/me/export').expect(202)).body
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'export-person' } as const
  expect(await makeExport(api.deps, actor, id)).toBe(true)
  const { rows } = await api.owner.query('select storage_key from person_exports where id = $1', [id])
  const zip = Buffer.from((await api.deps.store.get(rows[0].storage_key)) as Uint8Array).toString('latin1')
  expect(zip).toContain(owner.email)
  expect(leaked(zip)).toEqual([])
  const notices = (await api.as(owner).get('/notifications').expect(200)).text
  expect(leaked(notices)).toEqual([])
})

test('every reply that a decision, an opening or a refusal has is as silent', async () => {
  const [owner] = clients as [Person]
  const { waiting, draft, project } = world.ids
  const replies = [
    await api.as(owner).get(`/versions/${draft}`).expect(404),
    await api.as(owner).patch(`/projects/${project}`).send({ notes: 'x' }).expect(403),
    await api.as(guest).get(`/projects/${project}`).expect(403),
    await api.as(guest).get(`/versions/${draft}`).expect(404),
    await api.as(owner).post(`/versions/${waiting}/decisions`).send({ decision: 'approve' }).expect(201),
  ]
  for (const reply of replies) expect(leaked(reply.text)).toEqual([])
})
