import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { ServerLine } from './parts/server-process.ts'
import { type SplitWorld, startSplitWorld } from './split-world.ts'

// One installation of many processes. The tests run in order: the last one stops everything.

const example = fileURLToPath(new URL('../../../tools/order-to-play.ts', import.meta.url))
const sockets: WebSocket[] = []
let world: SplitWorld
let token: string

interface Heard {
  type: string
  room?: string
  projectId?: string
}

beforeAll(async () => {
  world = await startSplitWorld()
}, 120_000)
afterAll(async () => {
  sockets.forEach((socket) => socket.terminate())
  await world?.stop()
}, 120_000)

async function call<T>(origin: string, method: string, path: string, body?: unknown): Promise<T> {
  const reply = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${await reply.text()}`)
  return (await reply.json()) as T
}

async function signIn(who: string): Promise<string> {
  const credentials = { email: `${who}@sparkle.test`, password: 'sparkle-demo-2026' }
  return (await call<{ accessToken: string }>(world.studioOrigin, 'POST', '/auth/login', credentials)).accessToken
}

/** A connection that nothing is asked on. */
async function openConnection(origin: string): Promise<void> {
  const { hostname, port } = new URL(origin)
  const connection = connect(Number(port), hostname)
  connection.on('error', () => undefined)
  await once(connection, 'connect')
}

/** A page's socket; resolves when it hears everything live. */
async function openEvents(origin: string, bearer: string): Promise<{ socket: WebSocket; heard: Heard[] }> {
  const address = `${origin.replace('http', 'ws')}/api/v1/events`
  const socket = new WebSocket(address, { headers: { authorization: `Bearer ${bearer}` } })
  sockets.push(socket)
  const heard: Heard[] = []
  socket.on('message', (raw: Buffer) => heard.push(JSON.parse(raw.toString()) as Heard))
  await expectHeard(heard, { type: 'ready' })
  return { socket, heard }
}

function expectHeard(heard: Heard[], fits: Partial<Heard>): Promise<void> {
  return expect.poll(() => heard, { timeout: 30_000, interval: 10 }).toContainEqual(expect.objectContaining(fits))
}

test('an order becomes a game that is played, through the proxy, by the public API alone', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [example], {
    env: { PATH: process.env['PATH'], STUDIO_URL: world.studioOrigin },
  })
  expect(stdout).toContain('The studio sees 1 view, 1 play, best score 120.')
}, 120_000)

test('the customer has mail, and every file is in the object store', async () => {
  const mail = await world.mails.waitFor(({ to }) => to.includes('ada@customer.test'))
  expect(mail.content.html).toContain(world.studioOrigin)

  const client = new S3Client({
    endpoint: world.s3.endpoint,
    region: world.s3.region,
    forcePathStyle: true,
    credentials: { accessKeyId: world.s3.accessKeyId, secretAccessKey: world.s3.secretAccessKey },
  })
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: world.s3.bucket }))
  client.destroy()
  expect(Contents.length).toBeGreaterThan(10)
  expect(await readdir(world.dataDir)).toEqual([])
})

test('a deploy by one API is served by both hosts', async () => {
  token = await signIn('manager')
  const [apiA, apiB] = world.apis
  const { items: live } = await call<{ items: { projectId: string; liveBuildId: string; slug: string }[] }>(
    apiA,
    'GET',
    '/urls?status=active',
  )
  const chelsea = live.find(({ slug }) => slug.startsWith('chelsea-'))
  if (!chelsea) throw new Error('The example has left no live address.')
  const slug = `split-${Date.now()}`
  const address = await call<{ id: string }>(apiA, 'POST', `/projects/${chelsea.projectId}/urls`, { slug })
  // Asked before: what the hosts remember of it must not outlive the deploy.
  for (const host of world.hosts) expect((await fetch(`${host}/${slug}/`)).status).toBe(404)
  await call(apiB, 'POST', `/urls/${address.id}/deploy`, { buildId: chelsea.liveBuildId, replaces: null })
  const began = performance.now()
  for (const host of world.hosts) {
    await expect.poll(async () => (await fetch(`${host}/${slug}/`)).status, { timeout: 30_000, interval: 5 }).toBe(200)
    console.info(`${host} serves it ${Math.round(performance.now() - began)} ms after the deploy`)
  }
  const page = await fetch(`${world.gamesOrigin}/${slug}/`)
  expect(await page.text()).toContain('<iframe')
})

test('a page at one API hears what happens at the other, and who comes there', async () => {
  const [apiA, apiB] = world.apis
  const atA = await openEvents(apiA, token)
  const atProxy = await openEvents(world.studioOrigin, token)
  const { id } = await call<{ id: string }>(apiB, 'POST', '/projects', {
    name: 'Heard everywhere',
    petName: 'Echo',
    packageType: 'express',
    gameConfig: { theme: 'meadow', difficulty: 'easy', features: [] },
  })
  for (const { heard } of [atA, atProxy]) await expectHeard(heard, { type: 'project:created', projectId: id })

  await openEvents(apiB, await signIn('artist'))
  await expectHeard(atA.heard, { type: 'user:joined', room: 'org' })
})

test('limits are counted for all processes together, by an address that nobody can choose', async () => {
  const ask = async (origin: string, forwarded: string) =>
    Number(
      (
        await fetch(`${origin}/api/v1/public/studios/sparkle`, { headers: { 'x-forwarded-for': forwarded } })
      ).headers.get('ratelimit-remaining'),
    )
  const [apiA, apiB] = world.apis
  const first = await ask(apiA, '203.0.113.9')
  expect(await ask(apiB, '203.0.113.9')).toBe(first - 1)
  expect(await ask(apiA, '198.51.100.1, 203.0.113.9')).toBe(first - 2)
  expect(await ask(apiA, '203.0.113.10')).toBe(first)

  const throughProxy = await ask(world.studioOrigin, '203.0.113.11')
  expect(await ask(world.studioOrigin, '203.0.113.12')).toBe(throughProxy - 1)
})

test('the proxy serves the pages, under the policy the API would send', async () => {
  const page = await fetch(`${world.studioOrigin}/projects`)
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  const direct = await fetch(`${world.apis[0]}/projects`)
  expect(page.headers.get('content-security-policy')).toBe(direct.headers.get('content-security-policy'))
})

test('every process stops cleanly, with pages open that do not answer, and has logged nothing bad', async () => {
  sockets[0]?.pause()
  // As browsers do, which open connections before they need them.
  await Promise.all([...world.apis, ...world.hosts].map(openConnection))
  const began = performance.now()
  for (const one of world.processes) one.signal('SIGTERM')
  for (const one of world.processes) {
    expect(await one.ended, one.output().slice(-2000)).toEqual({ code: 0, signal: null })
  }
  console.info(`all six stopped within ${Math.round(performance.now() - began)} ms`)
  // There is no scanner in this world, and a process in production says so when it starts.
  const isBad = ({ level, msg }: ServerLine) => level >= 40 && !msg.startsWith('CLAMAV_URL is not set')
  for (const one of world.processes) expect(one.log().filter(isBad)).toEqual([])
}, 120_000)
