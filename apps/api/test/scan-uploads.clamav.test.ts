import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi } from './harness.ts'
import { eicar, startClamd, type ClamdServer } from './parts/clamd.ts'
import { freePort } from './parts/process.ts'
import { makeZip } from './zips.ts'

let clamd: ClamdServer
let api: Api
let manager: Person
let projectId: string

beforeAll(async () => {
  const port = await freePort()
  clamd = await startClamd(port)
  api = await startApi({ CLAMAV_URL: clamd.url })
  manager = await (await api.studio()).person('manager')
  projectId = (await api.as(manager).post('/projects').send({ petName: 'Rex' })).body.id
})
afterAll(async () => {
  await api?.close()
  await clamd?.stop()
})

const index = { name: 'index.html', body: '<title>x</title>' }
const sendGame = (zip: Buffer) =>
  api
    .as(manager)
    .post(`/projects/${projectId}/builds/upload`)
    .attach('file', zip, { filename: 'game.zip', contentType: 'application/zip' })

async function sendDocument(bytes: Buffer) {
  const asked = { filename: 'contract.txt', mimeType: 'text/plain', sizeBytes: bytes.length }
  const { body } = await api.as(manager).post(`/projects/${projectId}/files/uploads`).send(asked).expect(201)
  const { pathname } = new URL(body.upload.url)
  await api.app.inject({ method: 'PUT', url: pathname, headers: body.upload.headers, payload: bytes })
  return api.as(manager).post(`/project-files/uploads/${body.uploadId}/complete`)
}

test("a studio's own game is scanned, packed files too", async () => {
  const clean = await sendGame(makeZip([index, { name: 'art.txt', body: 'a drawing' }]))
  expect(clean.status, clean.text).toBe(201)
  const infected = await sendGame(makeZip([index, { name: 'art.txt', body: eicar }]))
  expect([infected.status, infected.body.code]).toEqual([422, 'upload.infected'])
  expect(infected.body.detail).toContain('art.txt')
})

test('a game above what the scanner reads in one go passes; a file of it above that does not', async () => {
  const noise = (bytes: number) => randomBytes(bytes).toString('base64').slice(0, bytes)
  const half = Math.ceil(clamd.maxBytes * 0.75)
  const two = ['a.txt', 'b.txt'].map((name) => ({ name, body: noise(half) }))
  const large = await sendGame(makeZip([index, ...two]))
  expect(large.status, large.text).toBe(201)
  const tooLong = await sendGame(makeZip([index, { name: 'c.txt', body: noise(2 * half) }]))
  expect([tooLong.status, tooLong.body.code]).toEqual([422, 'upload.infected'])
})

test('a document is scanned before it can be downloaded', async () => {
  const clean = await sendDocument(Buffer.from('Dear customer,'))
  expect(clean.status, clean.text).toBe(200)
  const infected = await sendDocument(eicar)
  expect([infected.status, infected.body.code]).toEqual([422, 'upload.infected'])
  const { rows } = await api.owner.query('select 1 from project_file_versions')
  expect(rows, 'what is infected is kept nowhere').toHaveLength(1)
  const { body } = await api.as(manager).get(`/projects/${projectId}/files`)
  expect(body.items).toHaveLength(1)
})

test('nothing passes unscanned while the scanner is away', async () => {
  await clamd.stop()
  const replies = [await sendGame(makeZip([index])), await sendDocument(Buffer.from('Dear customer,'))]
  expect(replies.map(({ status, body }) => [status, body.code])).toEqual([
    [503, 'upload.not_scanned'],
    [503, 'upload.not_scanned'],
  ])
})
