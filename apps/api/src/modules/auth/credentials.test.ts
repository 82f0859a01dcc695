import supertest from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, testPassword, type TestStudio } from '../../../test/harness.ts'
import { MailError, type Mail } from '../../adapters/mail.ts'
import { personMailRound } from '../notifications/person-mails.ts'

let api: Api
let studio: TestStudio
let sent: Mail[] = []
let refuse: MailError | null = null
let addresses = 0

beforeAll(async () => {
  api = await startApi({ TRUST_PROXY: '1' })
  studio = await api.studio()
})
beforeEach(async () => {
  await deliver()
  sent = []
})
afterAll(() => api.close())

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What the worker does when it is notified, with a mailbox that the test can look into. */
async function deliver(): Promise<Mail[]> {
  const mailer = {
    kind: 'folder' as const,
    close: async () => undefined,
    async send(mail: Mail) {
      if (refuse) throw refuse
      sent.push(mail)
    },
  }
  await personMailRound.run({ ...api.deps, mailer }, quiet)
  return sent
}

const post = (path: string, body: object) =>
  supertest(api.app.server)
    .post(`/api/v1${path}`)
    .set('x-forwarded-for', `10.2.${Math.floor(++addresses / 250)}.${addresses % 250}`)
    .send(body)
const login = (email: string, password: string) => post('/auth/login', { email, password })
const tokenIn = (mail: Mail | undefined) => /#([\w.~-]+)/.exec(mail?.text ?? '')?.[1] ?? 'no link in the mail'
const audited = async (person: Person) =>
  (await api.owner.query('select action from audit where entity_id = $1 order by at, id', [person.userId])).rows.map(
    (row) => row.action,
  )
const pastMails = (age: string) =>
  api.owner.query(`update person_mails set created_at = created_at - interval '${age}'`)

async function askForLink(person: Person): Promise<string> {
  await post('/auth/forgot-password', { email: person.email })
  return tokenIn((await deliver()).findLast(({ to }) => to === person.email))
}

describe('a forgotten password', () => {
  const chosen = 'a walk beside the river'

  test('is replaced by the link of a mail: once, and every session ends', async () => {
    const person = await studio.person('artist')
    const link = await askForLink(person)
    expect((await post('/auth/reset-password/check', { token: link })).body).toEqual({ email: person.email })
    expect((await api.as(person).get('/me')).status).toBe(200)

    expect((await post('/auth/reset-password', { token: link, password: chosen })).status).toBe(204)
    await expect.poll(async () => (await api.as(person).get('/me')).status).toBe(401)
    expect((await login(person.email, testPassword)).status).toBe(401)
    expect((await login(person.email, chosen)).status).toBe(200)
    for (const path of ['/auth/reset-password/check', '/auth/reset-password']) {
      const again = await post(path, { token: link, password: 'another long password' })
      expect([again.status, again.body.code]).toEqual([410, 'reset.used'])
    }
    expect(await audited(person)).toEqual(['password:reset'])
    expect((await deliver()).map(({ subject }) => subject)).toContain('Your password was changed')
  })

  test('of two links, using one ends the other', async () => {
    const person = await studio.person('artist')
    const first = await askForLink(person)
    const second = await askForLink(person)
    const replies = await Promise.all(
      [first, second].map((token) => post('/auth/reset-password', { token, password: chosen })),
    )
    expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 410])
  })

  test('has 30 minutes; a link of another kind, or with a letter changed, is none', async () => {
    const person = await studio.person('artist')
    await post('/auth/forgot-password', { email: person.email })
    await pastMails('29 minutes')
    const nearly = tokenIn((await deliver())[0])
    expect((await post('/auth/reset-password/check', { token: nearly })).status).toBe(200)
    const { crypto } = api.deps
    const late = crypto.signToken('password-reset', [person.userId, '1', String(Date.now() - 1)])
    const expired = await post('/auth/reset-password', { token: late, password: chosen })
    expect([expired.status, expired.body.code]).toEqual([410, 'reset.expired'])
    const other = crypto.signToken('invite', [person.userId, '1', String(Date.now() + 60_000)])
    for (const token of [other, nearly.slice(0, -1) + (nearly.endsWith('A') ? 'B' : 'A')])
      expect((await post('/auth/reset-password', { token, password: chosen })).status).toBe(404)

    sent = []
    await post('/auth/forgot-password', { email: person.email })
    await pastMails('31 minutes')
    expect(await deliver()).toEqual([])
  })

  test('is asked for by anybody alike: same answer, same row, and a mail only to who exists, three times at most', async () => {
    const person = await studio.person('artist')
    const known = await post('/auth/forgot-password', { email: person.email })
    const unknown = await post('/auth/forgot-password', { email: 'nobody-at-all@example.test' })
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text])
    const { rows } = await api.owner.query('select kind, user_id from person_mails')
    expect(rows).toEqual([
      { kind: 'passwordReset', user_id: null },
      { kind: 'passwordReset', user_id: null },
    ])
    for (let i = 0; i < 5; i += 1) await post('/auth/forgot-password', { email: person.email })
    expect((await deliver()).map(({ to }) => to)).toEqual([person.email, person.email, person.email])
    expect((await api.owner.query('select 1 from person_mails')).rows).toEqual([])
  })

  test('waits while the mail server is away, and is given up where it refuses for good', async () => {
    const person = await studio.person('artist')
    await post('/auth/forgot-password', { email: person.email })
    refuse = new MailError('ECONNECTION', false)
    expect(await deliver()).toEqual([])
    const waiting = await api.owner.query('select attempts, next_try_at > now() as later from person_mails')
    expect(waiting.rows).toEqual([{ attempts: 1, later: true }])
    await api.owner.query('update person_mails set next_try_at = now()')
    refuse = new MailError('EENVELOPE 550', true)
    await deliver()
    refuse = null
    expect((await api.owner.query('select 1 from person_mails')).rows).toEqual([])
  })
})

describe('a password', () => {
  test('is changed by who knows the present one; the other sessions end and this one goes on', async () => {
    const person = await studio.person('manager')
    const other = await login(person.email, testPassword)
    const change = (currentPassword: string) =>
      api.as(person).post('/me/password').send({ currentPassword, password: 'a cup of tea at four' })
    const refused = await change('guess')
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'currentPassword'])
    expect((await change(testPassword)).status).toBe(204)
    await expect
      .poll(async () => (await api.as({ ...person, token: other.body.accessToken }).get('/me')).status)
      .toBe(401)
    expect((await api.as(person).get('/me')).status).toBe(200)
    expect((await login(person.email, 'a cup of tea at four')).status).toBe(200)
    expect(await audited(person)).toEqual(['password:changed'])
  })
})

describe('an e-mail address', () => {
  const ask = (person: Person, email: string) =>
    api.as(person).post('/me/email-change').send({ email, currentPassword: testPassword })

  test('changes when the new mailbox has answered, and the old one is told both times', async () => {
    const person = await studio.person('manager')
    const asked = await ask(person, 'New.Me@example.test')
    expect(asked.body).toMatchObject({ email: person.email, emailConfirmed: true, pendingEmail: 'new.me@example.test' })
    await deliver()
    expect(sent.map(({ to }) => to).toSorted()).toEqual([person.email, 'new.me@example.test'].toSorted())
    expect(sent.find(({ to }) => to === person.email)?.text).not.toContain('#')
    const token = tokenIn(sent.find(({ to }) => to === 'new.me@example.test'))
    expect((await login('new.me@example.test', testPassword)).status).toBe(401)

    sent = []
    for (let i = 0; i < 2; i += 1)
      expect((await post('/auth/confirm-email', { token })).body).toEqual({ email: 'new.me@example.test' })
    expect((await login('new.me@example.test', testPassword)).status).toBe(200)
    expect((await login(person.email, testPassword)).status).toBe(401)
    expect((await deliver()).map(({ to }) => to)).toEqual([person.email])
    expect(await audited(person)).toEqual(['email:change:asked', 'email:changed'])
  })

  test('needs the password, can be taken back, and a link of one that was taken back is none', async () => {
    const person = await studio.person('manager')
    const wrong = await api
      .as(person)
      .post('/me/email-change')
      .send({ email: 'x@example.test', currentPassword: 'guess' })
    expect([wrong.status, wrong.body.code]).toEqual([422, 'auth.wrong_password'])
    expect((await ask(person, person.email)).body.code).toBe('email.same')
    await ask(person, 'typo@example.test')
    const token = tokenIn((await deliver()).find(({ to }) => to === 'typo@example.test'))
    expect((await api.as(person).delete('/me/email-change')).body.pendingEmail).toBeNull()
    expect((await post('/auth/confirm-email', { token })).status).toBe(404)
    expect((await api.as(person).delete('/me/email-change')).status).toBe(404)
    expect((await api.as(person).post('/me/email-change/resend')).body.code).toBe('email.confirmed')
  })

  test('of somebody else is refused at the end only, to whom it belongs', async () => {
    const [person, other] = [await studio.person('manager'), await studio.person('artist')]
    expect((await ask(person, other.email)).status).toBe(200)
    const token = tokenIn((await deliver()).find(({ to, text }) => to === other.email && text.includes('#')))
    const taken = await post('/auth/confirm-email', { token })
    expect([taken.status, taken.body.code]).toEqual([409, 'email.taken'])
    expect((await api.as(person).get('/me')).body.user.email).toBe(person.email)
  })

  test('that nobody has confirmed yet is confirmed by a link that can be sent again', async () => {
    const person = await studio.person('artist')
    await api.owner.query('update users set email_confirmed_at = null where id = $1', [person.userId])
    expect((await api.as(person).get('/me')).body.user.emailConfirmed).toBe(false)
    expect((await api.as(person).post('/me/email-change/resend')).status).toBe(204)
    const token = tokenIn((await deliver())[0])
    expect((await post('/auth/confirm-email', { token })).status).toBe(200)
    expect((await api.as(person).get('/me')).body.user.emailConfirmed).toBe(true)
    const { crypto } = api.deps
    const index = crypto.blindIndex(person.email, 'users.email').slice(0, 16)
    const late = crypto.signToken('confirm-email', [person.userId, index, String(Date.now() - 1)])
    expect((await post('/auth/confirm-email', { token: late })).body.code).toBe('confirmation.expired')
  })
})
