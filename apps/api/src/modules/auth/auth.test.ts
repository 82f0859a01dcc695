import { createHmac } from 'node:crypto'
import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, testPassword, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let addresses = 0

beforeAll(async () => {
  // Every call below comes from an address of its own, so that the limits on guessing stay out of the way.
  api = await startApi({ TRUST_PROXY: '1' })
  studio = await api.studio()
})
afterAll(() => api.close())

const elsewhere = () => `10.1.${Math.floor(++addresses / 250)}.${addresses % 250}`

function post(path: string, address = elsewhere()) {
  return supertest(api.app.server).post(`/api/v1${path}`).set('x-forwarded-for', address)
}
const get = (path: string) => supertest(api.app.server).get(`/api/v1${path}`)
const login = (person: Person, password = testPassword) => post('/auth/login').send({ email: person.email, password })
const cookiesOf = (reply: supertest.Response) => (reply.get('Set-Cookie') ?? []) as string[]
const refreshTokenOf = (reply: supertest.Response) => /sc_rt=([^;]+)/.exec(cookiesOf(reply).join('\n'))?.[1] ?? ''
const jar = (reply: supertest.Response) =>
  cookiesOf(reply)
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Asks until the answer is the wished-for one: a session that ended is dropped from memory by a notification. */
async function eventually(ask: () => Promise<number>, wanted: number): Promise<void> {
  await expect.poll(ask, { timeout: 15_000, interval: 20 }).toBe(wanted)
}

describe('sign-in', () => {
  test('answers tokens and sets cookies no script can read', async () => {
    const person = await studio.person('manager')
    const reply = await login(person)
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({ expiresIn: 900, user: { email: person.email } })
    const [device, access, refresh, hint] = cookiesOf(reply)
    expect(device).toMatch(/^sc_dv=.*Path=\/;.*HttpOnly; SameSite=Lax/)
    expect(access).toMatch(/^sc_at=.*Path=\/;.*HttpOnly; SameSite=Lax/)
    expect(refresh).toMatch(/^sc_rt=.*Path=\/api\/v1\/auth;.*HttpOnly; SameSite=Lax/)
    // It says that there is a session, and nothing of it.
    expect(hint).toMatch(/^sc_in=1; Max-Age=\d+; Path=\/; SameSite=Lax$/)
    const me = await get('/me').set('authorization', `Bearer ${reply.body.accessToken}`)
    expect(me.body).toMatchObject({
      role: 'manager',
      organization: { id: studio.organizationId },
      user: { id: person.userId },
    })
  })

  test('says the same of a wrong password and an unknown address', async () => {
    const person = await studio.person('manager')
    const wrong = await login(person, 'not the password')
    const unknown = await login({ ...person, email: 'nobody@example.test' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    const shown = ({ code, detail }: { code: string; detail: string }) => [code, detail]
    expect(shown(wrong.body)).toEqual(shown(unknown.body))
    expect(wrong.body.code).toBe('auth.wrong_credentials')
  })

  test('ten thousand wrong tries are slowed down, and keep nobody out: not on a known device, not elsewhere', async () => {
    const person = await studio.person('manager')
    const known = jar(await login(person))
    const networks = Array.from({ length: 20 }, elsewhere)
    const guess = (i: number) =>
      api.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        headers: { 'x-forwarded-for': networks[i % networks.length] },
        payload: { email: person.email, password: `guess ${i}` },
      })
    const statuses = new Map<number, number>()
    for (let done = 0; done < 10_000; done += 50)
      for (const { statusCode } of await Promise.all(Array.from({ length: 50 }, (_, i) => guess(done + i))))
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    // An account that is guessed at from everywhere leaves new networks three tries instead of ten.
    const checked = statuses.get(401) ?? 0
    expect([...statuses.keys()].toSorted()).toEqual([401, 429])
    expect(checked).toBeGreaterThanOrEqual(60)
    expect(checked).toBeLessThanOrEqual(200)

    const [attacked = ''] = networks
    expect((await post('/auth/login', attacked).send({ email: person.email, password: testPassword })).status).toBe(429)
    const mine = await post('/auth/login', attacked)
      .set({ cookie: known, origin: api.deps.config.publicOrigin })
      .send({ email: person.email, password: testPassword })
    expect(mine.status).toBe(200)
    expect((await login(person)).status).toBe(200)
    const colleague = await studio.person('artist')
    expect(
      (await post('/auth/login', elsewhere()).send({ email: colleague.email, password: testPassword })).status,
    ).toBe(200)
  }, 120_000)

  test('lets one network guess at one account ten times', async () => {
    const person = await studio.person('manager')
    const address = elsewhere()
    const guess = () => post('/auth/login', address).send({ email: person.email, password: 'guess' })
    for (let i = 0; i < 10; i += 1) expect((await guess()).status).toBe(401)
    const refused = await guess()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await login(person)).status).toBe(200)
  })

  test.each([
    ['U+0000', { email: 'a\u0000@example.test', password: 'x' }],
    ['an address of 5,000 characters', { email: `${'a'.repeat(5000)}@example.test`, password: 'x' }],
    ['a number for a password', { email: 'a@example.test', password: 5 }],
  ])('refuses %s with 422', async (_what, body) => {
    expect((await post('/auth/login').send(body)).status).toBe(422)
  })
})

describe('refresh', () => {
  test('of 200 parallel tries one wins, the others are told so, and the session lives on', async () => {
    const signedIn = await login(await studio.person('manager'))
    const refreshToken = refreshTokenOf(signedIn)
    const replies = await Promise.all(Array.from({ length: 200 }, () => post('/auth/refresh').send({ refreshToken })))
    const [won, ...others] = replies.toSorted((a, b) => a.status - b.status)
    expect(won?.status).toBe(200)
    expect(others.map((reply) => [reply.status, reply.body.code])).toEqual(
      Array.from({ length: 199 }, () => [409, 'auth.refresh_raced']),
    )
    const next = await post('/auth/refresh').send({ refreshToken: refreshTokenOf(won as supertest.Response) })
    expect(next.status).toBe(200)
  })

  test('a token that was used longer ago ends the whole family', async () => {
    const person = await studio.person('manager')
    const first = await login(person)
    const second = await post('/auth/refresh').send({ refreshToken: refreshTokenOf(first) })
    await api.owner.query("update sessions set rotated_at = now() - interval '11 seconds' where user_id = $1", [
      person.userId,
    ])
    const reused = await post('/auth/refresh').send({ refreshToken: refreshTokenOf(first) })
    expect([reused.status, reused.body.code]).toEqual([401, 'auth.refresh_reused'])
    expect((await post('/auth/refresh').send({ refreshToken: refreshTokenOf(second) })).status).toBe(401)
    await eventually(
      async () => (await get('/me').set('authorization', `Bearer ${second.body.accessToken}`)).status,
      401,
    )
  })

  test('refuses what it never made', async () => {
    for (const refreshToken of ['x', `${crypto.randomUUID()}.${'a'.repeat(43)}`, 'a'.repeat(200)])
      expect((await post('/auth/refresh').send({ refreshToken })).status).toBe(401)
    expect((await post('/auth/refresh').send({ refreshToken: 'a'.repeat(201) })).status).toBe(422)
  })
})

describe('a cookie', () => {
  test('changes something only from our own pages', async () => {
    const cookie = jar(await login(await studio.person('manager')))
    const change = (headers: Record<string, string>) =>
      post('/projects')
        .set({ cookie, ...headers })
        .send({ petName: 'Rex' })
    for (const headers of [
      {},
      { origin: 'https://evil.test' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const refused = await change(headers as Record<string, string>)
      expect([refused.status, refused.body.code], JSON.stringify(headers)).toEqual([403, 'auth.cross_origin'])
    }
    expect((await change({ origin: api.deps.config.publicOrigin })).status).toBe(201)
    expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    expect((await get('/projects').set({ cookie, origin: 'https://evil.test' })).status).toBe(200)
  })

  test('refreshes only from our own pages, and loses to a bearer token', async () => {
    const reply = await login(await studio.person('manager'))
    const refused = await post('/auth/refresh').set({ cookie: jar(reply), origin: 'https://evil.test' })
    expect([refused.status, refused.body.code]).toEqual([403, 'auth.cross_origin'])
    expect((await post('/auth/refresh').set({ cookie: jar(reply), origin: api.deps.config.publicOrigin })).status).toBe(
      200,
    )
    const both = await get('/me').set({ cookie: jar(reply), authorization: 'Bearer nonsense' })
    expect([both.status, both.body.code]).toEqual([401, 'auth.token_invalid'])
  })
})

describe('an access token', () => {
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  function forge(
    person: Person,
    changes: { header?: object; claims?: object; secret?: string; unsigned?: boolean } = {},
  ) {
    const now = Math.floor(Date.now() / 1000)
    const header = base64({ alg: 'HS256', typ: 'JWT', ...changes.header })
    const standard = {
      sub: person.userId,
      sid: person.sessionId,
      iat: now,
      exp: now + 900,
      iss: 'sparkleclassic',
      aud: api.deps.config.publicOrigin,
    }
    const body = `${header}.${base64({ ...standard, ...changes.claims })}`
    const key = changes.secret ?? api.deps.jwtSecret
    return changes.unsigned ? `${body}.` : `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
  }

  test('that is genuine is taken: the control of the next tests', async () => {
    const person = await studio.person('manager')
    expect((await get('/me').set('authorization', `Bearer ${forge(person)}`)).status).toBe(200)
  })

  test.each([
    ['without a signature', { header: { alg: 'none' }, unsigned: true }],
    ['that claims alg none but is signed', { header: { alg: 'none' } }],
    ['of another algorithm', { header: { alg: 'HS512' } }],
    ['signed with another key', { secret: 'another secret, long enough to be one' }],
    ['for another audience', { claims: { aud: 'https://elsewhere.test' } }],
    ['of another issuer', { claims: { iss: 'somebody' } }],
    ['that has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 1 } }],
    ['that never expires', { claims: { exp: undefined } }],
    ['that is not valid yet', { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
    ['that was made in the future', { claims: { iat: Math.floor(Date.now() / 1000) + 600 } }],
    ['without an audience', { claims: { aud: undefined } }],
    ['without an issuer', { claims: { iss: undefined } }],
    ['without a session', { claims: { sid: undefined } }],
    ['that claims alg None in another case (CVE-2018-1000531)', { header: { alg: 'nOnE' }, unsigned: true }],
    ['signed with an empty key (CVE-2019-20933)', { secret: '' }],
    ['of an asymmetric algorithm with our key as its public one (CVE-2015-9235)', { header: { alg: 'RS256' } }],
    [
      'that brings a key of its own (CVE-2018-0114)',
      { header: { jwk: { kty: 'oct', k: Buffer.from('its own').toString('base64url') } }, secret: 'its own' },
    ],
    ['whose key id leads elsewhere', { header: { kid: '../../dev/null' }, secret: '' }],
    ['with a critical extension nobody knows (RFC 7515, 4.1.11)', { header: { crit: ['b64'], b64: false } }],
    ['of a session that never was', { claims: { sid: crypto.randomUUID() } }],
  ])('%s is refused', async (_what, changes) => {
    const reply = await get('/me').set('authorization', `Bearer ${forge(await studio.person('manager'), changes)}`)
    expect(reply.status).toBe(401)
  })
})

describe('sessions', () => {
  test('are listed with the present one marked, and one can be ended without the other', async () => {
    const person = await studio.person('artist')
    const other = await login(person)
    const as = api.as(person)
    const { items } = (await as.get('/me/sessions')).body as { items: { id: string; current: boolean }[] }
    expect(items.map((session) => session.current).toSorted()).toEqual([false, true])
    const away = items.find((session) => !session.current)
    expect((await as.delete(`/me/sessions/${away?.id}`)).status).toBe(204)
    await eventually(
      async () => (await get('/me').set('authorization', `Bearer ${other.body.accessToken}`)).status,
      401,
    )
    expect((await as.get('/me')).status).toBe(200)
    expect((await as.delete(`/me/sessions/${away?.id}`)).status).toBe(404)
  })

  test('end with logout', async () => {
    const person = await studio.person('artist')
    expect((await api.as(person).post('/auth/logout')).status).toBe(204)
    await eventually(async () => (await api.as(person).get('/me')).status, 401)
  })

  test('end in a studio where the person is deactivated', async () => {
    const [admin, artist] = await Promise.all([studio.person('admin'), studio.person('artist')])
    expect((await api.as(artist).get('/me')).status).toBe(200)
    expect((await api.as(admin).post(`/users/${artist.userId}/deactivate`)).status).toBe(200)
    await eventually(async () => (await api.as(artist).get('/me')).status, 401)
    const again = await login(artist)
    const me = await get('/me').set('authorization', `Bearer ${again.body.accessToken}`)
    expect(me.body.organization).toBeNull()
  })

  test('switch to another studio of the same person, and to no other', async () => {
    const [person, second, third] = await Promise.all([studio.person('artist'), api.studio(), api.studio()])
    await api.owner.query("insert into memberships (organization_id, user_id, role) values ($1, $2, 'admin')", [
      second.organizationId,
      person.userId,
    ])
    const refused = await api.as(person).post('/auth/switch').send({ organizationId: third.organizationId })
    expect([refused.status, refused.body.code]).toEqual([403, 'auth.not_a_member'])
    expect((await api.as(person).post('/auth/switch').send({ organizationId: second.organizationId })).status).toBe(204)
    await expect.poll(async () => (await api.as(person).get('/me')).body.role).toBe('admin')
  })
})
