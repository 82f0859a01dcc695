import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { startDns, type TestDns } from '../../../test/parts/dns.ts'
import { startApi, type Api, type Person, type TestStudio } from '../../../test/harness.ts'
import { checkDomains } from './domains.sweeps.ts'

let api: Api
let dns: TestDns
let studio: TestStudio
let admin: Person
let manager: Person

beforeAll(async () => {
  dns = await startDns()
  api = await startApi({ DNS_SERVERS: dns.address })
  studio = await api.studio()
  admin = await studio.person('admin')
  manager = await studio.person('manager')
})
afterAll(async () => {
  await api.close()
  await dns.close()
})

let count = 0
const freshDomain = () => `games${(count += 1)}.studio.example`

interface Added {
  id: string
  domain: string
  version: number
  status: string
  record: { type: string; name: string; value: string }
}

async function add(domain = freshDomain(), person = admin): Promise<Added> {
  return (await api.as(person).post('/domains').send({ domain }).expect(201)).body as Added
}

/** Publishes the record and has it looked for. */
async function prove(added: Added, person = admin) {
  dns.records.set(added.record.name, ['v=spf1 -all', added.record.value])
  return api.as(person).post(`/domains/${added.id}/verify`)
}

const sweep = (of = studio) =>
  checkDomains(api.deps, { kind: 'system', organizationId: of.organizationId, job: 'domains' })
const longAgo = (id: string, column: 'checked_at' | 'missing_since') =>
  api.owner.query(`update game_domains set ${column} = now() - interval '4 days' where id = $1`, [id])
const eventsOf = async (id: string) =>
  (
    await api.owner.query(`select type from outbox where data ->> 'domainId' = $1 order by created_at, id`, [id])
  ).rows.map(({ type }) => type)

test('a domain is proven by its record in the DNS and by nothing else', async () => {
  const added = await add('Games.Pets.Example.')
  expect(added).toMatchObject({ domain: 'games.pets.example', status: 'pending', isPrimary: false })
  expect(added.record).toMatchObject({ type: 'TXT', name: '_sparkle.games.pets.example' })
  const verify = async () => (await api.as(admin).post(`/domains/${added.id}/verify`).expect(200)).body
  expect(await verify()).toMatchObject({ status: 'pending', checkedAt: expect.any(String) })
  dns.records.set(added.record.name, ['sparkle-verify=somebody-else'])
  expect((await verify()).status).toBe('pending')
  dns.records.set(added.record.name, 'broken')
  expect((await verify()).status).toBe('pending')
  dns.records.set(added.record.name, [`${'x'.repeat(300)}`, added.record.value])
  expect(await verify()).toMatchObject({ status: 'verified', verifiedAt: expect.any(String) })
  expect(await eventsOf(added.id)).toEqual(['studio:domain:added', 'studio:domain:verified'])

  await api
    .as(admin)
    .post('/domains')
    .send({ domain: 'games.pets.example' })
    .expect(409, /domain.exists/)
  await api
    .as(admin)
    .post('/domains')
    .send({ domain: '127.0.0.1' })
    .expect(422, /domain.refused/)
  await api
    .as(admin)
    .post('/domains')
    .send({ domain: 'localhost' })
    .expect(422, /domain.refused/)
  await api.as(manager).post('/domains').send({ domain: freshDomain() }).expect(403)
  expect((await api.as(manager).get('/domains').expect(200)).body.items).toHaveLength(1)
  await api.as(admin).delete(`/domains/${added.id}`).set('if-match', '"v1"').expect(412)
  await api.as(admin).delete(`/domains/${added.id}`).expect(204)
})

test('a proven domain is one studio’s: another may add it and not have it, until the first one lets go', async () => {
  const other = await api.studio()
  const stranger = await other.person('admin')
  const domain = freshDomain()
  const [mine, theirs] = [await add(domain), await add(domain, stranger)]
  expect(mine.record.value).not.toBe(theirs.record.value)
  dns.records.set(mine.record.name, [mine.record.value, theirs.record.value])
  const replies = await Promise.all([
    api.as(admin).post(`/domains/${mine.id}/verify`),
    api.as(stranger).post(`/domains/${theirs.id}/verify`),
  ])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  const [loser, loserId, winner, winnerId] =
    replies[0]?.status === 409 ? [admin, mine.id, stranger, theirs.id] : [stranger, theirs.id, admin, mine.id]
  await api
    .as(loser)
    .post(`/domains/${loserId}/verify`)
    .expect(409, /domain.taken/)
  await api.as(winner).delete(`/domains/${winnerId}`).expect(204)
  await api
    .as(loser)
    .post(`/domains/${loserId}/verify`)
    .expect(200, /"verified"/)
})

test('the primary domain stands in every address that is given, and goes with its proof', async () => {
  const projectId = (await api.as(manager).post('/projects').send({ petName: 'Rex' }).expect(201)).body.id
  const slug = `rex-${newId().slice(-6)}`
  const url = (await api.as(manager).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)).body
  const fullUrl = async () => (await api.as(manager).get(`/urls/${url.id}`)).body.fullUrl
  const added = await add()
  const setPrimary = (isPrimary: boolean, id = added.id) => api.as(admin).patch(`/domains/${id}`).send({ isPrimary })
  await setPrimary(true).expect(409, /domain.not_verified/)
  await prove(added)
  expect(await fullUrl()).toBe(`${api.deps.config.gamesOrigin}/${slug}/`)
  await setPrimary(true).expect(200)
  expect(await fullUrl()).toBe(`http://${added.domain}:${new URL(api.deps.config.gamesOrigin).port}/${slug}/`)
  const second = await add()
  await prove(second)
  await setPrimary(true, second.id).expect(200)
  expect(await fullUrl()).toContain(second.domain)
  expect((await api.as(manager).get(`/search?q=${slug}`)).body.addresses[0].fullUrl).toBe(await fullUrl())
  // Two who choose at once, with none chosen: one after the other, and the last one stays.
  for (let round = 0; round < 5; round += 1) {
    for (const id of [added.id, second.id]) await setPrimary(false, id).expect(200)
    const both = await Promise.all([setPrimary(true), setPrimary(true, second.id)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
  }
  await setPrimary(true, second.id).expect(200)
  const { items } = (await api.as(admin).get('/domains')).body
  expect(items.filter((one: { isPrimary: boolean }) => one.isPrimary)).toHaveLength(1)

  dns.records.delete(second.record.name)
  const state = async () =>
    (await api.owner.query('select status, is_primary from game_domains where id = $1', [second.id])).rows
  expect(await sweep()).toBe(0)
  await longAgo(second.id, 'checked_at')
  expect(await sweep()).toBe(1)
  expect(await state()).toEqual([{ status: 'verified', is_primary: true }])
  await longAgo(second.id, 'checked_at')
  await longAgo(second.id, 'missing_since')
  dns.records.set(second.record.name, 'broken')
  await sweep()
  expect(await state()).toEqual([{ status: 'verified', is_primary: true }])
  dns.records.delete(second.record.name)
  await longAgo(second.id, 'checked_at')
  await sweep()
  expect(await state()).toEqual([{ status: 'lapsed', is_primary: false }])
  expect(await fullUrl()).toContain(api.deps.config.gamesOrigin)
  expect((await eventsOf(second.id)).at(-1)).toBe('studio:domain:lapsed')
})

test('a record that comes later is found unasked, and a studio has ten domains at most', async () => {
  const fresh = await api.studio()
  const boss = await fresh.person('admin')
  const added = await add(freshDomain(), boss)
  dns.records.set(added.record.name, [added.record.value])
  expect(await sweep(fresh)).toBe(1)
  expect((await api.as(boss).get('/domains')).body.items[0].status).toBe('verified')
  expect(await sweep(fresh)).toBe(0)
  for (let more = 1; more < 10; more += 1) await add(freshDomain(), boss)
  await api
    .as(boss)
    .post('/domains')
    .send({ domain: freshDomain() })
    .expect(409, /domain.too_many/)
})

test('a studio’s words where a game is not: bounded, with a link that is one', async () => {
  const empty = { message: '', linkLabel: '', linkUrl: '' }
  expect((await api.as(manager).get('/hosting-page').expect(200)).body).toEqual({ ...empty, version: 1 })
  const put = (body: object) => api.as(admin).put('/hosting-page').send(body)
  const words = { message: 'Ask us for a new game.', linkLabel: 'Our studio', linkUrl: 'https://studio.example/hello' }
  expect((await put(words).expect(200)).body).toMatchObject(words)
  for (const wrong of [
    { ...words, linkUrl: 'javascript:alert(1)' },
    { ...words, linkUrl: 'http://studio.example' },
    { ...words, linkUrl: 'https://user:pass@studio.example' },
    { ...words, linkLabel: '' },
    { ...words, message: 'x'.repeat(281) },
  ])
    await put(wrong).expect(422)
  await api.as(admin).put('/hosting-page').set('if-match', '"v9"').send(words).expect(412)
  expect((await put(empty).expect(200)).body).toMatchObject({ ...empty, version: 3 })
})
