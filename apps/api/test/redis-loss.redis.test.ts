import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createRedisShared } from '../src/adapters/redis-shared.ts'
import { buildApp } from '../src/app.ts'
import { inTenant } from '../src/core/in-tenant.ts'
import { emit } from '../src/core/outbox.ts'
import { relayOrganization } from '../src/jobs/relay.ts'
import type { App } from '../src/plugins/types.ts'
import { type Api, type Person, startApi, type TestStudio } from './harness.ts'
import { type RedisServer, startRedis } from './parts/redis.ts'

// Redis holds only what may vanish: the tests below run in order, with it, without it, and with it again.

interface Message {
  type: string
  room?: string
  data?: { userId?: string; note?: string }
}

let api: Api
let app: App
let address: string
let server: RedisServer
let studio: TestStudio
let manager: Person
let artist: Person
let page: WebSocket
let messages: Message[]
const shared: { close(): Promise<void> }[] = []
const warnings: string[] = []

beforeAll(async () => {
  server = await startRedis()
  api = await startApi()
  const connected = createRedisShared({ url: server.url, onError: () => undefined })
  shared.push(connected)
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) })
  app = await buildApp({ ...api.deps, shared: connected }, { loggerInstance: log })
  address = `127.0.0.1:${await listen(app)}`
  studio = await api.studio()
  manager = await studio.person('manager')
  artist = await studio.person('artist')
})
afterAll(async () => {
  page?.terminate()
  await app?.close()
  await Promise.all(shared.map((one) => one.close()))
  await api?.close()
  await server?.stop()
})

async function listen(which: App): Promise<number> {
  await which.listen({ port: 0, host: '127.0.0.1' })
  return (which.server.address() as AddressInfo).port
}

function me(): Promise<Response> {
  return fetch(`http://${address}/api/v1/me`, { headers: { authorization: `Bearer ${manager.token}` } })
}

function guessPassword(): Promise<Response> {
  return fetch(`http://${address}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'nobody@example.test', password: 'a wrong password' }),
  })
}

function open(person: Person): { socket: WebSocket; heard: Message[] } {
  const socket = new WebSocket(`ws://${address}/api/v1/events`, {
    headers: { authorization: `Bearer ${person.token}` },
  })
  const heard: Message[] = []
  socket.on('message', (raw: Buffer) => heard.push(JSON.parse(raw.toString()) as Message))
  return { socket, heard }
}

function hears(heard: Message[], fits: Partial<Message>): Promise<void> {
  return expect.poll(() => heard, { timeout: 30_000, interval: 20 }).toContainEqual(expect.objectContaining(fits))
}

async function happen(note: string): Promise<void> {
  const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
  await inTenant(api.deps.db, actor, (tx) => emit(tx, actor, 'studio:updated', { data: { note } }))
  await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
}

const limitWarnings = () => warnings.filter((line) => line.includes('rate limits are counted by each process'))

test('with Redis, limits are counted there', async () => {
  expect((await me()).status).toBe(200)
  const client = new Redis(server.url)
  expect(await client.keys('sc:limit:*')).toContain(`sc:limit:all:${manager.userId}`)
  client.disconnect()
  ;({ socket: page, heard: messages } = open(manager))
  await hears(messages, { type: 'ready' })
  expect(warnings).toEqual([])
})

test('killed, it takes neither the API down nor the limits away, and is complained of once', async () => {
  process.kill(server.pid, 'SIGKILL')
  await server.stop()
  for (let i = 0; i < 5; i += 1) expect((await me()).status).toBe(200)
  const statuses = []
  for (let i = 0; i < 11; i += 1) statuses.push((await guessPassword()).status)
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
  expect(limitWarnings()).toHaveLength(1)
  // Each of the guesses costs a real bcrypt.
}, 120_000)

test('without Redis, events go on live, and new pages come in', async () => {
  await happen('without redis')
  await hears(messages, { type: 'studio:updated' })
  const late = open(artist)
  await hears(late.heard, { type: 'ready' })
  late.socket.send(JSON.stringify({ type: 'typing', room: 'org' }))
  await happen('still without redis')
  await expect.poll(() => late.heard.map(({ data }) => data?.note)).toContain('still without redis')
  expect(late.socket.readyState).toBe(WebSocket.OPEN)
  expect(page.readyState).toBe(WebSocket.OPEN)
  late.socket.close()
})

test('back again, it counts and carries presence by itself', async () => {
  server = await startRedis(server.port)
  const client = new Redis(server.url)
  const counted = async () => {
    await me()
    return client.exists(`sc:limit:all:${manager.userId}`)
  }
  await expect.poll(counted, { timeout: 30_000, interval: 200 }).toBe(1)
  client.disconnect()
  await expect
    .poll(
      async () => {
        const visitor = open(artist)
        await hears(visitor.heard, { type: 'ready' })
        visitor.socket.close()
        return messages
      },
      { timeout: 30_000, interval: 100 },
    )
    .toContainEqual(expect.objectContaining({ type: 'user:joined', room: 'org' }))
})
