import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { softAuthenticator } from '../../../test/authenticator.ts'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let addresses = 0

beforeAll(async () => {
  api = await startApi({ TRUST_PROXY: '1' })
  studio = await api.studio()
})
afterAll(() => api.close())

const answer = ({ status, body }: supertest.Response) => [status, body.code]
const device = () => softAuthenticator(api.deps.config.publicOrigin)
type Device = ReturnType<typeof device>
type Bent = Parameters<Device['get']>[1]

/** From an address of its own, so that the tests do not throttle each other. */
const anybody = (path: string, body?: object) =>
  supertest(api.app.server)
    .post(`/api/v1${path}`)
    .set('x-forwarded-for', `10.4.${Math.floor(++addresses / 250)}.${addresses % 250}`)
    .send(body)

async function add(person: Person, key: Device, bent?: Bent, name = 'Laptop') {
  const options = await api.as(person).post('/me/passkeys/options')
  expect(options.status, options.text).toBe(200)
  return api
    .as(person)
    .post('/me/passkeys')
    .send({ name, credential: key.create(options.body, bent) })
}

async function signIn(key: Device, bent?: Bent) {
  const options = await anybody('/auth/passkey/options')
  return anybody('/auth/passkey', { credential: key.get(options.body, bent) })
}

const auditOf = async (person: Person) => {
  const { rows } = await api.owner.query(
    "select action from audit where actor_id = $1 and action like 'passkey%' order by id",
    [person.userId],
  )
  return rows.map(({ action }) => action)
}
const mailsOf = async (person: Person) => {
  const { rows } = await api.owner.query('select kind, facts from person_mails where user_id = $1 order by id', [
    person.userId,
  ])
  return rows
}

describe('a passkey', () => {
  test('is added, signs in without password and code, is renamed and removed, on record and by mail', async () => {
    const person = await studio.person('artist')
    const key = device()
    const added = await add(person, key)
    expect(added.status, added.text).toBe(201)
    expect(answer(await add(person, key))).toEqual([409, 'passkey.exists'])
    await api.owner.query('update users set second_factor_at = now() where id = $1', [person.userId])

    const signedIn = await signIn(key)
    expect(signedIn.status, signedIn.text).toBe(200)
    expect(signedIn.body.user.id).toBe(person.userId)
    const me = { ...person, token: signedIn.body.accessToken }
    const [listed] = (await api.as(me).get('/me/passkeys')).body.items
    expect(listed).toMatchObject({ id: added.body.id, name: 'Laptop', backedUp: false })
    expect(listed.lastUsedAt).not.toBeNull()

    // The person has a second factor; the new session has shown it, since a passkey is both factors.
    const renamed = await api.as(me).patch(`/me/passkeys/${listed.id}`).send({ name: 'Old laptop' })
    expect([renamed.status, renamed.body.name, renamed.headers.etag]).toEqual([200, 'Old laptop', '"v2"'])
    const stale = await api.as(me).delete(`/me/passkeys/${listed.id}`).set('if-match', '"v1"')
    expect(stale.status).toBe(412)
    expect((await api.as(me).delete(`/me/passkeys/${listed.id}`)).status).toBe(204)
    expect(answer(await signIn(key))).toEqual([401, 'auth.passkey_refused'])
    expect(await auditOf(person)).toEqual(['passkey:added', 'passkey:renamed', 'passkey:removed'])
    expect(await mailsOf(person)).toEqual([
      { kind: 'passkeyAdded', facts: { passkey: 'Laptop' } },
      { kind: 'passkeyRemoved', facts: { passkey: 'Old laptop' } },
    ])
  })

  test('is taken only from our origin, for our host, our challenge, and with its user verified', async () => {
    const person = await studio.person('artist')
    const bends: Bent[] = [
      { origin: 'https://sparkle.evil.test' },
      { rpId: 'evil.test' },
      { userVerified: false },
      { type: 'webauthn.other' },
    ]
    for (const bent of bends) expect(answer(await add(person, device(), bent))).toEqual([422, 'passkey.refused'])
    expect(answer(await add(person, device(), { challenge: 'bm90IG91cnM' }))).toEqual([410, 'passkey.challenge_over'])
    const key = device()
    expect((await add(person, key)).status).toBe(201)
    for (const bent of bends) expect(answer(await signIn(key, bent))).toEqual([401, 'auth.passkey_refused'])
    expect(answer(await signIn(key, { challenge: 'bm90IG91cnM' }))).toEqual([410, 'passkey.challenge_over'])
    expect((await signIn(key)).status).toBe(200)
  })

  test('is shown once for each challenge, and only for what the challenge was made for', async () => {
    const [person, other] = [await studio.person('artist'), await studio.person('artist')]
    const key = device()
    await add(person, key)
    const options = await anybody('/auth/passkey/options')
    const credential = key.get(options.body)
    const twice = await Promise.all([
      anybody('/auth/passkey', { credential }),
      anybody('/auth/passkey', { credential }),
    ])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 410])

    const forStepUp = await api.as(person).post('/auth/step-up/passkey/options')
    expect(forStepUp.body.allowCredentials).toEqual([{ id: key.id, type: 'public-key', transports: ['internal'] }])
    const crossed = await anybody('/auth/passkey', { credential: key.get(forStepUp.body) })
    expect(answer(crossed)).toEqual([410, 'passkey.challenge_over'])
    const toAdd = await api.as(other).post('/me/passkeys/options')
    const stolen = { name: 'Mine', credential: device().create(toAdd.body) }
    expect(answer(await api.as(person).post('/me/passkeys').send(stolen))).toEqual([410, 'passkey.challenge_over'])
  })

  test('whose counter goes back is refused, on record, and its owner is told', async () => {
    const person = await studio.person('artist')
    const key = device()
    await add(person, key, { counter: 5 })
    expect((await signIn(key, { counter: 9 })).status).toBe(200)
    for (const counter of [8, 9, 0]) expect((await signIn(key, { counter })).status).toBe(401)
    expect((await signIn(key, { counter: 10 })).status).toBe(200)
    expect(await auditOf(person)).toEqual(['passkey:added', ...Array(3).fill('passkey:refused')])
    expect((await mailsOf(person)).map(({ kind }) => kind)).toContain('passkeyRefused')
  })

  test('without a counter stays at nought', async () => {
    const person = await studio.person('artist')
    const key = device()
    await add(person, key, { counter: 0 })
    expect((await signIn(key, { counter: 0 })).status).toBe(200)
    expect((await signIn(key, { counter: 0 })).status).toBe(200)
  })

  test('with a signature by another key is nobody’s', async () => {
    const person = await studio.person('artist')
    const [key, forged] = [device(), device()]
    await add(person, key)
    const options = await anybody('/auth/passkey/options')
    const credential = { ...forged.get(options.body), id: key.id, rawId: key.id }
    expect(answer(await anybody('/auth/passkey', { credential }))).toEqual([401, 'auth.passkey_refused'])
  })
})

describe('a dangerous act', () => {
  test('may be led up to with a passkey, but not with somebody else’s', async () => {
    const [person, other] = [await studio.person('admin'), await studio.person('artist')]
    const [key, foreign] = [device(), device()]
    await add(person, key)
    await add(other, foreign)
    await api.owner.query('update users set second_factor_at = now() where id = $1', [person.userId])
    const act = () => api.as(person).post('/me/passkeys/options')
    await expect.poll(async () => answer(await act())).toEqual([403, 'auth.step_up_required'])
    const stepUp = async (one: Device) => {
      const options = await api.as(person).post('/auth/step-up/passkey/options')
      return api
        .as(person)
        .post('/auth/step-up/passkey')
        .send({ credential: one.get(options.body) })
    }
    expect(answer(await stepUp(foreign))).toEqual([401, 'auth.passkey_refused'])
    expect((await act()).status).toBe(403)
    expect((await stepUp(key)).status).toBe(204)
    expect((await act()).status).toBe(200)
  })
})

test('tries with one passkey from one network are throttled', async () => {
  const key = device()
  const options = await anybody('/auth/passkey/options')
  const attempt = () =>
    supertest(api.app.server)
      .post('/api/v1/auth/passkey')
      .set('x-forwarded-for', '10.9.9.9')
      .send({ credential: key.get(options.body) })
  const outcomes: number[] = []
  for (let i = 0; i < 12; i++) outcomes.push((await attempt()).status)
  expect(outcomes.slice(0, 10)).not.toContain(429)
  expect(outcomes.slice(10)).toEqual([429, 429])
})
