import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../core/ids.ts'
import { createSession } from '../../db/system.ts'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

/** Less than the half minute for which a process keeps what it knows of a key. */
const patience = { timeout: 15_000 }

let api: Api
let studio: TestStudio
let admin: Person
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  admin = await studio.person('admin')
})
afterAll(() => api.close())

const add = async (name: string, role: string) =>
  (await api.as(admin).post('/service-accounts').send({ name, role })).body as { id: string; version: number }
async function keyFor(userId: string, scopes: string[]): Promise<Person> {
  const { body } = await api.as(admin).post('/api-keys').send({ name: 'Nightly', scopes, userId })
  return { ...admin, userId, token: body.token }
}

test('a service account works with the keys an admin makes for it, within its role', async () => {
  const { id } = await add('Importer', 'manager')
  const script = await keyFor(id, ['*'])
  const project = await api.as(script).post('/projects').send({ petName: 'Rex' })
  expect(project.status).toBe(201)
  expect((await api.as(script).post('/users').send({})).body.code).toBe('auth.forbidden')
  await vi.waitFor(async () => {
    const { body } = await api.as(admin).get(`/service-accounts/${id}`)
    expect(body).toMatchObject({ name: 'Importer', role: 'manager', activeKeys: 1, lastUsedAt: expect.any(String) })
  }, patience)

  // No work is given to it, it is no colleague, and nobody finds it among people.
  expect((await api.as(admin).post(`/projects/${project.body.id}/assign`).send({ userId: id })).status).toBe(422)
  const person = await studio.person('artist')
  const given = await api.as(admin).post(`/projects/${project.body.id}/assign`).send({ userId: person.userId })
  expect(given.status).toBe(200)
  const team = await api.as(admin).get('/users?include=total&limit=100')
  expect(team.text).toContain(person.userId)
  expect(team.text).not.toContain(id)
  expect(team.body.total).toBe(team.body.items.length)
  expect((await api.as(admin).get('/service-accounts?include=total')).body).toMatchObject({ total: 1 })
  expect((await api.as(admin).get(`/service-accounts/${person.userId}`)).status).toBe(404)
})

test('ending it ends its keys at once, and it can be let in again', async () => {
  const { id, version } = await add('Robot', 'artist')
  const script = await keyFor(id, ['projects:read'])
  expect((await api.as(script).get('/projects')).status).toBe(200)
  const end = (etag: string) => api.as(admin).post(`/service-accounts/${id}/deactivate`).set('If-Match', etag)
  expect((await end('"v99"')).status).toBe(412)
  expect((await end(`"v${version}"`)).body).toMatchObject({ status: 'deactivated' })
  await vi.waitFor(
    async () => expect((await api.as(script).get('/projects')).body.code).toBe('auth.key_owner_deactivated'),
    patience,
  )
  expect((await api.as(admin).post(`/service-accounts/${id}/reactivate`)).body).toMatchObject({ status: 'active' })
  await vi.waitFor(async () => expect((await api.as(script).get('/projects')).status).toBe(200), patience)
})

test('it never counts as the last admin', async () => {
  const other = await api.studio()
  const boss = await other.person('admin')
  const made = await api.as(boss).post('/service-accounts').send({ name: 'Root', role: 'admin' })
  expect(made.status).toBe(201)
  const leaves = () => api.as(boss).post(`/users/${boss.userId}/deactivate`)
  expect((await leaves()).body.code).toBe('user.last_admin')
  await other.person('admin')
  expect((await leaves()).status).toBe(200)
})

test('it has no way to sign in: no session, no password', async () => {
  const { id } = await add('Sleeper', 'artist')
  const session = (userId: string) => ({
    id: newId(),
    userId,
    organizationId: studio.organizationId,
    refreshHash: 'x',
    userAgent: '',
    address: '',
    lifetimeSeconds: 60,
  })
  await expect(createSession(api.deps.db, session(id))).rejects.toMatchObject({ cause: { code: '42501' } })
  await expect(createSession(api.deps.db, session(admin.userId))).resolves.toBeUndefined()
  const setHash = (userId: string) =>
    api.owner.query("update users set password_hash = '$2b$04$x' where id = $1", [userId])
  await expect(setHash(id)).rejects.toMatchObject({ code: '23514' })
  const login = await api
    .as(null)
    .post('/auth/login')
    .send({ email: `${id}@service.invalid`, password: 'anything-long' })
  expect(login.status).toBe(401)
})

test('only who manages keys makes one', async () => {
  const manager = await studio.person('manager')
  const refused = await api.as(manager).post('/service-accounts').send({ name: 'Mine', role: 'artist' })
  expect(refused.body).toMatchObject({ status: 403, detail: expect.stringContaining('api-keys:manage') })
})
