import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { sweepDocuments } from './project-files.sweeps.ts'

let api: Api
let studio: TestStudio
let manager: Person
let projectId: string

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  projectId = (await api.as(manager).post('/projects').send({ petName: 'Rex' })).body.id
})
afterAll(() => api.close())

const reserve = (body: object) => api.as(manager).post(`/projects/${projectId}/files/uploads`).send(body)

/** Sends the bytes to the signed address, as a browser does. */
async function send(upload: { url: string; headers: Record<string, string> }, bytes: Buffer) {
  const { pathname } = new URL(upload.url)
  const reply = await api.app.inject({ method: 'PUT', url: pathname, headers: upload.headers, payload: bytes })
  return reply.statusCode
}

async function put(filename: string, content: string, fileId?: string) {
  const bytes = Buffer.from(content)
  const { body, status, text } = await reserve({ filename, mimeType: 'text/html', sizeBytes: bytes.length, fileId })
  expect(status, text).toBe(201)
  expect(await send(body.upload, bytes)).toBe(204)
  const done = await api.as(manager).post(`/project-files/uploads/${body.uploadId}/complete`)
  expect(done.status, done.text).toBe(200)
  return { ...done.body, uploadId: body.uploadId, upload: body.upload }
}
const download = (url: string) => api.app.inject({ method: 'GET', url: new URL(url).pathname })

test('a document goes up, comes down as an attachment of no type, gets versions, another name, and goes', async () => {
  const first = await put('Vertrag „Käse".html', '<script>alert(1)</script>')
  expect(first).toMatchObject({ name: 'Vertrag „Käse".html', versionCount: 1, current: { number: 1, sizeBytes: 25 } })

  const reply = await download(first.current.downloadUrl)
  expect(reply.statusCode).toBe(200)
  expect(reply.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect(reply.headers['content-disposition']).toMatch(/^attachment; .*filename\*=UTF-8''Vertrag%20/)
  expect(reply.body).toBe('<script>alert(1)</script>')

  const second = await put('neu.html', 'second', first.id)
  expect(second).toMatchObject({ id: first.id, name: first.name, versionCount: 2, current: { number: 2 } })
  const versions = await api.as(manager).get(`/project-files/${first.id}/versions`)
  expect(versions.body.items.map((one: { number: number }) => one.number)).toEqual([2, 1])
  expect((await download(versions.body.items[1].downloadUrl)).body).toContain('alert')

  const renamed = await api.as(manager).patch(`/project-files/${first.id}`).send({ name: '../Contract.html' })
  expect(renamed.body.name).toBe('Contract.html')
  const list = () => api.as(manager).get(`/projects/${projectId}/files`)
  expect((await list()).body.items).toHaveLength(1)

  const stale = await api.as(manager).delete(`/project-files/${first.id}`).set('if-match', '"v1"')
  expect(stale.status).toBe(412)
  expect((await api.as(manager).delete(`/project-files/${first.id}`)).status).toBe(204)
  expect((await list()).body.items).toEqual([])
  expect((await download(first.current.downloadUrl)).statusCode).toBe(404)
  const { rows } = await api.owner.query(`select type from outbox where type like 'project:file:%' order by created_at`)
  expect(rows.map(({ type }) => type.split(':')[2])).toEqual(['added', 'added', 'renamed', 'deleted'])
})

test('a document that the store has lost or that was changed there is not sent, and is no download', async () => {
  const made = await put('lost.txt', 'what was stored')
  const recorded = async () =>
    (await api.owner.query("select 1 from audit where entity_id = $1 and action = 'document:downloaded'", [made.id]))
      .rowCount
  const { rows } = await api.owner.query('select storage_key as key from project_file_versions where file_id = $1', [
    made.id,
  ])
  await api.deps.store.put(rows[0].key, Buffer.from('something else'), 'text/plain')
  expect([(await download(made.current.downloadUrl)).statusCode, await recorded()]).toEqual([500, 0])
  await api.deps.store.delete(rows[0].key)
  expect([(await download(made.current.downloadUrl)).statusCode, await recorded()]).toEqual([404, 0])
  await api.deps.store.put(rows[0].key, Buffer.from('what was stored'), 'text/plain')
  expect([(await download(made.current.downloadUrl)).statusCode, await recorded()]).toEqual([200, 1])
})

test('what was confirmed stays: the signed request can no longer change it', async () => {
  const made = await put('a.txt', 'true')
  expect(await send(made.upload, Buffer.from('lies'))).toBe(204)
  expect((await download(made.current.downloadUrl)).body).toBe('true')
  const again = await api.as(manager).post(`/project-files/uploads/${made.uploadId}/complete`)
  expect([again.status, again.body.versionCount]).toEqual([200, 1])
  expect((await download(made.current.downloadUrl)).body).toBe('true')
})

test('nothing is listed before it has arrived, and what never does is swept', async () => {
  const { body } = await reserve({ filename: 'late.pdf', sizeBytes: 10 })
  const early = await api.as(manager).post(`/project-files/uploads/${body.uploadId}/complete`)
  expect([early.status, early.body.code]).toEqual([409, 'upload.missing'])
  expect((await api.as(manager).get(`/project-files/${body.fileId}`)).status).toBe(404)
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
  const waiting = async () =>
    (await api.owner.query('select 1 from project_files where id = $1', [body.fileId])).rowCount
  await sweepDocuments(api.deps, actor)
  expect(await waiting()).toBe(1)
  await api.owner.query(`update project_file_versions set created_at = now() - interval '25 hours' where id = $1`, [
    body.uploadId,
  ])
  await sweepDocuments(api.deps, actor)
  expect(await waiting()).toBe(0)
})

test('too large, of no name, for a customer or on the wrong project: refused', async () => {
  expect((await reserve({ filename: 'a.iso', sizeBytes: 52_428_801 })).status).toBe(422)
  expect((await reserve({ filename: 'a.iso', sizeBytes: 52_428_800 })).status).toBe(201)
  expect((await reserve({ filename: '..', sizeBytes: 1 })).status).toBe(422)
  const customer = await studio.person('owner')
  await api.owner.query('update projects set account_id = $1 where id = $2', [customer.accountId, projectId])
  expect((await api.as(customer).get(`/projects/${projectId}`)).status).toBe(200)
  expect((await api.as(customer).get(`/projects/${projectId}/files`)).status).toBe(404)
  const file = await put('b.txt', 'b')
  const other = (await api.as(manager).post('/projects').send({ petName: 'Bo' })).body.id
  const astray = await api
    .as(manager)
    .post(`/projects/${other}/files/uploads`)
    .send({ filename: 'c', sizeBytes: 1, fileId: file.id })
  expect([astray.status, astray.body.code]).toEqual([404, 'project_file.not_found'])
})
