import { Agent, request as httpRequest } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemView } from '@sparkle/shared/problems'
import { type Api, type Person, startApi, type TestStudio } from './harness.ts'

let api: Api
let studio: TestStudio
let admin: Person
let projectId: string
let port: number

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  admin = await studio.person('admin')
  const made = await api.as(admin).post('/projects').send({ petName: 'Chelsea' }).expect(201)
  projectId = made.body.id
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  port = (api.app.server.address() as AddressInfo).port
})
afterAll(() => api.close())

describe('a forged cursor', () => {
  const lists = [
    ['/projects', '-createdAt', ['x', 'y']],
    ['/projects?sort=deadline', 'deadline', ['2026-02-30', '01890000-0000-7000-8000-000000000000']],
    ['/users', 'createdAt', ['2026-01-01T00:00:00.000000Z', 'y']],
    ['/urls', '-createdAt', [1, 2]],
    ['/notifications', '-createdAt', ['infinity', '01890000-0000-7000-8000-000000000000']],
    ['/activity', '-seq', ['x']],
    ['/activity', '-seq', [1.5]],
    ['PROJECT/assets', '-createdAt', [null, null]],
    ['PROJECT/builds', '-number', ['x']],
  ] as const

  test.each(lists)('%s is refused: %s %j', async (list, sort, values) => {
    const path = list.replace('PROJECT', `/projects/${projectId}`)
    const cursor = Buffer.from(JSON.stringify([sort, ...values])).toString('base64url')
    const refused = await api.as(admin).get(path).query({ cursor })
    expect(refused.status).toBe(422)
    expect(refused.body.code).toBe('cursor.invalid')
  })

  test('control: a number beyond all builds is one', async () => {
    const cursor = Buffer.from(JSON.stringify(['-number', 3_000_000_000])).toString('base64url')
    const page = await api.as(admin).get(`/projects/${projectId}/builds`).query({ cursor }).expect(200)
    expect(page.body).toEqual({ items: [], nextCursor: null })
  })
})

describe('text', () => {
  test('with half of a surrogate pair is refused, which JSON in PostgreSQL cannot hold', async () => {
    const send = (petName: string) =>
      api.as(admin).post('/projects').set('content-type', 'application/json').send(`{"petName":"${petName}"}`)
    expect((await send('a\\ud83d')).status).toBe(422)
    expect((await send('a\\ud83d\\ude3a')).status, 'control: the whole pair').toBe(201)
  })
})

describe('bounds', () => {
  const post = (text: string) => api.as(admin).post('/projects').set('content-type', 'application/json').send(text)
  const valid = { petName: 'Rex', customerName: 'Ann', packageType: 'custom' }

  test.each([
    ['nested a hundred thousand deep', `{"petName":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 422],
    ['half of such a nest', `{"petName":${'{"a":'.repeat(100_000)}`, 400],
    ['a prototype', '{"petName":"Rex","__proto__":{"admin":true}}', 400],
    ['more than a mebibyte', JSON.stringify({ petName: 'x'.repeat(1_048_577) }), 413],
    ['a list too long', JSON.stringify({ ...valid, gameConfig: { features: Array(10_000).fill('x') } }), 422],
    ['a number beyond all', '{"petName":"Rex","estimatedHours":1e400}', 422],
  ])('of a body: %s', async (_what, text, status) => {
    const reply = await post(text)
    expect(reply.status, reply.text.slice(0, 300)).toBe(status)
    problemView.parse(reply.body)
  })

  test('of a query: the search, the list of values, the same name many times', async () => {
    const get = (query: string) => api.as(admin).get(`/projects?${query}`)
    expect((await get(`q=${'x'.repeat(5000)}`)).status).toBe(422)
    expect((await get(Array(2000).fill('q=x').join('&'))).status).toBe(422)
    expect((await get('limit=1e9')).status).toBe(422)
    expect((await get('q[__proto__]=x&limit=1')).status, 'control: an unknown name').toBe(200)
  })
})

describe('what never reaches a route', () => {
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let got = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(text))
      socket.on('data', (chunk) => (got += chunk.toString()))
      socket.on('close', () => resolve(got))
      socket.on('error', reject)
    })
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`

  test.each([
    ['a broken percent sign', get('/api/v1/projects/%E0%A4%A'), 400, 'request.bad_url'],
    [
      'an endless id',
      `PUT /api/v1/_uploads/${'a'.repeat(3000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      414,
      'request.url_too_long',
    ],
    ['endless headers', get(`/${'a'.repeat(20_000)}`), 431, 'request.headers_too_large'],
    ['no HTTP at all', 'SPARKLE\r\n\r\n', 400, 'request.malformed'],
  ])('is answered like everything else: %s', async (_what, text, status, code) => {
    const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n')
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    const problem = problemView.parse(JSON.parse(body))
    expect(problem).toMatchObject({ status, code })
    expect(head.toLowerCase()).toContain(`x-request-id: ${problem.requestId}`)
    expect(head.toLowerCase()).toContain('content-type: application/problem+json')
    expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
    expect(head.toLowerCase()).toContain('content-security-policy: ')
  })
})

describe('a form', () => {
  const boundary = '----form'
  const part = (name: string, data: Buffer | string, filename?: string) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
      Buffer.from(filename === undefined ? '\r\n\r\n' : `; filename="${filename}"\r\nContent-Type: image/png\r\n\r\n`),
      Buffer.from(data),
      Buffer.from('\r\n'),
    ])
  const end = Buffer.from(`--${boundary}--\r\n`)

  /** One request on the agent's only connection. */
  const post = (agent: Agent, path: string, type: string, body: Buffer) =>
    new Promise<{ status: number; body: { code?: string } }>((resolve, reject) => {
      const headers = { authorization: `Bearer ${admin.token}`, 'content-type': type, 'content-length': body.length }
      const sent = httpRequest(
        { agent, port, host: '127.0.0.1', method: 'POST', path: `/api/v1${path}`, headers, timeout: 30_000 },
        (reply) => {
          let text = ''
          reply.on('data', (chunk: Buffer) => (text += chunk.toString()))
          reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body: JSON.parse(text) }))
        },
      )
      sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')))
      sent.on('error', reject)
      sent.end(body)
    })

  test.each([
    ['junk', `multipart/form-data; boundary=${boundary}`, Buffer.from('junk')],
    ['no boundary', 'multipart/form-data', Buffer.from('junk')],
    ['cut off', `multipart/form-data; boundary=${boundary}`, part('assetType', 'photo')],
  ])('that cannot be read is refused: %s', async (_what, type, body) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const refused = await post(agent, `/projects/${projectId}/assets`, type, body)
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.broken_form' } })
    agent.destroy()
  })

  test('that is refused half-way does not keep the next request of its connection waiting', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const large = Buffer.alloc(2_000_000, 1)
    const body = Buffer.concat([part('file', large, 'a.png'), part('file', large, 'b.png'), end])
    const type = `multipart/form-data; boundary=${boundary}`
    const refused = await post(agent, `/projects/${projectId}/assets`, type, body)
    expect(refused).toMatchObject({ status: 422, body: { code: 'request.invalid' } })
    const next = await post(agent, '/projects', 'application/json', Buffer.from('{"petName":"Next"}'))
    expect(next.status).toBe(201)
    agent.destroy()
  })

  test.each([
    ['../../etc/passwd.png', 'passwd.png'],
    ['C:\\temp\\cat.png', 'cat.png'],
    ['cat\u202egnp.exe', 'catgnp.exe'],
  ])('keeps no more of a hostile name than its last part: %j', async (sent, kept) => {
    const upload = { mimeType: 'image/png', sizeBytes: 10, assetType: 'photo', filename: sent }
    const { body } = await api.as(admin).post(`/projects/${projectId}/assets/uploads`).send(upload).expect(201)
    const { rows } = await api.owner.query('select filename from assets where id = $1', [body.assetId])
    expect(rows).toEqual([{ filename: kept }])
    for (const filename of ['..', '/', '\u202e', 'a/'])
      await api
        .as(admin)
        .post(`/projects/${projectId}/assets/uploads`)
        .send({ ...upload, filename })
        .expect(422)
  })
})

describe('changes made against one version at the same time', () => {
  const statuses = async (count: number, change: () => Promise<{ status: number }>) => {
    const replies = await Promise.all(Array.from({ length: count }, change))
    return replies.map((reply) => reply.status).toSorted()
  }

  test('of the own profile: one wins', async () => {
    const artist = await studio.person('artist')
    const change = () => api.as(artist).patch('/me').set('if-match', '"v1"').send({ displayName: 'Vincent' })
    expect(await statuses(5, async () => change())).toEqual([200, 412, 412, 412, 412])
  })

  test('of a member: one wins', async () => {
    const artist = await studio.person('artist')
    const change = () =>
      api.as(admin).patch(`/users/${artist.userId}`).set('if-match', '"v1"').send({ role: 'moderator' })
    expect(await statuses(5, async () => change())).toEqual([200, 412, 412, 412, 412])
  })
})
