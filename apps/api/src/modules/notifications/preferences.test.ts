import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import supertest from 'supertest'
import { kindsFor, type PreferencesInput } from '@sparkle/shared/notifications'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { type PushService, startPushService } from '../../../test/parts/push-service.ts'
import { smsAccount, type SmsService, startSmsService } from '../../../test/parts/sms-service.ts'
import { createTwilioSms } from '../../adapters/twilio-sms.ts'
import { newId } from '../../core/ids.ts'
import { sendDue } from './send-due.ts'

let api: Api
let sms: SmsService
let studio: TestStudio
let admin: Person
let artist: Person

beforeAll(async () => {
  sms = await startSmsService()
  api = await startApi({
    PUBLIC_ORIGIN: 'http://studio.test',
    SMS_URL: sms.url,
    SMS_ACCOUNT_SID: smsAccount.sid,
    SMS_AUTH_TOKEN: smsAccount.token,
    SMS_FROM: '+15005550006',
  })
})
afterAll(async () => {
  await api.close()
  await sms.stop()
})
beforeEach(async () => {
  studio = await api.studio()
  ;[admin, artist] = [await studio.person('admin'), await studio.person('artist')]
  sms.sent.length = 0
  sms.fail(null)
})

const path = '/me/notification-preferences'
const plain: PreferencesInput = {
  choices: [],
  quietHours: null,
  digest: { every: 'never', hour: 8, weekday: 1 },
  mentionsPassMute: true,
}
const put = (person: Person, input: object) =>
  api
    .as(person)
    .put(path)
    .send({ ...plain, ...input })
const choiceOf = async (person: Person, kind: string, channel: string) =>
  (await api.as(person).get(path)).body.choices.find(
    (one: { kind: string; channel: string }) => one.kind === kind && one.channel === channel,
  )?.on as boolean | undefined

/** A message by the owner's hand, as if an event had planned it. */
async function plan(person: Person, channel: string, kind = 'message') {
  const [notification, event, delivery] = [newId(), newId(), newId()]
  await api.owner.query(
    `insert into notifications (organization_id, id, user_id, kind, event_id, data) values ($1, $2, $3, $4, $5, '{"from": "Mia", "message": "Coffee?"}')`,
    [studio.organizationId, notification, person.userId, kind, event],
  )
  await api.owner.query(
    `insert into notification_deliveries (organization_id, id, channel, key, user_id, kind, notification_id) values ($1, $2, $3, $4, $5, $6, $7)`,
    [studio.organizationId, delivery, channel, delivery, person.userId, kind, notification],
  )
  return delivery
}
const send = () => sendDue(api.deps, { kind: 'system', organizationId: studio.organizationId, job: 'test' })
const rowOf = async (id: string) =>
  (await api.owner.query('select status, failure from notification_deliveries where id = $1', [id])).rows[0]

describe('preferences', () => {
  test('begin with the defaults of the kinds that a role can get, and keep only what differs', async () => {
    const kinds = new Set((await api.as(artist).get(path)).body.choices.map(({ kind }: { kind: string }) => kind))
    expect([...kinds]).toEqual(kindsFor('artist'))
    expect([...kinds]).not.toContain('order_received')
    expect(await choiceOf(admin, 'order_received', 'mail')).toBe(true)
    const changed = await put(artist, {
      choices: [
        { kind: 'build_failed', channel: 'mail', on: false },
        { kind: 'project_assigned', channel: 'mail', on: true },
        { kind: 'message', channel: 'in_app', on: false },
      ],
      digest: { every: 'week', hour: 7, weekday: 5 },
    })
    expect(changed.body).toMatchObject({ version: expect.any(Number), digest: { every: 'week', hour: 7, weekday: 5 } })
    expect(await choiceOf(artist, 'build_failed', 'mail')).toBe(false)
    expect(await choiceOf(artist, 'message', 'in_app')).toBe(true)
    expect(await choiceOf(admin, 'build_failed', 'mail')).toBe(true)
    const { rows } = await api.owner.query('select choices from notification_settings where user_id = $1', [
      artist.userId,
    ])
    expect(rows[0].choices).toEqual({ build_failed: { mail: false }, message: { in_app: false } })
    const { rows: audit } = await api.owner.query(
      "select 1 from audit where action = 'notification:preferences:changed'",
    )
    expect(audit.length).toBeGreaterThan(0)
  })

  test('a change on a stale version, and input that makes no sense, are refused', async () => {
    const { version } = (await put(artist, {})).body
    await put(artist, {})
    expect((await put(artist, {}).set('if-match', `"v${version}"`)).body).toMatchObject({ status: 412 })
    expect((await put(artist, {}).set('if-match', `"v${version + 1}"`)).status).toBe(200)
    const quiet = { from: '22:00', until: '07:00', weekdays: [1], urgentPasses: true }
    expect((await put(artist, { quietHours: quiet })).status).toBe(200)
    for (const quietHours of [
      { ...quiet, from: '24:00' },
      { ...quiet, weekdays: [] },
      { ...quiet, weekdays: [7] },
    ])
      expect((await put(artist, { quietHours })).status).toBe(422)
    expect((await put(artist, { choices: [{ kind: 'passwordReset', channel: 'mail', on: false }] })).status).toBe(422)
    expect((await put(artist, { digest: { every: 'hour', hour: 1, weekday: 1 } })).status).toBe(422)
  })
})

describe('the link that stops a mail', () => {
  const tokenFor = (person: Person, what: string) =>
    api.deps.crypto.signToken('unsubscribe', [studio.organizationId, person.userId, what])
  const address = (token: string) => `/api/v1/public/unsubscribe/${token}`
  const click = (token: string) =>
    supertest(api.app.server).post(address(token)).type('form').send('List-Unsubscribe=One-Click')

  test('stops that kind for that person with one POST, signed out, and nothing else; it can be taken back', async () => {
    const token = tokenFor(artist, 'build_failed')
    const looked = await api.as(null).get(`/public/unsubscribe/${token}`)
    expect(looked.body).toMatchObject({ kinds: ['build_failed'], channel: 'mail', subscribed: true })
    expect(await choiceOf(artist, 'build_failed', 'mail')).toBe(true)
    expect((await click(token)).body).toMatchObject({ subscribed: false })
    expect((await click(token)).body).toMatchObject({ subscribed: false })
    expect(await choiceOf(artist, 'build_failed', 'mail')).toBe(false)
    expect(await choiceOf(artist, 'build_failed', 'push')).toBe(true)
    expect(await choiceOf(artist, 'message', 'mail')).toBe(true)
    expect(await choiceOf(admin, 'build_failed', 'mail')).toBe(true)
    expect((await api.as(null).put(`/public/unsubscribe/${token}`)).body).toMatchObject({ subscribed: true })
    expect(await choiceOf(artist, 'build_failed', 'mail')).toBe(true)
  })

  test('of a mail with news of several kinds stops them all, and no other', async () => {
    const person = await studio.person('artist')
    const token = tokenFor(person, 'build_failed+build_passed')
    expect((await click(token)).body).toMatchObject({ kinds: ['build_failed', 'build_passed'], subscribed: false })
    const [failed, passed, message] = await Promise.all(
      ['build_failed', 'build_passed', 'message'].map((kind) => choiceOf(person, kind, 'mail')),
    )
    expect([failed, passed, message]).toEqual([false, false, true])
    expect((await click(tokenFor(person, 'build_failed+passwordReset'))).status).toBe(404)
  })

  test('stops the digest', async () => {
    await put(artist, { digest: { every: 'week', hour: 7, weekday: 5 } })
    expect((await click(tokenFor(artist, 'digest'))).body).toMatchObject({ subscribed: false })
    expect((await api.as(artist).get(path)).body.digest).toEqual({ every: 'never', hour: 7, weekday: 5 })
  })

  test('a browser that opens it is asked first', async () => {
    const token = tokenFor(artist, 'message')
    const opened = await supertest(api.app.server).get(address(token)).set('accept', 'text/html,*/*')
    expect([opened.status, opened.headers['location']]).toEqual([303, `http://studio.test/unsubscribe#${token}`])
    expect(await choiceOf(artist, 'message', 'mail')).toBe(true)
  })

  test('one that was altered, made for somebody else or for another purpose changes nothing', async () => {
    const mine = tokenFor(artist, 'build_failed')
    const [body = '', mac = ''] = mine.split('.')
    const parts = body.split('~')
    const swap = (index: number, part: string) => `${parts.with(index, part).join('~')}.${mac}`
    const theirs = tokenFor(admin, 'message').split('.')[0]?.split('~') ?? []
    const forged = [
      swap(1, theirs[1] ?? ''),
      swap(2, theirs[2] ?? ''),
      `${body}.${'A'.repeat(mac.length)}`,
      api.deps.crypto.signToken('tracking', [studio.organizationId, artist.userId, 'message']),
      tokenFor(artist, 'passwordReset'),
      api.deps.crypto.signToken('unsubscribe', [(await api.studio()).organizationId, artist.userId, 'message']),
    ]
    for (const token of forged) expect((await click(token)).status).toBe(404)
    expect(await choiceOf(artist, 'message', 'mail')).toBe(true)
    expect(await choiceOf(admin, 'build_failed', 'mail')).toBe(true)
    expect((await click(mine)).status).toBe(200)
  })
})

describe('web push', () => {
  let service: PushService
  beforeAll(async () => {
    service = await startPushService()
  })
  afterAll(() => service.stop())

  const subscribe = (person: Person, subscription: object) =>
    api.as(person).post('/me/push-subscriptions').send(subscription)

  test('a person has twenty browsers; the oldest goes when there is one more', async () => {
    const owner = await studio.person('artist')
    await api.owner.query(
      `insert into push_subscriptions (organization_id, id, user_id, endpoint_index, subscription_cipher, device, created_at)
       select $1, gen_random_uuid(), $2, 'x' || n, 'x', 'old ' || n, now() - make_interval(hours => n)
       from generate_series(1, 20) as n`,
      [studio.organizationId, owner.userId],
    )
    expect((await subscribe(owner, service.subscribe('newest').subscription)).status).toBe(201)
    const { rows } = await api.owner.query('select device from push_subscriptions where user_id = $1', [owner.userId])
    expect(rows).toHaveLength(20)
    expect(rows).not.toContainEqual({ device: 'old 20' })
    expect(rows).toContainEqual({ device: 'old 19' })
  })

  test('reaches each of a person’s browsers, encrypted and signed; a click leads to the place', async () => {
    const [laptop, phone] = [service.subscribe('laptop'), service.subscribe('phone')]
    expect((await subscribe(artist, laptop.subscription)).status).toBe(201)
    expect((await subscribe(artist, phone.subscription)).status).toBe(201)
    expect((await subscribe(artist, phone.subscription)).status).toBe(201)
    expect((await api.as(artist).get('/me/push-subscriptions')).body.items).toHaveLength(2)
    const id = await plan(artist, 'push')
    await send()
    expect(laptop.shown).toEqual([
      { title: 'Mia has written to you', body: 'Coffee?', url: 'http://studio.test/notifications', tag: id },
    ])
    expect(phone.shown).toEqual(laptop.shown)
    const { rows } = await api.owner.query('select subscription_cipher from push_subscriptions')
    expect(JSON.stringify(rows)).not.toContain('127.0.0.1')

    const [device] = (await api.as(artist).get('/me/push-subscriptions')).body.items
    const takeOff = (person: Person) => api.as(person).delete(`/me/push-subscriptions/${device.id}`)
    expect((await takeOff(admin)).body).toMatchObject({ status: 404 })
    expect((await takeOff(artist)).status).toBe(204)
    expect((await api.as(artist).get('/me/push-subscriptions')).body.items).toHaveLength(1)
  })

  test('a subscription that has ended is forgotten; a service that is away is asked again', async () => {
    const [old, kept] = [service.subscribe('old'), service.subscribe('kept')]
    await subscribe(artist, old.subscription)
    await subscribe(artist, kept.subscription)
    service.answer('old', 410)
    expect(await plan(artist, 'push').then(async (id) => (await send(), rowOf(id)))).toMatchObject({ status: 'sent' })
    expect(kept.shown).toHaveLength(1)
    expect((await api.as(artist).get('/me/push-subscriptions')).body.items).toHaveLength(1)
    service.answer('kept', 503)
    const waits = await plan(artist, 'push')
    await send()
    expect(await rowOf(waits)).toEqual({ status: 'waiting', failure: 'The push service answered 503.' })
  })

  test('an address inside the network is refused and never called, keys that are none are refused', async () => {
    const { subscription } = service.subscribe('inside')
    const person = await studio.person('artist')
    for (const endpoint of ['http://169.254.169.254/latest/meta-data', 'https://10.0.0.8/push'])
      expect((await subscribe(person, { ...subscription, endpoint })).body).toMatchObject({
        status: 422,
        code: 'push.bad_endpoint',
      })
    // One that was public when it was subscribed, and is not any more.
    await subscribe(artist, subscription)
    const moved = JSON.stringify({ ...subscription, endpoint: 'http://169.254.169.254/latest/meta-data' })
    await api.owner.query('update push_subscriptions set subscription_cipher = $2 where user_id = $1', [
      artist.userId,
      api.deps.crypto.encrypt(moved, 'push.subscription'),
    ])
    const id = await plan(artist, 'push')
    await send()
    expect(await rowOf(id)).toMatchObject({ failure: 'This address is not one that may be called.' })
    const bad = { ...subscription, keys: { ...subscription.keys, p256dh: 'AAAA' } }
    expect((await subscribe(artist, bad)).body).toMatchObject({ status: 422, code: 'push.bad_keys' })
  })
})

describe('text messages', () => {
  const phone = '+44 7700 900123'
  const codeSent = () => /^\d{6}/.exec(sms.sent.at(-1)?.['Body'] ?? '')?.[0] ?? ''
  const confirm = (code: string) => api.as(artist).post('/me/phone/confirm').send({ code })
  const giveNumber = () => api.as(artist).put('/me/phone').send({ phone })
  const smsOn = [{ kind: 'message', channel: 'sms', on: true }]

  test('go to a number only after its code was given, and only of the kinds that were chosen', async () => {
    await put(artist, { choices: smsOn })
    expect((await giveNumber()).body).toEqual({ number: '+44•••••••123', confirmed: false })
    expect(sms.sent).toMatchObject([{ To: '+447700900123', From: '+15005550006' }])
    const early = await plan(artist, 'sms')
    await send()
    expect(await rowOf(early)).toEqual({ status: 'skipped', failure: 'no phone' })
    const right = codeSent()
    const wrong = right === '000000' ? '111111' : '000000'
    expect((await confirm(wrong)).body).toMatchObject({ status: 422, code: 'phone.wrong_code' })
    expect((await confirm(right)).body).toMatchObject({ confirmed: true })
    expect((await confirm(right)).status).toBe(404)

    const [chosen, other] = [await plan(artist, 'sms'), await plan(artist, 'sms', 'build_failed')]
    await send()
    expect(await rowOf(chosen)).toMatchObject({ status: 'sent' })
    expect(await rowOf(other)).toEqual({ status: 'skipped', failure: 'not wanted' })
    expect(sms.sent.at(-1)?.['Body']).toMatch(
      /^Studio .*: Mia has written to you http:\/\/studio\.test\/notifications$/,
    )
    expect((await api.as(artist).delete('/me/phone')).status).toBe(204)
    expect((await api.as(artist).get(path)).body.phone).toBeNull()
  })

  test('a code dies of wrong guesses and of age', async () => {
    await giveNumber()
    const right = codeSent()
    const wrong = right === '000000' ? '111111' : '000000'
    for (let guess = 0; guess < 5; guess++) expect((await confirm(wrong)).status).toBe(422)
    expect((await confirm(right)).body).toMatchObject({ status: 409, code: 'phone.too_many_tries' })
    await giveNumber()
    await api.owner.query("update notification_settings set phone_code_sent_at = now() - interval '11 minutes'")
    expect((await confirm(codeSent())).body).toMatchObject({ status: 409, code: 'phone.code_expired' })
  })

  test('a number that cannot be reached is told at once, without its digits in any record', async () => {
    sms.fail({ status: 400, code: 21211 })
    expect((await giveNumber()).body).toMatchObject({ status: 503, code: 'sms.not_sent' })
    sms.fail(null)
    await put(artist, { choices: smsOn })
    await giveNumber()
    await confirm(codeSent())
    sms.fail({ status: 400, code: 21610 })
    const refused = await plan(artist, 'sms')
    await send()
    const failure = 'The text message service answered 400, code 21610.'
    expect(await rowOf(refused)).toEqual({ status: 'failed', failure })
    sms.fail({ status: 503, code: 20500 })
    const later = await plan(artist, 'sms')
    await send()
    expect(await rowOf(later)).toMatchObject({ status: 'waiting' })
  })

  test('end for the day at the limits of person and studio, codes too', async () => {
    await put(artist, { choices: smsOn })
    await giveNumber()
    await confirm(codeSent())
    const use = (count: number, userId: string) =>
      api.owner.query(
        `insert into notification_deliveries (organization_id, id, channel, key, user_id, kind, status, sent_at)
         select $1, gen_random_uuid(), 'sms', gen_random_uuid()::text, $2, 'message', 'sent', now() from generate_series(1, $3)`,
        [studio.organizationId, userId, count],
      )
    await use(8, artist.userId)
    const [last, over] = [await plan(artist, 'sms'), await plan(artist, 'sms')]
    await send()
    const states = [await rowOf(last), await rowOf(over)]
    expect(states).toContainEqual({ status: 'sent', failure: null })
    expect(states).toContainEqual({ status: 'skipped', failure: 'daily limit' })
    expect((await giveNumber()).body).toMatchObject({ status: 429, code: 'sms.limit' })
    await use(190, admin.userId)
    expect(
      (
        await api
          .as(await studio.person('artist'))
          .put('/me/phone')
          .send({ phone })
      ).status,
    ).toBe(429)
    await api.owner.query("update notification_deliveries set sent_at = now() - interval '25 hours'")
    expect((await giveNumber()).status).toBe(200)
  })

  test('the service wants its account and its form: the control of the stand-in', async () => {
    const { outgoing } = api.deps.config
    const settings = { url: sms.url, accountSid: smsAccount.sid, authToken: 'another token', from: '+15005550006' }
    const message = { to: '+447700900123', body: 'hello', id: '1' }
    await expect(createTwilioSms(settings, outgoing).send(message)).rejects.toMatchObject({ permanent: true })
    await createTwilioSms({ ...settings, authToken: smsAccount.token }, outgoing).send(message)
    expect(sms.sent).toHaveLength(1)
  })
})
