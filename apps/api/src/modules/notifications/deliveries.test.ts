import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { NotificationKind } from '@sparkle/shared/events'
import type { PreferencesInput } from '@sparkle/shared/notifications'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { type MailCatcher, startSmtp } from '../../../test/parts/smtp.ts'
import type { Mailer } from '../../adapters/mail.ts'
import { createSmtpMailer } from '../../adapters/smtp-mail.ts'
import { findEvent } from '../../core/event-log.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { relayOrganization } from '../../jobs/relay.ts'
import { claimDeliveries } from './deliveries.queries.ts'
import { planDeliveries } from './notifications.events.ts'
import { planDigests, tellDeadlines } from './notifications.sweeps.ts'
import { notify } from './notifications.service.ts'
import { personMailRound } from './person-mails.ts'
import { sendDue } from './send-due.ts'

const hourMs = 3_600_000

describe('messages that leave the app', () => {
  let api: Api
  let smtp: MailCatcher
  let mailer: Mailer
  let studio: TestStudio
  let manager: Person
  let artist: Person
  const actor = () => ({ kind: 'system', organizationId: studio.organizationId, job: 'test' }) as const

  beforeAll(async () => {
    api = await startApi({ PUBLIC_ORIGIN: 'http://studio.test' })
    smtp = await startSmtp({ refuses: (address) => address.startsWith('gone-') })
    mailer = createSmtpMailer({ url: smtp.url, from: 'Studio <hello@studio.test>' })
  })
  afterAll(async () => {
    await mailer.close()
    await smtp.stop()
    await api.close()
  })
  beforeEach(async () => {
    studio = await api.studio()
    ;[manager, artist] = [await studio.person('manager'), await studio.person('artist')]
    smtp.mails.length = 0
  })

  const send = () => sendDue({ ...api.deps, mailer }, actor())
  const mailsTo = (person: Person) => smtp.mails.filter(({ to }) => to.includes(person.email))
  const rowsOf = async (person: Person) =>
    (
      await api.owner.query(
        'select id, channel, kind, status, held, attempts, failure, due_at > now() as later from notification_deliveries where user_id = $1 order by id',
        [person.userId],
      )
    ).rows
  const allDue = () => api.owner.query("update notification_deliveries set due_at = now() where status = 'waiting'")

  /** Notifies somebody and plans what leaves the app, as the worker does on the event. */
  async function tell(person: Person, kind: NotificationKind, projectId: string | null = null, eventId = newId()) {
    const data = { message: 'Coffee?', from: 'Mia', petName: 'Rex' }
    await inTenant(api.deps.db, actor(), (tx) =>
      notify(tx, actor(), [{ userId: person.userId, kind, projectId, eventId, data }]),
    )
    await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
    const { rows } = await api.owner.query(
      "select id from event_log where organization_id = $1 and type = 'notification:added' order by seq",
      [studio.organizationId],
    )
    for (const { id } of rows)
      await inTenant(api.deps.db, actor(), async (tx) => {
        const event = await findEvent(tx, id as string)
        if (event) await planDeliveries(tx, event)
      })
  }

  async function choose(person: Person, input: Partial<PreferencesInput>) {
    const plain = {
      choices: [],
      quietHours: null,
      digest: { every: 'never', hour: 8, weekday: 1 },
      mentionsPassMute: true,
    }
    const reply = await api
      .as(person)
      .put('/me/notification-preferences')
      .send({ ...plain, ...input })
    expect(reply.status).toBe(200)
    return reply.body
  }

  /** A silence that holds now whatever the time is. */
  function quietNow(urgentPasses = true) {
    const clock = (at: number) => new Date(at).toISOString().slice(11, 16)
    const now = Date.now()
    return {
      from: clock(now - 2 * hourMs),
      until: clock(now + 2 * hourMs),
      weekdays: [0, 1, 2, 3, 4, 5, 6],
      urgentPasses,
    }
  }

  async function project(values: Record<string, unknown> = {}) {
    const row = {
      organization_id: studio.organizationId,
      id: newId(),
      name: 'Rex',
      pet_name: 'Rex',
      package_type: 'custom',
      game_config: '{}',
      ...values,
    }
    const places = Object.keys(row).map((_, i) => `$${i + 1}`)
    await api.owner.query(
      `insert into projects (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    )
    return row.id
  }

  test('each event goes once to each person on each channel, however often it is planned and sent', async () => {
    const eventId = newId()
    for (let again = 0; again < 3; again++) await tell(artist, 'message', null, eventId)
    await Promise.all([send(), send(), send()])
    await send()
    expect(mailsTo(artist)).toHaveLength(1)
    expect(await rowsOf(artist)).toMatchObject([
      { channel: 'mail', status: 'sent' },
      { channel: 'push', status: 'skipped', failure: 'no device' },
    ])
    const [mail] = mailsTo(artist)
    expect(mail?.content.messageId).toBe(`<${eventId}.${artist.userId}@studio.test>`)
    const headers = new Map(mail?.content.headers.map(({ key, value }) => [key, value]))
    expect(headers.get('auto-submitted')).toBe('auto-generated')
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(headers.get('list-unsubscribe')).toMatch(/^<http:\/\/studio\.test\/api\/v1\/public\/unsubscribe\/[\w~.-]+>$/)
  })

  test('a try that dies is taken up again, under the same Message-ID', async () => {
    await tell(artist, 'message')
    const claim = () => inTenant(api.deps.db, actor(), (tx) => claimDeliveries(tx, 10))
    expect(await claim()).toHaveLength(2)
    expect(await claim()).toEqual([])
    expect(await send()).toBe(0)
    await allDue()
    await send()
    expect(mailsTo(artist)).toHaveLength(1)
    expect((await rowsOf(artist))[0]).toMatchObject({ status: 'sent', attempts: 2 })
  })

  test('what is held through quiet hours comes once, together, when they are over; urgent things pass', async () => {
    await choose(artist, { quietHours: quietNow() })
    for (const kind of ['message', 'project_assigned', 'build_failed'] as const) await tell(artist, kind)
    await send()
    expect(mailsTo(artist).map(({ content }) => content.subject)).toEqual(['A build of Rex’s game failed'])
    const held = (await rowsOf(artist)).filter(({ channel, status }) => channel === 'mail' && status === 'waiting')
    expect(held).toMatchObject([
      { held: true, later: true, attempts: 0 },
      { held: true, later: true, attempts: 0 },
    ])
    await allDue()
    await send()
    expect(mailsTo(artist)).toHaveLength(1)

    await choose(artist, { quietHours: null })
    await allDue()
    await Promise.all([send(), send()])
    expect(mailsTo(artist)).toHaveLength(2)
    const together = mailsTo(artist)[1]?.content
    expect(together?.subject).toBe('2 things happened while it was quiet')
    expect(together?.text).toContain('Mia has written to you')
    expect(together?.text).toContain('Rex’s project is yours now')
  })

  test('urgent things wait like all others for those who say so; what was read meanwhile does not come', async () => {
    await choose(artist, { quietHours: quietNow(false) })
    await tell(artist, 'build_failed')
    await send()
    expect(mailsTo(artist)).toEqual([])
    await api.as(artist).post('/notifications/read-all')
    await choose(artist, { quietHours: null })
    await allDue()
    await send()
    expect(mailsTo(artist)).toEqual([])
    expect((await rowsOf(artist))[0]).toMatchObject({ status: 'skipped', failure: 'read' })
  })

  test('a choice counts when the message goes, and a kind that is off everywhere is not even written', async () => {
    await tell(artist, 'message')
    const off = ['mail', 'push'].map((channel) => ({
      kind: 'message',
      channel,
      on: false,
    })) as PreferencesInput['choices']
    await choose(artist, { choices: off })
    await send()
    expect(mailsTo(artist)).toEqual([])
    expect((await rowsOf(artist))[0]).toMatchObject({ status: 'skipped', failure: 'not wanted' })

    const nothing = (['in_app', 'digest'] as const).map(
      (channel) => ({ kind: 'build_passed', channel, on: false }) as const,
    )
    await choose(artist, { choices: nothing })
    await tell(artist, 'build_passed')
    const { rows } = await api.owner.query("select 1 from notifications where user_id = $1 and kind = 'build_passed'", [
      artist.userId,
    ])
    expect(rows).toEqual([])
    const byMailOnly = [
      { kind: 'build_passed', channel: 'in_app', on: false },
      { kind: 'build_passed', channel: 'mail', on: true },
    ] as const
    await choose(artist, { choices: [...byMailOnly] })
    await tell(artist, 'build_passed')
    await send()
    expect(mailsTo(artist)).toHaveLength(1)
    expect((await api.as(artist).get('/notifications?kind=build_passed')).body.items).toEqual([])
    expect((await api.as(artist).get('/notifications?kind=message')).body.items).toHaveLength(1)
  })

  test('a muted project is silent, but for what is meant for one by name', async () => {
    const id = await project({ assigned_artist_id: artist.userId })
    expect((await api.as(artist).post(`/projects/${id}/mute`)).body).toEqual({ muted: true })
    await tell(artist, 'build_failed', id)
    await tell(artist, 'project_assigned', id)
    await tell(manager, 'build_failed', id)
    await send()
    expect(mailsTo(artist).map(({ content }) => content.subject)).toEqual(['Rex’s project is yours now'])
    expect(mailsTo(manager)).toHaveLength(1)
    await choose(artist, { mentionsPassMute: false })
    await tell(artist, 'project_assigned', id)
    await tell(artist, 'message', id)
    await send()
    expect(mailsTo(artist)).toHaveLength(1)
    expect((await api.as(artist).get('/notifications')).body.items).toMatchObject([
      { kind: 'message' },
      { kind: 'project_assigned' },
    ])
    await api.as(artist).delete(`/projects/${id}/mute`)
    expect((await api.as(artist).get(`/projects/${id}/mute`)).body).toEqual({ muted: false })
    await tell(artist, 'build_failed', id)
    await send()
    expect(mailsTo(artist)).toHaveLength(2)
  })

  test('a server that is away is asked again; what is given up shows, and an admin can have it tried again', async () => {
    const admin = await studio.person('admin')
    await tell(artist, 'message')
    const dead = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'Studio <hello@studio.test>' })
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect((await rowsOf(artist))[0]).toMatchObject({ status: 'waiting' })
      await sendDue({ ...api.deps, mailer: dead }, actor())
      await allDue()
    }
    await dead.close()
    const [row] = await rowsOf(artist)
    expect(row).toMatchObject({ status: 'failed', attempts: 8 })
    const failed = await api.as(admin).get('/notification-deliveries')
    expect(failed.body.items).toMatchObject([
      {
        id: row.id,
        channel: 'mail',
        recipient: { userId: artist.userId },
        failure: expect.stringContaining('ESOCKET'),
      },
    ])
    expect((await api.as(artist).get('/me/notification-preferences')).body.troubles).toMatchObject([
      { channel: 'mail' },
    ])
    expect((await api.as(artist).get('/notification-deliveries')).status).toBe(403)

    const retry = () => api.as(admin).post(`/notification-deliveries/${row.id}/retry`)
    expect((await retry()).body).toMatchObject({ status: 'waiting', attempts: 0 })
    await send()
    expect(mailsTo(artist)).toHaveLength(1)
    expect((await retry()).body).toMatchObject({ status: 409, code: 'delivery.not_failed' })
  })

  test('a mail about sign-in that is given up shows as well, without telling what it was about', async () => {
    const admin = await studio.person('admin')
    await api.owner.query('update users set email_cipher = $2 where id = $1', [
      artist.userId,
      api.deps.crypto.encrypt('gone-away@example.test', 'users.email'),
    ])
    await api.owner.query("insert into person_mails (id, kind, user_id) values ($1, 'passwordChanged', $2)", [
      newId(),
      artist.userId,
    ])
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
    await personMailRound.run({ ...api.deps, mailer }, silent)
    const [failed] = (await api.as(admin).get('/notification-deliveries')).body.items
    expect(failed).toMatchObject({
      kind: 'sign_in',
      recipient: { userId: artist.userId },
      failure: expect.stringContaining('EENVELOPE 550'),
    })
    expect(JSON.stringify(failed)).not.toMatch(/password|gone-away/)
    expect((await api.as(admin).post(`/notification-deliveries/${failed.id}/retry`)).status).toBe(409)
  })

  describe('digests', () => {
    // From midnight on: due whenever this runs.
    const daily = { every: 'day', hour: 0, weekday: 0 } as const
    const plan = (now = new Date()) => inTenant(api.deps.db, actor(), (tx) => planDigests(tx, now))

    test('lead with what waits, come once a day whoever plans them, and not at all when there is nothing', async () => {
      await choose(artist, { digest: daily })
      await choose(manager, { digest: daily })
      await project({ pet_name: 'Late', assigned_artist_id: artist.userId, deadline: '2020-01-01' })
      await tell(artist, 'message')
      await send()
      smtp.mails.length = 0
      await Promise.all([plan(), plan()])
      await Promise.all([send(), send()])
      await plan()
      await send()
      const [digest, ...more] = mailsTo(artist)
      expect(more).toEqual([])
      expect(digest?.content.subject).toMatch(/^One thing waits for you at Studio/)
      const text = digest?.content.text ?? ''
      expect(text).toContain('overdue since 1 January 2020')
      expect(text.indexOf('Late')).toBeLessThan(text.indexOf('Mia has written to you'))
      expect(mailsTo(manager)).toEqual([])
      expect(await rowsOf(manager)).toMatchObject([{ kind: 'digest', status: 'skipped', failure: 'empty' }])
    })

    test('one whose worker died is sent by the next, once', async () => {
      await choose(manager, { digest: daily })
      await project({ pet_name: 'Nobody' })
      await plan()
      await inTenant(api.deps.db, actor(), (tx) => claimDeliveries(tx, 10))
      await plan()
      await allDue()
      await Promise.all([send(), send()])
      expect(mailsTo(manager)).toHaveLength(1)
      expect(mailsTo(manager)[0]?.content.text).toContain('Nobody is on it yet')
    })
  })

  test('deadlines are told of three days and one day before, once each, by the person’s own calendar', async () => {
    await project({ assigned_artist_id: artist.userId, deadline: '2026-06-20' })
    const at = (time: string) => inTenant(api.deps.db, actor(), (tx) => tellDeadlines(tx, actor(), new Date(time)))
    const days = async (person: Person) =>
      (await api.as(person).get('/notifications')).body.items.map((one: { data: { days: number } }) => one.data.days)
    expect(await at('2026-06-16T12:00:00Z')).toBe(0)
    expect(await at('2026-06-17T07:59:00Z')).toBe(0)
    expect(await at('2026-06-17T08:00:00Z')).toBe(1)
    expect(await at('2026-06-18T09:00:00Z')).toBe(0)
    expect([await days(artist), await days(manager)]).toEqual([[3], []])
    await api.owner.query("update users set time_zone = 'Pacific/Auckland' where id = $1", [artist.userId])
    expect(await at('2026-06-18T21:00:00Z')).toBe(1)
    expect(await at('2026-06-19T09:00:00Z')).toBe(1)
    expect([await days(artist), await days(manager)]).toEqual([[1, 3], [1]])
    expect(await at('2026-06-20T09:00:00Z')).toBe(0)
    await api.owner.query("update projects set deadline = '2026-07-01'")
    expect(await at('2026-06-29T09:00:00Z')).toBe(1)
  })
})
