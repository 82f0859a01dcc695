import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { isPublicAddress } from './public-address.ts'
import { fetchUnder, type OutgoingPolicy, safeFetch, trusting } from './safe-fetch.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const nobody: OutgoingPolicy = { allowHosts: [], allowRanges: [], allowHttp: true }
const loopback: OutgoingPolicy = { ...nobody, allowRanges: [{ network: '127.0.0.1', prefix: 32 }] }

const asked: { url: string; headers: IncomingMessage['headers']; body: string }[] = []
let server: Server
let base: string
let port: number

beforeAll(async () => {
  server = createServer((request, reply) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push({ url: request.url ?? '', headers: request.headers, body })
      answer(request.url ?? '', reply)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
  base = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  const closed = new Promise((done) => server.close(done))
  // One is asked for what never ends.
  server.closeAllConnections()
  await closed
})

function answer(path: string, reply: ServerResponse): void {
  if (path.startsWith('/to?')) reply.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end()
  else if (path === '/loop') reply.writeHead(302, { location: '/loop' }).end()
  else if (path === '/large') reply.writeHead(200).end(Buffer.alloc(200_000))
  else if (path === '/packed') reply.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
  else if (path === '/never') reply.writeHead(200).write('half')
  else if (path === '/cut') reply.writeHead(200, { 'content-length': '10' }).end('half', () => reply.destroy())
  else if (path === '/none') reply.writeHead(204).end()
  else reply.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end('fine')
}

/** Every way in which URL parsers take an IPv4 address. */
function spellings([a = 0, b = 0, c = 0, d = 0]: readonly number[]): string[] {
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  const hex = (value: number) => `0x${value.toString(16)}`
  const octal = (value: number) => `0${value.toString(8)}`
  const pair = (high: number, low: number) => ((high << 8) | low).toString(16)
  return [
    `${a}.${b}.${c}.${d}`,
    `${a}.${b}.${c}.${d}.`,
    `${number}`,
    hex(number),
    `0${number.toString(8)}`,
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${a}.${b}.${(c << 8) | d}`,
    `%3${String(a)[0]}${String(a).slice(1)}.${b}.${c}.${d}`,
    `[::ffff:${a}.${b}.${c}.${d}]`,
    `[::ffff:${pair(a, b)}:${pair(c, d)}]`,
    `[::${pair(a, b)}:${pair(c, d)}]`,
    `[64:ff9b::${a}.${b}.${c}.${d}]`,
    `[64:ff9b:1::${pair(a, b)}:${pair(c, d)}]`,
    `[2002:${pair(a, b)}:${pair(c, d)}::1]`,
    `[2001:0:${pair(a, b)}:${pair(c, d)}::]`,
  ]
}

const byte = fc.integer({ min: 0, max: 255 })
const inside: [name: string, address: fc.Arbitrary<number[]>][] = [
  ['this host', fc.tuple(fc.constant(0), byte, byte, byte)],
  ['loopback', fc.tuple(fc.constant(127), byte, byte, byte)],
  ['private 10/8', fc.tuple(fc.constant(10), byte, byte, byte)],
  ['private 172.16/12', fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte)],
  ['private 192.168/16', fc.tuple(fc.constant(192), fc.constant(168), byte, byte)],
  ['carrier NAT', fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte)],
  ['link-local and metadata', fc.tuple(fc.constant(169), fc.constant(254), byte, byte)],
  ['multicast and reserved', fc.tuple(fc.integer({ min: 224, max: 255 }), byte, byte, byte)],
]

test.each(inside)('refuses %s in every spelling, before a socket is opened', async (_name, addresses) => {
  await fc.assert(
    fc.asyncProperty(addresses, async (address) => {
      for (const host of spellings(address)) {
        await expect(safeFetch(`http://${host}:${port}/`, {}, nobody), host).rejects.toMatchObject({ fault: 'refused' })
      }
    }),
    { numRuns: 40 },
  )
  expect(asked).toEqual([])
})

test('an address is public as the registries say, on either side of each border', () => {
  const refused = `0.0.0.0 9.255.255.256 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.255.255.255
    168.63.129.16 169.254.169.254 172.16.0.0 172.31.255.255 192.0.0.192 192.0.2.1 192.168.255.255 198.18.0.1
    198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fec0::1
    fc00::1 fd00:ec2::254 ff02::1 ::ffff:8.8.8.8 64:ff9b::808:808 2001::1 2001:db8::1 2002:808:808::1 3fff::1
    fe80::1%lo 100::1 5f00::1 name`
  const accepted = `1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.0.1
    172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2606:4700::1111
    2001:4860:4860::8888 2a00:1450::1`
  expect(refused.split(/\s+/).filter(isPublicAddress)).toEqual([])
  expect(accepted.split(/\s+/).filter((address) => !isPublicAddress(address))).toEqual([])
})

test('goes out where the policy names the host or its range, and not where only half of it fits', async () => {
  const goes = async (url: string, policy: OutgoingPolicy) => (await safeFetch(url, {}, policy)).text()
  const strict = { ...nobody, allowHttp: false }
  expect(await goes(base, loopback)).toBe('fine')
  expect(await goes(base, trusting(strict, base))).toBe('fine')
  const refused = { fault: 'refused' }
  await expect(goes(base, { ...loopback, allowHttp: false })).rejects.toMatchObject(refused)
  await expect(goes(base, trusting(strict, 'http://127.0.0.1:1/'))).rejects.toMatchObject(refused)
  await expect(goes('ftp://127.0.0.1/', loopback)).rejects.toMatchObject(refused)
  await expect(goes('http://me:secret@127.0.0.1/', loopback)).rejects.toMatchObject(refused)
  await expect(goes('no address', loopback)).rejects.toMatchObject(refused)
})

test('a name is resolved once, and the socket goes to the address that was checked', async () => {
  const answers = ['127.0.0.1', '10.0.0.1']
  let times = 0
  const rebinding = async () => [{ address: answers[times++] ?? '', family: 4 }]
  const reply = await safeFetch(`http://rebinding.invalid:${port}/pinned`, {}, loopback, rebinding)
  expect(await reply.text()).toBe('fine')
  expect(times).toBe(1)
  expect(asked.at(-1)?.headers.host).toBe(`rebinding.invalid:${port}`)
})

test('one private address among public ones refuses the name, and the error does not tell which', async () => {
  const mixed = async () => [
    { address: '1.1.1.1', family: 4 },
    { address: '10.0.0.9', family: 4 },
  ]
  const error = await safeFetch('https://mixed.invalid/', {}, nobody, mixed).catch((caught: Error) => caught)
  expect(error).toMatchObject({ fault: 'refused', message: expect.not.stringContaining('10.0') })
})

test('a host that the operator names may be private, but never the metadata service', async () => {
  const named = trusting(nobody, `http://hook.invalid:${port}/`)
  const at = (address: string) => async () => [{ address, family: 4 }]
  const url = `http://hook.invalid:${port}/`
  expect((await safeFetch(url, {}, named, at('127.0.0.1'))).status).toBe(200)
  await expect(safeFetch(url, {}, named, at('169.254.169.254'))).rejects.toMatchObject({ fault: 'refused' })
})

test('redirects come back as they are, or are followed with every step checked', async () => {
  const to = (url: string) => `${base}/to?${encodeURIComponent(url)}`
  const follow = (url: string, init = {}) => safeFetch(url, { redirect: 'follow', ...init }, loopback)
  expect((await safeFetch(to('http://10.0.0.1/'), {}, loopback)).status).toBe(302)
  expect(await (await follow(to('/fine'))).text()).toBe('fine')
  await expect(follow(to('http://10.0.0.1/'))).rejects.toMatchObject({ fault: 'refused' })
  await expect(follow(to('file:///etc/passwd'))).rejects.toMatchObject({ fault: 'refused' })
  await expect(follow(`${base}/loop`)).rejects.toMatchObject({ fault: 'redirect' })
  await expect(follow(to('/fine'), { method: 'POST', body: 'x' })).rejects.toMatchObject({ fault: 'redirect' })
})

test('a redirect to another origin does not carry the credentials along', async () => {
  const policy = { ...loopback, allowRanges: [{ network: '127.0.0.0', prefix: 8 }] }
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const headers = { authorization: 'Bearer x', cookie: 'a=1', 'x-kept': '1', host: 'elsewhere' }
  const go = (url: string) =>
    safeFetch(`${base}/to?${encodeURIComponent(url)}`, { redirect: 'follow', headers }, policy, resolve)
  await go(`http://other.invalid:${port}/`)
  expect(asked.at(-1)?.headers).toMatchObject({ 'x-kept': '1', host: `other.invalid:${port}` })
  expect(asked.at(-1)?.headers).not.toHaveProperty('authorization')
  expect(asked.at(-1)?.headers).not.toHaveProperty('cookie')
  await go('/same')
  expect(asked.at(-1)?.headers).toMatchObject({ authorization: 'Bearer x', cookie: 'a=1', host: `127.0.0.1:${port}` })
})

test('bodies are bounded, whole and uncompressed, and time is bounded', async () => {
  const get = (path: string, init = {}) => safeFetch(base + path, init, loopback)
  expect((await (await get('/large')).arrayBuffer()).byteLength).toBe(200_000)
  await expect(get('/large', { maxBytes: 199_999 })).rejects.toMatchObject({ fault: 'too_large' })
  await expect(get('/packed')).rejects.toMatchObject({ fault: 'bad_reply' })
  await expect(get('/cut')).rejects.toMatchObject({ fault: 'unreachable' })
  await expect(get('/never', { timeoutMs: 80 })).rejects.toMatchObject({ fault: 'timeout' })
  const silent = safeFetch('http://silent.invalid/', { timeoutMs: 80 }, loopback, () => new Promise(() => undefined))
  await expect(silent).rejects.toMatchObject({ fault: 'timeout' })
  await expect(safeFetch('http://127.0.0.1:1/', {}, loopback)).rejects.toMatchObject({ fault: 'unreachable' })
})

test('is a fetch to the libraries that take one', async () => {
  const fetching = fetchUnder(loopback)
  const reply = await fetching(`${base}/form`, { method: 'POST', body: new URLSearchParams({ a: '1' }) })
  expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(asked.at(-1)).toMatchObject({ body: 'a=1', headers: { 'content-length': '3' } })
  expect(asked.at(-1)?.headers['content-type']).toContain('x-www-form-urlencoded')
  expect((await fetching(`${base}/none`)).status).toBe(204)
  await fetching(new Request(`${base}/request`, { method: 'PUT', body: 'kept' }))
  expect(asked.at(-1)).toMatchObject({ url: '/request', body: 'kept' })
})

test('the setting names hosts and ranges; development may call itself, production nobody', () => {
  const database = 'postgres://app:a-long-password@127.0.0.1/sparkle'
  const production = {
    NODE_ENV: 'production',
    DATABASE_URL: database,
    JWT_SECRET: 'x'.repeat(32),
    DATA_KEYS: Buffer.alloc(32).toString('base64'),
    PUBLIC_ORIGIN: 'https://studio.example',
    GAMES_ORIGIN: 'https://play.example',
  }
  expect(readConfig(production).outgoing).toEqual({ allowHosts: [], allowRanges: [], allowHttp: false })
  expect(readConfig({ ...production, OUTGOING_ALLOW: 'Hook.internal:8080, 10.1.0.0/16,fd00::/8' }).outgoing).toEqual({
    allowHosts: ['hook.internal:8080'],
    allowRanges: [
      { network: '10.1.0.0', prefix: 16 },
      { network: 'fd00::', prefix: 8 },
    ],
    allowHttp: false,
  })
  const { outgoing } = readConfig({})
  expect(outgoing.allowRanges.map(({ network }) => network)).toEqual(['127.0.0.0', '::1'])
  for (const wrong of ['hook.internal', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', 'https://a:1', 'a:1,,b:2'])
    expect(() => readConfig({ OUTGOING_ALLOW: wrong }), wrong).toThrow(/OUTGOING_ALLOW: must be name:port/)
})
