import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type BuildKit, openBuildKit } from '../../../test/build-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { startWorkerProcess, type WorkerProcess } from '../../../test/worker-process.ts'
import { sha256 } from '../../core/crypto.ts'
import { buildHost } from '../../hosting/host-app.ts'

let kit: BuildKit
let host: FastifyInstance
let admin: Person
const workers: WorkerProcess[] = []
beforeAll(async () => {
  kit = await openBuildKit()
  host = await buildHost(kit.api.deps)
  admin = await kit.studio.person('admin')
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})
afterAll(async () => {
  await host.close()
  await kit.api.close()
})

const as = (person: Person = admin) => kit.api.as(person)

async function startWorker(dieAfter?: string) {
  const { appUrl, deps } = kit.api
  const settings = { databaseUrl: appUrl, dataDir: deps.config.dataDir, ...(dieAfter && { dieAfter }) }
  const worker = await startWorkerProcess(settings)
  workers.push(worker)
  return worker
}

/** A customer with a pet whose photo has become a sprite, a build and a live game. */
async function customerWithGame(name: string, pet: string, email: string) {
  const account = await as().post('/accounts').send({ name, contact: { name, email } }).expect(201)
  const contact = (await as().get(`/accounts/${account.body.id}`)).body.contacts[0].id as string
  const projectId = await kit.newProject(kit.manager, {
    petName: pet,
    customerName: name,
    customerEmail: email,
    petPersonality: `${pet} loves ${name}`,
    notes: `${name} calls on Mondays`,
  })
  await as(kit.manager)
    .post(`/projects/${projectId}/messages`)
    .send({ body: `Good news, ${name}` })
    .expect(201)
  await kit.sprite(projectId)
  const build = (
    await as(kit.manager).post(`/projects/${projectId}/builds`).send({ templateId: 'catcher' }).expect(202)
  ).body.id as string
  await kit.run(build)
  const slug = `${pet.toLowerCase()}-game`
  const url = await as(kit.manager).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)
  await as(kit.manager).post(`/urls/${url.body.id}/deploy`).send({ buildId: build }).expect(200)
  const row = await kit.rowOf(build)
  const photo = (await as().get(`/projects/${projectId}/assets?assetType=photo`)).body.items[0]
  const bundle = `/_b/${row.digest}/game.html`
  return { contact, projectId, slug, url: url.body.id as string, build, digest: row.digest as string, photo, bundle }
}
type Customer = Awaited<ReturnType<typeof customerWithGame>>

/** Key -> digest of everything the studio has in the store. */
async function stored(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const { store } = kit.api.deps
  for (const { key } of await store.list(`${kit.studio.organizationId}/`)) {
    const bytes = await store.get(key)
    if (bytes) found.set(key, sha256(bytes))
  }
  return found
}

async function keysOf({ projectId, digest }: Customer): Promise<string[]> {
  const { rows } = await kit.api.owner.query<{ key: string }>(
    'select v.storage_key as key from asset_variants v join assets a on a.id = v.asset_id where a.project_id = $1',
    [projectId],
  )
  const bundle = [...(await stored()).keys()].filter((key) => key.includes(digest))
  return [...rows.map(({ key }) => key), ...bundle]
}

async function statusOf(address: string): Promise<number> {
  const games = new URL(kit.api.deps.config.gamesOrigin).host
  return (await host.inject({ url: address, headers: { host: games } })).statusCode
}

/** Tables in which a word stands anywhere, in the clear. */
async function tablesWith(word: string): Promise<string[]> {
  const { rows } = await kit.api.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition order by 1`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const hit = await kit.api.owner.query(`select 1 from ${name} t where t::text ilike $1 limit 1`, [`%${word}%`])
    if (hit.rowCount) found.push(name)
  }
  return found
}

test('an erasure follows a photo into sprite, build and live game, survives a crash, and touches no other pet', async () => {
  const anna = await customerWithGame('Annabel Quint', 'Zorro', 'annabel@quint.test')
  const bert = await customerWithGame('Bertram Voss', 'Milou', 'bertram@voss.test')
  for (const { slug, bundle, photo } of [anna, bert]) {
    expect([await statusOf(`/${slug}/`), await statusOf(bundle)]).toEqual([200, 200])
    expect((await kit.download(photo.urls.original)).status).toBe(200)
  }
  const hers = await keysOf(anna)
  const his = await keysOf(bert)
  const before = await stored()
  expect(hers.length).toBeGreaterThan(6)
  expect(await tablesWith('annabel quint')).toEqual(
    expect.arrayContaining(['accounts', 'contacts', 'messages', 'projects']),
  )

  const subject = { contactId: anna.contact }
  const preview = await as().post('/people/erasures/preview').send({ subject })
  expect(preview.body).toMatchObject({
    name: 'Annabel Quint',
    projects: [{ id: anna.projectId, petName: 'Zorro' }],
    photos: 1,
    sprites: 1,
    builds: 1,
    messages: 1,
    liveGames: [{ slug: anna.slug, kept: false }],
  })
  expect(await statusOf(`/${anna.slug}/`)).toBe(200)
  expect((await as(kit.manager).post('/people/erasures').send({ subject, reason: 'asked' })).status).toBe(403)
  const asked = await as().post('/people/erasures').send({ subject, reason: 'asked by letter' })
  expect(asked.status, asked.text).toBe(202)

  const doomed = await startWorker('erase-person:pictures')
  expect(await doomed.ended).toBe('SIGKILL')
  const heir = await startWorker()
  await heir.waitFor((line) => line.msg === 'job done' && line.job === 'erase-person', 40)
  const done = (await as().get(`/people/erasures/${asked.body.id}`)).body
  expect(done).toMatchObject({ status: 'finished', erased: { projects: 1, pictures: 2, builds: 1, addresses: 1 } })

  // Nothing of hers is served any more, to whoever kept an address; all of his is.
  await expect.poll(() => statusOf(`/${anna.slug}/`)).toBe(410)
  await expect.poll(() => statusOf(anna.bundle)).toBe(404)
  expect((await kit.download(anna.photo.urls.original)).status).toBe(404)
  expect([await statusOf(`/${bert.slug}/`), await statusOf(bert.bundle)]).toEqual([200, 200])
  expect((await kit.download(bert.photo.urls.original)).status).toBe(200)

  // Nothing of hers is stored any more; every byte of his is what it was.
  const after = await stored()
  expect(hers.filter((key) => after.has(key))).toEqual([])
  expect(his.map((key) => after.get(key))).toEqual(his.map((key) => before.get(key)))
  for (const word of ['annabel', 'quint.test', 'zorro loves'])
    expect({ word, tables: await tablesWith(word) }).toEqual({ word, tables: [] })
  expect(await tablesWith('bertram voss')).toEqual(
    expect.arrayContaining(['accounts', 'contacts', 'messages', 'projects']),
  )
  const { rows } = await kit.api.owner.query(
    "select count(*)::int as n from audit where action = 'user:erasure:finished' and entity_id = $1",
    [asked.body.id],
  )
  expect(rows).toEqual([{ n: 1 }])
  const keys = await kit.api.owner.query('select key_cipher from person_keys where subject_id = any($1)', [
    [anna.contact, anna.projectId],
  ])
  expect(keys.rows).toEqual([{ key_cipher: null }, { key_cipher: null }])
  const verified = await as().get('/audit/verify')
  expect(verified.body).toMatchObject({ intact: true, fault: null })
}, 120_000)
