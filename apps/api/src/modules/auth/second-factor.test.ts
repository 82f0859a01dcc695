import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, testPassword, type TestStudio } from '../../../test/harness.ts'
import { newId } from '../../core/ids.ts'
import { hotp, stepAt } from './totp.ts'

let api: Api
let studio: TestStudio
let addresses = 0

beforeAll(async () => {
  api = await startApi({ TRUST_PROXY: '1' })
  studio = await api.studio()
})
afterAll(() => api.close())

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code of an app, `ahead` steps from now: a code is good once, so that each call takes the next one. */
const codeOf = (secret: string, ahead = 0) => hotp(fromBase32(secret), stepAt(new Date()) + ahead)

const login = (person: Person, totp?: string) =>
  supertest(api.app.server)
    .post('/api/v1/auth/login')
    .set('x-forwarded-for', `10.3.${Math.floor(++addresses / 250)}.${addresses % 250}`)
    .send({ email: person.email, password: testPassword, totp })

/** Forgets which codes were used, so that a test need not wait for the next half minute. */
const forgetUsed = (person: Person) =>
  api.owner.query('update second_factors set last_step = 0 where user_id = $1', [person.userId])

async function enrol(person: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await api.as(person).post('/me/second-factor')).body
  const confirmed = await api
    .as(person)
    .post('/me/second-factor/confirm')
    .send({ totp: codeOf(secret) })
  expect(confirmed.status, confirmed.text).toBe(200)
  await forgetUsed(person)
  return { secret, recoveryCodes: confirmed.body.recoveryCodes }
}

const answer = ({ status, body }: supertest.Response) => [status, body.code]

describe('a second factor', () => {
  test('is turned on by a code of it, is asked at sign-in, and takes each code once', async () => {
    const person = await studio.person('artist')
    const begun = await api.as(person).post('/me/second-factor')
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`)
    expect((await login(person)).status).toBe(200)
    const wrong = await api.as(person).post('/me/second-factor/confirm').send({ totp: '000000' })
    expect(answer(wrong)).toEqual([422, 'second_factor.wrong'])

    const { secret } = await enrol(person)
    expect(answer(await login(person))).toEqual([401, 'auth.totp_required'])
    expect(answer(await login(person, '000000'))).toEqual([401, 'auth.totp_wrong'])
    const code = codeOf(secret)
    const twice = await Promise.all([login(person, code), login(person, code)])
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 401])
    expect((await login(person, codeOf(secret, 1))).status).toBe(200)
    expect(answer(await api.as(person).post('/me/second-factor'))).toEqual([409, 'second_factor.enrolled'])

    const { rows } = await api.owner.query('select secret_cipher from second_factors where user_id = $1', [
      person.userId,
    ])
    expect(rows[0].secret_cipher).not.toContain(secret)
    const audit = await api.owner.query("select action from audit where entity_id = $1 and action like 'second%'", [
      person.userId,
    ])
    expect(audit.rows).toEqual([{ action: 'second-factor:enabled' }])
  })

  test('has ten recovery codes, each good once, kept as keyed hashes', async () => {
    const person = await studio.person('artist')
    const { recoveryCodes } = await enrol(person)
    expect(new Set(recoveryCodes).size).toBe(10)
    const [first = '', second = ''] = recoveryCodes
    expect((await login(person, first)).status).toBe(200)
    expect(answer(await login(person, first))).toEqual([401, 'auth.totp_wrong'])
    expect((await login(person, second.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await api.as(person).get('/me/second-factor')).body.recoveryCodesLeft).toBe(8)
    const mails = await api.owner.query("select 1 from person_mails where kind = 'recoveryCodeUsed'")
    expect(mails.rows).toHaveLength(2)
    const { rows } = await api.owner.query('select code_hash from recovery_codes')
    for (const code of recoveryCodes) expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''))
  })

  test("is nobody else's to see: the database shows a person their own only", async () => {
    const [person, other] = [await studio.person('artist'), await studio.person('admin')]
    await enrol(person)
    expect((await api.as(other).get('/me/second-factor')).body).toEqual({ enabledAt: null, recoveryCodesLeft: 0 })
  })
})

describe('a dangerous act', () => {
  const makeArtist = (admin: Person, member: Person) =>
    api.as(admin).post(`/users/${member.userId}/role`).send({ role: 'artist' })
  const late = (person: Person) =>
    api.owner.query("update sessions set second_factor_at = now() - interval '11 minutes' where user_id = $1", [
      person.userId,
    ])

  test('wants the second factor shown within ten minutes, of those who have one', async () => {
    const [admin, plain, member] = await Promise.all([
      studio.person('admin'),
      studio.person('admin'),
      studio.person('manager'),
    ])
    expect((await makeArtist(plain, member)).status).toBe(200)
    const { secret } = await enrol(admin)
    expect((await makeArtist(admin, member)).status).toBe(200)
    await late(admin)
    await expect.poll(async () => answer(await makeArtist(admin, member))).toEqual([403, 'auth.step_up_required'])
    const byPatch = () => api.as(admin).patch(`/users/${member.userId}`).send({ role: 'moderator' })
    expect(answer(await byPatch())).toEqual([403, 'auth.step_up_required'])
    const wrong = await api.as(admin).post('/auth/step-up').send({ totp: '000000' })
    expect(answer(wrong)).toEqual([422, 'second_factor.wrong'])
    expect((await makeArtist(admin, member)).status).toBe(403)
    expect(
      (
        await api
          .as(admin)
          .post('/auth/step-up')
          .send({ totp: codeOf(secret) })
      ).status,
    ).toBe(204)
    expect((await makeArtist(admin, member)).status).toBe(200)
    expect((await byPatch()).status).toBe(200)
  })

  test('is turning it off too, and making new codes, which end the old ones', async () => {
    const person = await studio.person('manager')
    const { secret, recoveryCodes } = await enrol(person)
    const fresh = await api.as(person).post('/me/second-factor/recovery-codes')
    expect(fresh.body.recoveryCodes).toHaveLength(10)
    expect((await login(person, recoveryCodes[0])).status).toBe(401)
    await late(person)
    // Sessions are cached for a moment. New codes may be asked for again and again; a factor is turned off only once.
    const newCodes = () => api.as(person).post('/me/second-factor/recovery-codes')
    await expect.poll(async () => (await newCodes()).status).toBe(403)
    expect((await api.as(person).delete('/me/second-factor')).status).toBe(403)
    await api
      .as(person)
      .post('/auth/step-up')
      .send({ totp: codeOf(secret) })
    expect((await api.as(person).delete('/me/second-factor')).status).toBe(204)
    expect((await login(person)).status).toBe(200)
  })
})

describe('a lost second factor', () => {
  const reset = (admin: Person, member: Person) => api.as(admin).post(`/users/${member.userId}/second-factor/reset`)

  test('is taken away by an admin, on record; the sessions end and the person is told', async () => {
    const [admin, member, manager] = await Promise.all([
      studio.person('admin'),
      studio.person('artist'),
      studio.person('manager'),
    ])
    expect(answer(await reset(admin, member))).toEqual([409, 'second_factor.none'])
    await enrol(member)
    await api.owner.query(
      "insert into passkeys (id, user_id, credential_id, public_key, counter, name) values ($1, $1, $2, 'x', 0, 'Phone')",
      [member.userId, newId()],
    )
    expect((await reset(manager, member)).status).toBe(403)
    expect((await reset(admin, member)).status).toBe(200)
    expect((await api.owner.query('select 1 from passkeys where user_id = $1', [member.userId])).rowCount).toBe(0)
    await expect.poll(async () => (await api.as(member).get('/me')).status).toBe(401)
    expect((await login(member)).status).toBe(200)
    const mails = await api.owner.query(
      "select 1 from person_mails where kind = 'secondFactorReset' and user_id = $1",
      [member.userId],
    )
    expect(mails.rows).toHaveLength(1)
    const audit = await api.owner.query(
      "select actor_id as by from audit where entity_id = $1 and action = 'second-factor:reset'",
      [member.userId],
    )
    expect(audit.rows).toEqual([{ by: admin.userId }])
  })

  test('of somebody who works for another studio too stays', async () => {
    const [admin, member, second] = [await studio.person('admin'), await studio.person('artist'), await api.studio()]
    await enrol(member)
    await api.owner.query("insert into memberships (organization_id, user_id, role) values ($1, $2, 'artist')", [
      second.organizationId,
      member.userId,
    ])
    expect(answer(await reset(admin, member))).toEqual([409, 'second_factor.elsewhere'])
  })
})
