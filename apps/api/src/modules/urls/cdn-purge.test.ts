import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { startWorker, type Worker } from '../../jobs/worker.ts'
import { eventually } from '../../../test/hosting.ts'
import { startApi, type Api } from '../../../test/harness.ts'

const secret = 'a secret that only this test uses'
interface Call {
  headers: Record<string, string | string[] | undefined>
  body: string
}
const calls: Call[] = []
let hook: Server
let api: Api
let worker: Worker

beforeAll(async () => {
  // The first try meets a CDN that is away; the second one is redirected, which must not be followed.
  hook = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      calls.push({ headers: request.headers, body })
      const [status, head] = [503, 307, 204].map(
        (one) => [one, one === 307 ? { location: '/elsewhere' } : {}] as const,
      )[Math.min(calls.length - 1, 2)] ?? [204, {}]
      response.writeHead(status, head).end()
    })
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/purge`
  api = await startApi({ CDN_PURGE_URL: url, CDN_PURGE_SECRET: secret })
  worker = await startWorker(api.deps, { databaseUrl: api.appUrl, log: pino({ level: 'silent' }), sweeps: [] })
})
afterAll(async () => {
  await worker.stop()
  await api.close()
  hook.close()
})

test('a change to an address tells the CDN what to forget: signed, tried again, not redirected, once', async () => {
  const studio = await api.studio()
  const manager = await studio.person('manager')
  await api.owner.query(
    "insert into game_domains (organization_id, id, domain, token, status) values ($1, $2, 'games.own.test', 'x', 'verified')",
    [studio.organizationId, newId()],
  )
  const projectId = (await api.as(manager).post('/projects').send({ petName: 'Rex' }).expect(201)).body.id
  const reserved = await api.as(manager).post(`/projects/${projectId}/urls`).send({ slug: 'rex-first' }).expect(201)
  await api.as(manager).patch(`/urls/${reserved.body.id}`).send({ slug: 'rex-second' }).expect(200)

  await eventually(async () => calls.length >= 3, 15_000)
  const [first, second, third] = calls
  expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(second?.body).toBe(first?.body)
  const { origin, port } = new URL(api.deps.config.gamesOrigin)
  expect(JSON.parse(third?.body ?? '')).toEqual({
    type: 'url:renamed',
    at: expect.any(String),
    prefixes: [origin, `http://games.own.test:${port}`].flatMap((one) => [`${one}/rex-second/`, `${one}/rex-first/`]),
  })
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = third?.headers ?? {}
  const expected = createHmac('sha256', secret).update(`${id}.${at}.${third?.body}`).digest('base64')
  expect(signature).toBe(`v1,${expected}`)

  // A studio's domains and words are in every page there, and on the pages of its expired games.
  await api.owner.query("update urls set status = 'expired', ended_at = now() where id = $1", [reserved.body.id])
  const admin = await studio.person('admin')
  const page = { message: 'Call us.', linkLabel: '', linkUrl: '' }
  await api.as(admin).put('/hosting-page').send(page).expect(200)
  const last = () => calls.slice(3).map((call) => JSON.parse(call.body))
  await eventually(async () => last().length >= 1, 15_000)
  const { body } = await api.as(admin).get('/domains').expect(200)
  await api.as(admin).delete(`/domains/${body.items[0].id}`).expect(204)
  await eventually(async () => last().length >= 2, 15_000)
  const ownDomain = `http://games.own.test:${port}/`
  expect(Object.fromEntries(last().map(({ type, prefixes }) => [type, prefixes]))).toEqual({
    'studio:page:updated': [ownDomain, `${origin}/rex-second/`],
    'studio:domain:removed': [ownDomain],
  })
})
