import { gunzipSync } from 'node:zlib'
import supertest from 'supertest'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { type Api, type Person, type Requests, startApi, testPassword, type TestStudio } from '../../../test/harness.ts'
import { furnish } from '../../../test/neighbour-world.ts'
import { erasedFilesRound, platformSweeps } from './platform.sweeps.ts'

let api: Api
let operator: Person
let studio: TestStudio
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  operator = await makeOperator()
  studio = await api.studio()
})

/** Somebody of the platform: a member of no studio. */
async function makeOperator(): Promise<Person> {
  const person = await (await api.studio()).person('admin')
  await api.owner.query('delete from memberships where user_id = $1', [person.userId])
  await api.owner.query('update users set is_super_admin = true where id = $1', [person.userId])
  return person
}

const of = (path = '') => `/platform/organizations/${studio.organizationId}${path}`
const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]
const system = () => ({ kind: 'system' as const, organizationId: studio.organizationId, job: 'test' })
const sweep = async (name: string) => platformSweeps.find((one) => one.name === name)?.run(api.deps, system())
const audited = async (action: string) =>
  (
    await api.owner.query(
      'select actor_kind, actor_id, changes from audit where organization_id = $1 and action = $2',
      [studio.organizationId, action],
    )
  ).rows

test('the platform sees all studios with what they use; nobody else sees the list', async () => {
  const { admin } = await furnish(api, studio)
  await sweep('organization-usage')
  const { rowCount: members } = await api.owner.query(
    "select 1 from memberships m join users u on u.id = m.user_id where m.organization_id = $1 and u.kind = 'person' and m.deactivated_at is null",
    [studio.organizationId],
  )
  expect(members).toBeGreaterThan(1)
  const list = await api.as(operator).get('/platform/organizations?limit=1')
  expect(list.status).toBe(200)
  expect(list.body.items[0]).toMatchObject({
    id: studio.organizationId,
    plan: 'free',
    status: 'active',
    usage: { members, projects: 1, storageBytes: 16, liveGames: 0, plays: 0 },
  })
  const next = await api.as(operator).get(`/platform/organizations?limit=1&cursor=${list.body.nextCursor}`)
  expect(next.body.items.map((one: { id: string }) => one.id)).not.toContain(studio.organizationId)
  const found = async (query: string) =>
    (await api.as(operator).get(`/platform/organizations?${query}`)).body.items.length
  expect(await found(`q=${studio.slug.toUpperCase()}`)).toBe(1)
  expect(await found(`q=${studio.slug}&status=suspended`)).toBe(0)
  expect(await found(`q=${studio.slug}&plan=scale`)).toBe(0)
  expect((await api.as(operator).patch(of()).send({ plan: 'scale' })).body).toMatchObject({ plan: 'scale' })
  expect(await found(`q=${studio.slug}&plan=scale`)).toBe(1)
  expect((await api.as(operator).get(`/platform/organizations/${newId()}`)).status).toBe(404)

  for (const path of ['/platform/organizations', of(), '/platform/log']) {
    expect((await api.as(admin).get(path)).status, path).toBe(403)
    expect((await api.as(null).get(path)).status, path).toBe(401)
  }
  expect((await api.as(admin).post(of('/suspend')).send({ reason: 'x' })).status).toBe(403)
})

test('the database itself asks whether somebody is of the platform', async () => {
  const admin = await studio.person('admin')
  const ask = (person: Person, call: string) =>
    api.deps.db.$client.query(`select sys.${call} as outcome`, [person.userId, studio.organizationId])
  expect((await ask(admin, "suspend_studio($1, $2, 'because')")).rows[0].outcome).toBe('refused')
  expect((await ask(admin, "change_plan($1, $2, 'scale')")).rows[0].outcome).toBe('refused')
  const list =
    'select count(*)::int as count from sys.list_platform_organizations($1, null, null, null, null, null, null, 9)'
  expect((await api.deps.db.$client.query(list, [admin.userId])).rows[0].count).toBe(0)
  expect((await api.deps.db.$client.query(list, [operator.userId])).rows[0].count).toBeGreaterThan(0)
})

test('a suspended studio: nobody works in it and nobody signs in to it, until it is let go on', async () => {
  const admin = await studio.person('admin')
  expect((await api.as(admin).get('/projects')).status).toBe(200)
  const reply = await api.as(operator).post(of('/suspend')).send({ reason: 'Unpaid since May' })
  expect(reply.body).toMatchObject({ status: 'suspended', suspendedReason: 'Unpaid since May' })
  await expect.poll(async () => codeOf(await api.as(admin).get('/projects'))).toEqual([403, 'organization.suspended'])
  const signIn = () => api.as(null).post('/auth/login').send({ email: admin.email, password: testPassword })
  expect(codeOf(await signIn())).toEqual([403, 'organization.suspended'])
  const change = await api.as(admin).post('/auth/switch').send({ organizationId: studio.organizationId })
  expect(codeOf(change)).toEqual([403, 'organization.suspended'])
  expect((await api.as(admin).get('/organizations')).body.items).toMatchObject([
    { status: 'suspended', current: false },
  ])
  expect((await api.as(null).get(`/public/studios/${studio.slug}`)).status).toBe(404)
  expect(codeOf(await api.as(operator).post(of('/suspend')).send({ reason: 'again' }))).toEqual([
    409,
    'organization.already_suspended',
  ])
  expect(await audited('studio:suspended')).toMatchObject([
    { actor_kind: 'platform', actor_id: operator.userId, changes: { reason: 'Unpaid since May' } },
  ])

  expect((await api.as(operator).post(of('/unsuspend'))).body).toMatchObject({ status: 'active' })
  await expect.poll(async () => (await api.as(admin).get('/projects')).status).toBe(200)
  expect((await signIn()).status).toBe(200)
  const log = await api.as(operator).get(`/platform/log?organizationId=${studio.organizationId}`)
  expect(log.body.items).toMatchObject([
    { action: 'studio:unsuspended', person: { id: operator.userId } },
    { action: 'studio:suspended', reason: 'Unpaid since May' },
  ])
})

test('acting as a studio: for an hour, with a reason, told to its admins, on record in all it does', async () => {
  const admin = await studio.person('admin')
  expect((await api.as(operator).get('/projects')).status).toBe(403)
  expect((await api.as(operator).post(of('/act-as')).send({ reason: ' ' })).status).toBe(422)
  expect((await api.as(operator).post(of('/act-as')).send({ reason: 'Ticket 12' })).status).toBe(200)
  await expect
    .poll(async () => (await api.as(operator).get('/me')).body)
    .toMatchObject({
      role: 'admin',
      organization: { id: studio.organizationId, slug: studio.slug },
      actingAs: { organizationId: studio.organizationId, reason: 'Ticket 12' },
      isSuperAdmin: false,
    })
  const project = await api.as(operator).post('/projects').send({ petName: 'Rex' })
  expect(project.status).toBe(201)
  expect(await audited('project:created')).toMatchObject([{ actor_kind: 'platform', actor_id: operator.userId }])
  await api.as(admin).post('/projects').send({ petName: 'Bo' })
  expect((await audited('project:created')).map((row) => row.actor_kind).toSorted()).toEqual(['platform', 'user'])
  expect(await audited('studio:acting:began')).toMatchObject([{ changes: { reason: 'Ticket 12', minutes: 60 } }])
  const told = await api.as(admin).get('/notifications')
  expect(told.body.items).toMatchObject([{ kind: 'platform_acting', data: { reason: 'Ticket 12' } }])
  // The platform's own pages are closed meanwhile, and so is another studio.
  expect((await api.as(operator).get('/platform/organizations')).status).toBe(403)
  expect(codeOf(await api.as(operator).post('/auth/switch').send({ organizationId: studio.organizationId }))).toEqual([
    409,
    'platform.acting',
  ])

  expect((await api.as(operator).post('/platform/act-as/leave')).status).toBe(204)
  await expect.poll(async () => (await api.as(operator).get('/projects')).status).toBe(403)
  expect(await audited('studio:acting:ended')).toHaveLength(1)
  expect((await api.as(operator).post('/platform/act-as/leave')).status).toBe(204)
  expect((await api.as(operator).get('/platform/log')).body.items.slice(0, 2)).toMatchObject([
    { action: 'acting:ended' },
    { action: 'acting:began', reason: 'Ticket 12' },
  ])

  await api.as(operator).post(of('/act-as')).send({ reason: 'Ticket 13' })
  await expect.poll(async () => (await api.as(operator).get('/projects')).status).toBe(200)
  await api.owner.query("update sessions set acting_until = now() - interval '1 second' where id = $1", [
    operator.sessionId,
  ])
  await expect.poll(async () => (await api.as(operator).get('/projects')).status).toBe(403)
  // Whoever is no longer of the platform is out at once, whatever the session says.
  await api.owner.query("update sessions set acting_until = now() + interval '1 hour' where id = $1", [
    operator.sessionId,
  ])
  await expect.poll(async () => (await api.as(operator).get('/projects')).status).toBe(200)
  await api.owner.query('update users set is_super_admin = false where id = $1', [operator.userId])
  await api.owner.query("select pg_notify('sc_users', $1)", [operator.userId])
  await expect.poll(async () => (await api.as(operator).get('/projects')).status).toBe(403)
})

test('acting as a studio leaves no power behind: nobody let in or given more, no key, no way in, no export', async () => {
  const { admin, ids } = await furnish(api, studio)
  const changes: [keyof Requests, string, object][] = [
    ['post', '/users', { email: 'new@example.test', role: 'admin' }],
    ['post', `/users/${ids.invitation}/resend-invite`, {}],
    ['patch', `/users/${ids.user}`, { role: 'admin' }],
    ['post', `/users/${ids.user}/role`, { role: 'admin' }],
    ['post', `/users/${ids.deactivated}/reactivate`, {}],
    ['post', `/users/${ids.user}/grants`, { effect: 'allow', permission: 'users:create', reason: 'Help' }],
    ['delete', `/users/${ids.user}/grants/${ids.grant}`, {}],
    ['post', '/roles', { name: 'Helper', baseRole: 'artist', permissions: ['projects:read'] }],
    ['patch', `/roles/${ids.customRole}`, { permissions: ['projects:*'] }],
    ['delete', `/roles/${ids.customRole}`, {}],
    ['post', `/accounts/${ids.account}/invitations`, { email: 'new@example.test', role: 'owner' }],
    ['patch', `/accounts/${ids.account}/members/${ids.accountMember}`, { role: 'owner' }],
    ['post', '/api-keys', { name: 'Key', scopes: ['projects:read'] }],
    ['post', '/service-accounts', { name: 'Robot', role: 'artist' }],
    ['post', `/service-accounts/${ids.serviceAccount}/reactivate`, {}],
    ['post', '/identity-providers', { kind: 'oidc', name: 'Ours', issuer: 'https://a.example.test', clientId: 'x' }],
    ['patch', `/identity-providers/${ids.identityProvider}`, { name: 'Ours' }],
    ['post', `/identity-providers/${ids.identityProvider}/verify-domain`, { domain: 'a.test' }],
    ['post', '/people/exports', { subject: { userId: ids.accountMember } }],
  ]
  await api.as(operator).post(of('/act-as')).send({ reason: 'Ticket 14' })
  await expect.poll(async () => (await api.as(operator).get('/projects')).status).toBe(200)
  for (const [method, path, body] of changes)
    expect([path, ...codeOf(await api.as(operator)[method](path).send(body))]).toEqual([
      path,
      403,
      'platform.lasting_power',
    ])
  // The control: it is the visit that is refused, and what takes power away is not.
  for (const [method, path, body] of changes) {
    const { status, body: problem } = await api.as(admin)[method](path).send(body)
    expect([path, status === 403 && problem.code]).not.toEqual([path, 'platform.lasting_power'])
  }
  expect((await api.as(operator).delete(`/api-keys/${ids.apiKey}`)).status).toBe(204)
  expect((await api.as(operator).post(`/users/${ids.user}/deactivate`)).status).toBe(200)
})

test('founding: by the platform for others, and by everybody where the installation allows it', async () => {
  const slug = `new-${newId().slice(-12)}`
  const person = await studio.person('artist')
  const input = { name: 'Fresh', slug }
  expect(codeOf(await api.as(person).post('/organizations').send(input))).toEqual([403, 'organization.closed'])
  expect(codeOf(await api.as(operator).post('/organizations').send(input))).toEqual([422, 'organization.no_admin'])
  const adminEmail = `${slug}@example.test`
  const made = await api
    .as(operator)
    .post('/organizations')
    .send({ ...input, adminEmail })
  expect(made.status).toBe(201)
  const { rows } = await api.owner.query('select role from invitations where organization_id = $1', [made.body.id])
  expect(rows).toEqual([{ role: 'admin' }])
  expect(
    codeOf(
      await api
        .as(operator)
        .post('/organizations')
        .send({ ...input, adminEmail }),
    ),
  ).toEqual([409, 'organization.slug_taken'])

  const open = await startApi({ OPEN_STUDIOS: '1' })
  try {
    const founder = await (await open.studio()).person('artist')
    const own = await open.as(founder).post('/organizations').send({ name: 'Mine', slug })
    expect(own.status).toBe(201)
    await open.as(founder).post('/auth/switch').send({ organizationId: own.body.id })
    await expect.poll(async () => (await open.as(founder).get('/organizations/current')).body.slug).toBe(slug)
    expect((await open.as(founder).get('/me')).body).toMatchObject({ role: 'admin' })
    const list = await open.as(founder).get('/organizations')
    expect(list.body).toMatchObject({
      mayFound: true,
      items: [{ role: 'artist' }, { slug, role: 'admin', current: true }],
    })
    await open.owner.query('update users set email_confirmed_at = null where id = $1', [founder.userId])
    expect(
      codeOf(
        await open
          .as(founder)
          .post('/organizations')
          .send({ name: 'Two', slug: `${slug}-2` }),
      ),
    ).toEqual([403, 'organization.unconfirmed'])
  } finally {
    await open.close()
  }
})

test('erasure: after the grace nothing is left of a studio but the archive of its audit, and its neighbour is whole', async () => {
  const { admin, ids } = await furnish(api, studio)
  const neighbour = await api.studio()
  const next = await furnish(api, neighbour)
  const { rows: places } = await api.owner.query('select host, slug from urls where id = $1', [ids.url])
  await api.owner.query("update urls set live_build_id = $1, status = 'active' where id = $2", [ids.build, ids.url])
  await api.as(admin).patch(`/projects/${ids.project}`).send({ notes: 'for the record' })
  const asked = await api.as(admin).post(`/organizations/${studio.organizationId}/deletion`).send({ slug: studio.slug })
  expect(asked.status).toBe(200)

  await sweep('organization-erasure')
  expect((await api.as(admin).get('/projects')).status, 'before its time').toBe(200)
  await api.owner.query('update organizations set deletion_due_at = now() where id = $1', [studio.organizationId])
  const { rows: kept } = await api.owner.query('select id from audit where organization_id = $1', [
    studio.organizationId,
  ])
  await sweep('organization-erasure')

  const { rows: tables } = await api.owner.query<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'organization_id'",
  )
  const counts = async (organizationId: string) => {
    const left: string[] = []
    for (const { name } of tables) {
      const { rowCount } = await api.owner.query(`select 1 from ${name} where organization_id = $1 limit 1`, [
        organizationId,
      ])
      if (rowCount) left.push(name)
    }
    return left
  }
  expect(await counts(studio.organizationId)).toEqual([])
  expect((await counts(neighbour.organizationId)).length).toBeGreaterThan(10)
  expect((await api.as(next.admin).get(`/projects/${next.ids.project}`)).status).toBe(200)

  await erasedFilesRound.run(api.deps, { info: () => undefined, warn: () => undefined, error: () => undefined })
  expect(await api.deps.store.list(`${studio.organizationId}/`)).toEqual([])
  expect((await api.deps.store.list(`${neighbour.organizationId}/`)).length).toBeGreaterThan(0)
  const { rows } = await api.owner.query('select * from erased_organizations where id = $1', [studio.organizationId])
  expect(rows[0].files_erased_at).not.toBeNull()
  const [part] = await api.deps.store.list(`${rows[0].audit_key}/`)
  const archive = gunzipSync((await api.deps.store.get(part?.key ?? '')) ?? Buffer.alloc(0)).toString()
  for (const { id } of kept) expect(archive).toContain(id)
  expect((await api.owner.query('select from erased_addresses where slug = $1', [places[0].slug])).rowCount).toBe(1)
  const again = await api.as(next.admin).get(`/urls/availability?slug=${places[0].slug}`)
  expect(again.body).toMatchObject({ available: false })
  expect((await supertest(api.app.server).get(`/api/v1/public/studios/${studio.slug}`)).status).toBe(404)
  await expect.poll(async () => (await api.as(admin).get('/projects')).status).toBe(403)
})
