import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type supertest from 'supertest'
import type { CreateApiKeyInput } from '@sparkle/shared/api-keys'
import { openListener } from '../../core/listener.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { buildApp } from '../../app.ts'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { consentVersion } from '../orders/orders.rules.ts'
import { warnOfEndingKeys } from './api-keys.service.ts'

/** Less than the half minute for which a process keeps what it knows of a key. */
const patience = { timeout: 15_000 }

let api: Api
let studio: TestStudio
let admin: Person
let manager: Person
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  admin = await studio.person('admin')
  manager = await studio.person('manager')
})
afterAll(() => api.close())

const make = (person: Person, input: Partial<CreateApiKeyInput> = {}) =>
  api
    .as(person)
    .post('/api-keys')
    .send({ name: 'Script', scopes: ['projects:*'], ...input })
/** Whoever holds the key: the harness only needs a bearer token. */
const holder = (person: Person, made: supertest.Response): Person => ({ ...person, token: made.body.token })
const keyOf = async (person: Person, input: Partial<CreateApiKeyInput> = {}) =>
  holder(person, await make(person, input))

describe('a script with a key', () => {
  test('does what its scopes name, and is told what it lacks', async () => {
    const made = await make(manager, { scopes: ['orders:create', 'projects:read'] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ status: 'active', userId: manager.userId, userKind: 'person', lastUsedAt: null })
    const script = holder(manager, made)
    const order = await api
      .as(script)
      .post('/orders')
      .send({
        customer: { name: 'Ann', email: 'ann@example.test' },
        pet: { name: 'Rex' },
        packageType: 'custom',
        gameConfig: { theme: 'garden', difficulty: 'easy', features: [] },
        consent: { version: consentVersion },
      })
    expect(order.body).toMatchObject({ orderNumber: expect.any(String), projectId: expect.any(String) })
    const list = await api.as(script).get('/projects')
    expect(list.status).toBe(200)
    expect(list.body.items.length).toBeGreaterThan(0)
    const id = list.body.items[0].id
    const refused = await api.as(script).patch(`/projects/${id}`).send({ notes: 'x' })
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ code: 'auth.forbidden', detail: expect.stringContaining('projects:update') })
    expect((await api.as(manager).patch(`/projects/${id}`).send({ notes: 'x' })).status).toBe(200)

    const { rows } = await api.owner.query(
      "select changes from audit where actor_id = $1 and action = 'order:received'",
      [manager.userId],
    )
    expect(rows[0].changes.viaKey).toEqual({ id: made.body.id, name: 'Script' })
  })

  test('may no more than its person may now', async () => {
    const person = await studio.person('manager')
    const script = await keyOf(person, { scopes: ['urls:*', 'projects:read'] })
    expect((await api.as(script).get('/urls')).status).toBe(200)
    expect((await api.as(script).get('/users')).status).toBe(403)
    expect((await api.as(person).get('/users')).status).toBe(200)
    await api.as(admin).post(`/users/${person.userId}/role`).send({ role: 'moderator' })
    await vi.waitFor(async () => expect((await api.as(script).get('/urls')).status).toBe(403), patience)
    expect((await api.as(script).get('/projects')).status).toBe(200)
  })

  test('reaches neither sign-in, keys nor what wants a second look, whatever its scopes', async () => {
    const script = await keyOf(admin, { scopes: ['*'] })
    const request = api.as(script)
    const refused = [
      await request.get('/api-keys'),
      await request.post('/api-keys').send({ name: 'More', scopes: ['*'] }),
      await request.get('/service-accounts'),
      await request.get('/me/sessions'),
      await request.patch('/me').send({ displayName: 'Mallory' }),
      await request.post('/me/password').send({ currentPassword: 'x', newPassword: 'y' }),
      await request.post(`/users/${manager.userId}/role`).send({ role: 'admin' }),
      await request.patch(`/users/${manager.userId}`).send({ role: 'admin' }),
      await request.post('/auth/logout'),
    ]
    expect(refused.map((reply) => [reply.status, reply.body.code])).toEqual(
      refused.map(() => [403, 'auth.key_not_allowed']),
    )
    const me = await request.get('/me')
    expect(me.status).toBe(200)
    expect((await request.get('/users')).status).toBe(200)
    expect((await request.get('/nowhere')).status).toBe(404)
  })

  test('leaves the time and place of its last use, without being counted as a sign-in', async () => {
    const made = await make(manager)
    await api.as(holder(manager, made)).get('/projects')
    await vi.waitFor(async () => {
      const { body } = await api.as(manager).get(`/api-keys/${made.body.id}`)
      expect(body).toMatchObject({ lastUsedAt: expect.any(String), lastUsedAddress: expect.any(String), version: 1 })
    }, patience)
  })

  test('is limited by itself', async () => {
    const [one, other] = [await keyOf(manager), await keyOf(manager)]
    const first = await api.as(one).get('/projects')
    const second = await api.as(one).get('/projects')
    expect(Number(second.headers['ratelimit-remaining'])).toBe(Number(first.headers['ratelimit-remaining']) - 1)
    expect((await api.as(other).get('/projects')).headers['ratelimit-remaining']).toBe(
      first.headers['ratelimit-remaining'],
    )
  })
})

describe('a key that is no good', () => {
  const codeWith = async (person: Person) => {
    const { status, body } = await api.as(person).get('/projects')
    return `${status} ${body.code ?? ''}`
  }

  test('is refused with a code of its own: unknown, spoiled, expired', async () => {
    const script = await keyOf(manager)
    expect(await codeWith(script)).toBe('200 ')
    expect(await codeWith({ ...script, token: `${script.token}x` })).toBe('401 auth.key_invalid')
    const made = await make(manager)
    const unused = holder(manager, made)
    await api.owner.query('delete from api_keys where id = $1', [made.body.id])
    expect(await codeWith(unused)).toBe('401 auth.key_invalid')
    const late = await make(manager)
    await api.owner.query('update api_keys set expires_at = now() where id = $1', [late.body.id])
    expect(await codeWith(holder(manager, late))).toBe('401 auth.key_expired')
    const refused = await api.as({ ...script, token: 'sk_nothing' }).get('/projects')
    expect(refused.headers).toMatchObject({ ratelimit: expect.any(String), 'x-request-id': expect.any(String) })
  })

  test('revoked in one process, it is refused in another at once', async () => {
    const listener = await openListener(api.appUrl, { warn: () => undefined })
    const other = await buildApp({ ...api.deps, listener }, { logger: false })
    try {
      const made = await make(manager)
      const asks = () =>
        other.inject({ url: '/api/v1/projects', headers: { authorization: `Bearer ${made.body.token}` } })
      expect((await asks()).statusCode).toBe(200)
      const stale = await api.as(manager).delete(`/api-keys/${made.body.id}`).set('If-Match', '"v9"')
      expect(stale.status).toBe(412)
      expect((await asks()).statusCode).toBe(200)
      expect((await api.as(manager).delete(`/api-keys/${made.body.id}`).set('If-Match', '"v1"')).status).toBe(204)
      await vi.waitFor(async () => expect((await asks()).json().code).toBe('auth.key_revoked'), patience)
      expect((await api.as(manager).delete(`/api-keys/${made.body.id}`)).status).toBe(204)
      expect((await api.as(manager).get(`/api-keys/${made.body.id}`)).body).toMatchObject({ status: 'revoked' })
    } finally {
      await other.close()
      await listener.close()
    }
  })

  test('ends with its person, and with its studio', async () => {
    const away = await api.studio()
    const boss = await away.person('admin')
    const person = await away.person('manager')
    const script = await keyOf(person)
    const theirs = await keyOf(boss)
    expect([await codeWith(script), await codeWith(theirs)]).toEqual(['200 ', '200 '])
    await api.as(boss).post(`/users/${person.userId}/deactivate`)
    await vi.waitFor(async () => expect(await codeWith(script)).toBe('401 auth.key_owner_deactivated'), patience)
    const unused = await keyOf(boss)
    await api.owner.query('update organizations set suspended_at = now() where id = $1', [away.organizationId])
    expect(await codeWith(unused)).toBe('403 organization.suspended')
  })
})

describe('making and listing keys', () => {
  test('nobody gives what they may not do, or makes one for a person', async () => {
    const foreign = await make(manager, { scopes: ['projects:read', 'users:*'] })
    expect(foreign.body).toMatchObject({ status: 403, code: 'api_key.scope_not_yours' })
    expect((await make(manager, { expiresAt: null })).body.code).toBe('api_key.endless')
    expect((await make(admin, { expiresAt: null })).body.expiresAt).toBeNull()
    expect((await make(admin, { userId: manager.userId })).body.code).toBe('api_key.not_yours')
    expect((await make(manager, { scopes: ['nothing:known'] })).status).toBe(422)
    expect((await make(manager, { scopes: ['platform:read'] })).status).toBe(422)
    const client = await studio.person('owner')
    expect((await make(client, { scopes: ['projects:read'] })).status).toBe(403)
  })

  test('its text is kept nowhere: not in rows, not in events, not in the audit', async () => {
    const { body } = await make(manager)
    const secret = body.token.slice(body.prefix.length + 1)
    for (const table of ['api_keys', 'audit', 'outbox', 'idempotency_keys']) {
      const { rows } = await api.owner.query(`select count(*)::int as n from ${table} t where t::text like $1`, [
        `%${secret}%`,
      ])
      expect(rows[0].n, table).toBe(0)
    }
    const again = await api.as(manager).get(`/api-keys/${body.id}`)
    expect(again.body.token).toBeUndefined()
    expect(again.headers.etag).toBe('"v1"')
  })

  test('people see their own, managers of keys see all, page by page', async () => {
    const person = await studio.person('artist')
    const ids: string[] = []
    for (const name of ['a', 'b', 'c']) ids.push((await make(person, { name, scopes: ['projects:read'] })).body.id)
    const first = await api.as(person).get('/api-keys?limit=2&include=total&sort=createdAt')
    expect(first.body.total).toBe(3)
    const second = await api.as(person).get(`/api-keys?limit=2&sort=createdAt&cursor=${first.body.nextCursor}`)
    expect([...first.body.items, ...second.body.items].map((key) => key.id)).toEqual(ids)
    expect(second.body.nextCursor).toBeNull()
    expect((await api.as(person).get('/api-keys?owner=everybody')).status).toBe(403)
    expect((await api.as(manager).get(`/api-keys/${ids[0]}`)).status).toBe(404)
    expect((await api.as(manager).delete(`/api-keys/${ids[0]}`)).status).toBe(404)
    expect((await api.as(admin).get(`/api-keys?userId=${person.userId}`)).body.items).toHaveLength(3)
    expect((await api.as(admin).delete(`/api-keys/${ids[0]}`)).status).toBe(204)
    expect((await api.as(person).get('/api-keys?status=active')).body.items).toHaveLength(2)
  })

  test('an end within a week is told once', async () => {
    const other = await api.studio()
    const person = await other.person('manager')
    const soon = new Date(Date.now() + 6 * 86_400_000).toISOString()
    await make(person, { name: 'Ends soon', expiresAt: soon })
    await make(person, { name: 'Ends later' })
    const actor = { kind: 'system', organizationId: other.organizationId, job: 'test' } as const
    const warn = () => inTenant(api.deps.db, actor, (tx) => warnOfEndingKeys(tx, actor))
    expect(await warn()).toBe(1)
    expect(await warn()).toBe(0)
    const { rows } = await api.owner.query(
      "select data from outbox where organization_id = $1 and type = 'user:key:expiring'",
      [other.organizationId],
    )
    expect(rows.map((row) => row.data)).toEqual([
      expect.objectContaining({ keyName: 'Ends soon', ownerId: person.userId }),
    ])
  })
})
