import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import supertest from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../test/harness.ts'
import { buildApp } from '../app.ts'
import { createCrypto, keyId } from '../core/crypto.ts'
import { newId } from '../core/ids.ts'
import { connect } from '../core/in-tenant.ts'
import { isCipherColumn } from '../db/columns.ts'
import { globalCiphers, tenantCiphers } from './cipher-columns.ts'
import { assertIndexKey } from './index-key.ts'
import { rotateKeys } from './rotate-keys.ts'

/** The harness encrypts under this one, and its indexes follow from it. */
const old = Buffer.alloc(32, 7)
const fresh = createHash('sha256').update('a newer key').digest()

let api: Api
let studio: TestStudio
let manager: Person

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(() => api.close())

const appUnder = (...keys: Buffer[]) => {
  const crypto = createCrypto(keys, old)
  const db = connect(api.deps.db.$client, crypto)
  return buildApp({ ...api.deps, crypto, db }, { logger: false, strictReplies: true })
}

/** One row in every column that holds ciphers, written as its writers do, besides what the harness made. */
async function fillColumns(): Promise<void> {
  const { crypto } = api.deps
  const person = await studio.person('artist')
  const neighbour = await api.studio()
  await api.owner.query('update users set pending_email_cipher = $2 where id = $1', [
    person.userId,
    crypto.encrypt('next@example.test', 'users.email'),
  ])
  await api.owner.query('insert into second_factors (user_id, secret_cipher) values ($1, $2)', [
    person.userId,
    crypto.encrypt('c2VjcmV0', `second_factors.secret:${person.userId}`),
  ])
  await api.owner.query("insert into person_mails (id, kind, user_id, to_cipher) values ($1, 'emailChanged', $2, $3)", [
    newId(),
    person.userId,
    crypto.encrypt('before@example.test', 'users.email'),
  ])
  for (const { organizationId, ...rest } of [studio, neighbour]) {
    const { accountId } = await rest.person('owner')
    await api.owner.query(
      `insert into contacts (organization_id, id, account_id, name, email_cipher, phone_cipher)
       values ($1, $2, $3, 'Ann', $4, $5)`,
      [
        organizationId,
        newId(),
        accountId,
        crypto.encrypt('ann@example.test', 'contacts.email'),
        crypto.encrypt('+44', 'contacts.phone'),
      ],
    )
  }
  await api.owner.query(
    'insert into notification_settings (organization_id, user_id, phone_cipher) values ($1, $2, $3)',
    [studio.organizationId, person.userId, crypto.encrypt('+44', 'notification_settings.phone')],
  )
  await api.owner.query(
    `insert into push_subscriptions (organization_id, id, user_id, endpoint_index, subscription_cipher, device)
     values ($1, $2, $3, 'x', $4, 'x')`,
    [studio.organizationId, newId(), person.userId, crypto.encrypt('{}', 'push.subscription')],
  )
  const providerId = newId()
  await api.owner.query(
    `insert into identity_providers (organization_id, id, kind, name, issuer, default_role, client_secret_cipher, last_test_cipher)
     values ($1, $2, 'oidc', 'Work', 'https://id.example.test', 'artist', $3, $4)`,
    [
      studio.organizationId,
      providerId,
      crypto.encrypt('hidden', `identity_providers.client_secret:${providerId}`),
      crypto.encrypt('{}', `identity_providers.last_test:${providerId}`),
    ],
  )
  const invited = await api
    .as(await studio.person('admin'))
    .post('/users')
    .send({ email: 'new@example.test', role: 'artist' })
  expect(invited.status, invited.text).toBe(201)
}

const project = (name: string) => ({
  name,
  customerName: 'Ann Lee',
  customerEmail: 'ann@example.test',
  customerPhone: '+44 20 7946 0000',
  petName: 'Chelsea',
  packageType: 'custom',
})

test('the list of columns holds every one that the schema has, and no other', async () => {
  const folder = new URL('../db/tables/', import.meta.url)
  const { rows } = await api.owner.query<{ name: string }>(
    `select c.table_name || '.' || c.column_name as name from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name like '%cipher%' order by 1`,
  )
  const listed = [...tenantCiphers, ...globalCiphers].map(({ name }) => name).toSorted()
  expect(listed).toEqual(rows.map(({ name }) => name))
  const declared: string[] = []
  for (const file of await readdir(folder)) {
    const tables = Object.values((await import(new URL(file, folder).href)) as object).filter((one) => is(one, PgTable))
    for (const table of tables as PgTable[]) {
      const { name, columns } = getTableConfig(table)
      declared.push(...columns.filter(isCipherColumn).map((column) => `${name}.${column.name}`))
    }
  }
  expect(declared.toSorted()).toEqual(listed)
})

test('keys rotate while everybody works; afterwards the old one can go', async () => {
  await fillColumns()
  const both = createCrypto([fresh, old], old)
  // A deployment half-way: some processes write under the new key already, some only read it.
  const [before, after] = await Promise.all([appUnder(old, fresh), appUnder(fresh, old)])
  await Promise.all([before.ready(), after.ready()])
  const call = (app: typeof before, method: 'get' | 'post' | 'patch', path: string) =>
    supertest(app.server)[method](`/api/v1${path}`).set('authorization', `Bearer ${manager.token}`)

  // More than one batch takes.
  const names = Array.from({ length: 60 }, (_, i) => `Old ${i}`)
  const made = await Promise.all(names.map((name) => call(before, 'post', '/projects').send(project(name))))
  const ids: string[] = made.map(({ body }) => body.id)
  const statuses: number[] = []
  let working = true
  const work = async (app: typeof before, seed: number) => {
    for (let i = seed; working; i += 1) {
      const id = ids[i % ids.length]
      const seen = await call(app, 'get', `/projects/${id}`)
      const written = await call(app, 'patch', `/projects/${id}`).send({ customerEmail: `ann${i}@example.test` })
      const added = await call(app, 'post', '/projects').send(project(`Load ${i}`))
      statuses.push(seen.status, written.status, added.status)
    }
  }
  const firstLoad = [work(before, 0), work(after, 40)]
  const progress: number[] = []
  await rotateKeys(api.deps.db, both, { onProgress: (rotated) => progress.push(rotated) })
  working = false
  await Promise.all(firstLoad)
  expect(progress.at(-1)).toBeGreaterThanOrEqual(2 * names.length)

  // Now everybody writes under the new key.
  working = true
  const lastLoad = [work(after, 0), work(after, 60)]
  const done = await rotateKeys(api.deps.db, both)
  working = false
  await Promise.all(lastLoad)
  expect(statuses.length).toBeGreaterThan(20)
  expect(statuses.filter((status) => status !== 200 && status !== 201)).toEqual([])

  const again = await rotateKeys(api.deps.db, both)
  expect(again).toMatchObject({ rotated: 0, stale: 0 })
  const newest = keyId(fresh)
  expect(Object.keys(again.counts).toSorted()).toEqual(
    [...tenantCiphers, ...globalCiphers].map((c) => c.name).toSorted(),
  )
  for (const [name, keys] of Object.entries(again.counts)) expect(Object.keys(keys), name).toEqual([newest])
  expect(done.stale).toBe(0)

  const alone = await appUnder(fresh)
  await alone.ready()
  const read = await call(alone, 'get', `/projects/${ids[0]}`)
  expect(read.body).toMatchObject({ customerPhone: '+44 20 7946 0000' })
  const found = await call(alone, 'get', `/projects?q=${encodeURIComponent(read.body.customerEmail)}`)
  expect(found.body.items.map(({ id }: { id: string }) => id)).toContain(ids[0])
  expect(JSON.stringify((await call(alone, 'get', '/me')).body)).toContain(manager.email)
  const onlyNew = createCrypto([fresh], old)
  const { rows: factors } = await api.owner.query('select user_id, secret_cipher from second_factors')
  expect(onlyNew.decrypt(factors[0].secret_cipher, `second_factors.secret:${factors[0].user_id}`)).toBe('c2VjcmV0')

  // The control: the old key alone no longer opens anything.
  const onlyOld = await appUnder(old)
  await onlyOld.ready()
  expect((await call(onlyOld, 'get', `/projects/${ids[0]}`)).status).toBe(500)
  await Promise.all([before.close(), after.close(), alone.close(), onlyOld.close()])
}, 120_000)

test('the index key is remembered, and another one is refused', async () => {
  await assertIndexKey(api.deps.db, createCrypto([old]))
  await assertIndexKey(api.deps.db, createCrypto([fresh, old]))
  await assertIndexKey(api.deps.db, createCrypto([fresh], old))
  await expect(assertIndexKey(api.deps.db, createCrypto([fresh]))).rejects.toThrow(/INDEX_KEY/)
  await expect(assertIndexKey(api.deps.db, createCrypto([old, fresh]))).rejects.toThrow(/INDEX_KEY/)
})
