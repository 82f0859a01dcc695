import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type BuildKit, openBuildKit } from '../../../test/build-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { startWorkerProcess, type WorkerProcess } from '../../../test/worker-process.ts'
import { createCdnPurge } from '../../adapters/cdn-purge.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { buildHost } from '../../hosting/host-app.ts'
import { erasePerson } from './erase-person.ts'

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
  return { contact, ...(await gameOf(name, pet, email)) }
}

let gamesMade = 0
async function gameOf(name: string, pet: string, email: string) {
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
  gamesMade += 1
  const slug = `some-game-${gamesMade}`
  const url = await as(kit.manager).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)
  await as(kit.manager).post(`/urls/${url.body.id}/deploy`).send({ buildId: build }).expect(200)
  const row = await kit.rowOf(build)
  const photo = (await as().get(`/projects/${projectId}/assets?assetType=photo`)).body.items[0]
  const bundle = `/_b/${row.digest}/game.html`
  return { projectId, slug, url: url.body.id as string, build, digest: row.digest as string, photo, bundle }
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
    `select v.storage_key as key from asset_variants v join assets a on a.id = v.asset_id where a.project_id = $1
     union all select v.storage_key from project_file_versions v join project_files f on f.id = v.file_id where f.project_id = $1`,
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

/** A document, a version with words about it, and what a customer decided. */
async function reviewOf({ projectId, build }: Customer, person: Person, name: string): Promise<void> {
  const { owner, deps } = kit.api
  const org = kit.studio.organizationId
  const [file, fileVersion] = [newId(), newId()]
  const key = `${org}/documents/${fileVersion}`
  await deps.store.put(key, Buffer.from(`Contract with ${name}`), 'application/pdf')
  await owner.query(
    `insert into project_files (organization_id, id, project_id, name, current_number) values ($1, $2, $3, $4, 1)`,
    [org, file, projectId, `${name}.pdf`],
  )
  await owner.query(
    `insert into project_file_versions (organization_id, id, file_id, number, filename, mime_type, size_bytes, storage_key, digest, arrived_at)
     values ($1, $2, $3, 1, $4, 'application/pdf', 8, $5, $6, now())`,
    [org, fileVersion, file, `${name}.pdf`, key, sha256(`Contract with ${name}`)],
  )
  const version = await as(kit.manager)
    .post(`/projects/${projectId}/versions`)
    .send({ buildId: build, changelog: `${name} wanted it louder` })
    .expect(201)
  await owner.query(
    `insert into version_decisions (organization_id, version_id, user_id, decision, note, checklist, on_behalf)
     values ($1, $2, $3, 'approve', $4, $5, false)`,
    [org, version.body.id, person.userId, `${name} is happy`, JSON.stringify([`${name}'s wish`])],
  )
}

/** Everything that a person has to sign in with. */
async function keysToSignIn({ userId, email }: Person): Promise<void> {
  const { owner, deps } = kit.api
  const cipher = deps.crypto.encrypt(email, 'users.email')
  await owner.query('insert into second_factors (user_id, secret_cipher) values ($1, $2)', [userId, cipher])
  await owner.query("insert into recovery_codes (user_id, code_hash) values ($1, 'x')", [userId])
  await owner.query(
    "insert into passkeys (id, user_id, credential_id, public_key, counter, name) values ($1, $2, $3, 'x', 0, 'Annabel''s phone')",
    [newId(), userId, newId()],
  )
  await owner.query("insert into person_mails (id, kind, user_id) values ($1, 'passwordChanged', $2)", [
    newId(),
    userId,
  ])
}
const signInTables = ['sessions', 'second_factors', 'recovery_codes', 'passkeys', 'person_mails']

test('an erasure follows a photo into sprite, build and live game, survives a crash, and touches no other pet', async () => {
  const person = await kit.studio.person('owner')
  const anna = await customerWithGame('Annabel Quint', 'Zorro', person.email)
  await keysToSignIn(person)
  await reviewOf(anna, person, 'Annabel Quint')
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
    documents: 1,
    reviews: 1,
  })
  expect((await as(person).get('/me')).status).toBe(200)
  expect(await statusOf(`/${anna.slug}/`)).toBe(200)
  expect((await as(kit.manager).post('/people/erasures').send({ subject, reason: 'asked' })).status).toBe(403)
  const asked = await as().post('/people/erasures').send({ subject, reason: 'asked by letter' })
  expect(asked.status, asked.text).toBe(202)

  const doomed = await startWorker('erase-person:pictures')
  expect(await doomed.ended).toBe('SIGKILL')
  const heir = await startWorker()
  await heir.waitFor((line) => line.msg === 'job done' && line.job === 'erase-person', 40)
  const done = (await as().get(`/people/erasures/${asked.body.id}`)).body
  expect(done).toMatchObject({
    status: 'finished',
    erased: { projects: 1, pictures: 2, builds: 1, addresses: 1, documents: 1 },
  })

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
  for (const word of ['annabel', 'zorro', person.email])
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
  await expect.poll(async () => (await as(person).get('/me')).status).toBe(401)
  const { rows: left } = await kit.api.owner.query(
    `${signInTables.map((table) => `select '${table}' as in from ${table} where user_id = $1`).join(' union all ')}
     union all select 'users' from users where id = $1 and display_name <> 'Erased person'`,
    [person.userId],
  )
  expect(left).toEqual([])
  const verified = await as().get('/audit/verify')
  expect(verified.body).toMatchObject({ intact: true, fault: null })
}, 120_000)

test('a game without a picture stays live and a document is kept where that is chosen; caches forget the rest', async () => {
  const told: { prefixes: string[] }[] = []
  const cdn = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      told.push(JSON.parse(body))
      response.end()
    })
  }).listen(0, '127.0.0.1')
  const { deps, owner } = kit.api
  const carl = await customerWithGame('Carl Berg', 'Fidel', 'carl@berg.test')
  const plain = await gameOf('Carl Berg', 'Nala', 'carl@berg.test')
  await owner.query("update builds set assets = '{}' where id = $1", [plain.build])
  await as(kit.manager).patch(`/urls/${carl.url}`).send({ slug: 'another-name' }).expect(200)
  await reviewOf(carl, admin, 'Carl Berg')

  const choices = { games: 'keepWithoutPhotos', documents: 'keep' }
  const subject = { contactId: carl.contact }
  const preview = await as()
    .post('/people/erasures/preview')
    .send({ subject, ...choices })
    .expect(200)
  expect(preview.body.kept).toContain('documents')
  const asked = await as()
    .post('/people/erasures')
    .send({ subject, reason: 'x', ...choices })
    .expect(202)
  const actor = { kind: 'system', organizationId: kit.studio.organizationId, job: 'erase-person' } as const
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const event = {
    organizationId: kit.studio.organizationId,
    seq: 1,
    id: newId(),
    type: 'user:erasure:requested',
    at: '2026-01-01T00:00:00.000000Z',
    projectId: null,
    actorId: null,
    actorName: null,
    data: { erasureId: asked.body.id },
  } as const
  const url = `http://127.0.0.1:${(cdn.address() as AddressInfo).port}/purge`
  const cdnPurge = createCdnPurge({ url, secret: 'secret' }, deps.config.outgoing)
  await erasePerson({ ...deps, cdnPurge }, event, {
    attempt: 1,
    actor,
    log: silent,
    step: (_name, work) => work(),
  })
  cdn.close()

  await expect.poll(() => statusOf('/another-name/')).toBe(410)
  expect([await statusOf(`/${plain.slug}/`), await statusOf(plain.bundle)]).toEqual([200, 200])
  const origin = deps.config.gamesOrigin
  expect(told.flatMap(({ prefixes }) => prefixes).toSorted()).toEqual(
    [`/another-name/`, `/${carl.slug}/`, `/_b/${carl.digest}/`].map((path) => origin + path).toSorted(),
  )
  expect((await as(kit.manager).get(`/projects/${carl.projectId}/files`)).body.items).toMatchObject([
    { name: 'Carl Berg.pdf' },
  ])
}, 120_000)
