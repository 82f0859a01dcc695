import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { type CaughtMail, type MailCatcher, startSmtp } from '../../../test/parts/smtp.ts'
import type { Mailer } from '../../adapters/mail.ts'
import { createSmtpMailer } from '../../adapters/smtp-mail.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { emit, type EmitInput } from '../../core/outbox.ts'
import { startWorker, type Worker } from '../../jobs/worker.ts'
import type { EventType } from '@sparkle/shared/events'
import { contactColumns } from '../projects/contact-data.service.ts'

const failures: object[] = []
const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => void failures.push(facts) }

describe('mails by the real worker and a real SMTP server', () => {
  let api: Api
  let smtp: MailCatcher
  let mailer: Mailer
  let worker: Worker
  let studio: TestStudio
  let manager: Person
  let artist: Person
  let projectId: string
  const customer = 'ann@example.test'

  beforeAll(async () => {
    api = await startApi({ PUBLIC_ORIGIN: 'http://studio.test', GAMES_ORIGIN: 'http://games.test' })
    smtp = await startSmtp({ refuses: (address) => address.startsWith('gone-') })
    mailer = createSmtpMailer({ url: smtp.url, from: 'Studio <hello@studio.test>' })
    worker = await startWorker({ ...api.deps, mailer }, { databaseUrl: api.appUrl, log, sweeps: [] })
    studio = await api.studio()
    ;[manager, artist] = [await studio.person('manager'), await studio.person('artist')]
    projectId = await orderedProject()
  })
  afterAll(async () => {
    await worker.stop()
    await mailer.close()
    await smtp.stop()
    await api.close()
  })

  /** A project with its order, by the owner's hand: orders are another module's business. */
  async function orderedProject(): Promise<string> {
    const { organizationId } = studio
    const [project, order, account, contact] = [newId(), newId(), newId(), newId()]
    const { customerEmailCipher } = contactColumns(api.deps.crypto, { customerEmail: customer })
    await api.owner.query('insert into accounts (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      account,
      'Ann',
    ])
    await api.owner.query('insert into contacts (organization_id, id, account_id, name) values ($1, $2, $3, $4)', [
      organizationId,
      contact,
      account,
      'Ann',
    ])
    await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config, customer_name, customer_email_cipher, assigned_artist_id)
       values ($1, $2, 'Rex', '<b>Rex</b> & co', 'express', '{}', 'Ann', $3, $4)`,
      [organizationId, project, customerEmailCipher, artist.userId],
    )
    await api.owner.query(
      `insert into orders (organization_id, id, number, project_id, account_id, contact_id, consent_version, consent_at)
       values ($1, $2, 'SC-1001', $3, $4, $5, '1', now())`,
      [organizationId, order, project, account, contact],
    )
    return project
  }

  const happen = (type: EventType, input: EmitInput = {}) => {
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
    return inTenant(api.deps.db, actor, (tx) => emit(tx, actor, type, { projectId, ...input }))
  }
  const mailTo = (to: string, subject: RegExp) =>
    smtp.waitFor((mail) => mail.to.includes(to) && subject.test(mail.content.subject ?? ''))
  const idOf = (mail: CaughtMail) => mail.content.messageId

  test('an order: the customer gets a confirmation with the tracking link, the managers hear of it in app and by mail', async () => {
    const eventId = await happen('order:received')
    const confirmation = await mailTo(customer, /SC-1001/)
    expect(idOf(confirmation)).toBe(`<${eventId}.customer@studio.test>`)
    const link = /http:\/\/studio\.test\/track\/([\w~.-]+)/.exec(confirmation.content.text ?? '')
    const token = api.deps.crypto.readToken('tracking', link?.[1] ?? '')
    expect(token?.[0]).toBe(studio.organizationId)
    const { rows } = await api.owner.query('select id from orders where id = $1', [token?.[1]])
    expect(rows).toHaveLength(1)

    const html = confirmation.content.html ?? ''
    expect(html).toContain('&lt;b&gt;Rex&lt;/b&gt; &amp; co')
    expect(html).not.toContain('<b>Rex')
    expect(html).not.toMatch(/\ssrc=|url\(|<link|<script|@import/)

    const told = await mailTo(manager.email, /New order SC-1001/)
    expect(told.content.text).toContain(`http://studio.test/projects/${projectId}`)
    expect(told.content.text).toContain('Express')
    await expect
      .poll(async () => (await api.as(manager).get('/notifications')).body.items)
      .toMatchObject([{ kind: 'order_received', projectId }])
    expect((await api.as(artist).get('/notifications')).body.items).toEqual([])
  })

  test('a deployed address: the customer gets it, artist and managers too', async () => {
    await happen('url:deployed', { data: { slug: 'rex' } })
    expect((await mailTo(customer, /ready to play/)).content.text).toContain('http://games.test/rex/')
    await mailTo(artist.email, /is live/)
    await mailTo(manager.email, /is live/)
    await expect
      .poll(async () => (await api.as(artist).get('/notifications')).body.items)
      .toMatchObject([{ kind: 'url_deployed', data: { slug: 'rex' } }])
  })

  test('who wants no mails gets none, but is notified', async () => {
    const silent = await studio.person('artist')
    await api.owner.query(
      `insert into notification_settings (organization_id, user_id, choices) values ($1, $2, '{"project_assigned": {"mail": false}}')`,
      [studio.organizationId, silent.userId],
    )
    await happen('project:assigned', { data: { userId: silent.userId } })
    await happen('project:assigned', { data: { userId: artist.userId } })
    await mailTo(artist.email, /yours now/)
    await expect
      .poll(async () => (await api.as(silent).get('/notifications')).body.items)
      .toMatchObject([{ kind: 'project_assigned' }])
    expect(smtp.mails.some((mail) => mail.to.includes(silent.email))).toBe(false)
  })

  test('a message of a manager goes by mail as well', async () => {
    await api.as(manager).post('/notifications').send({ userId: artist.userId, message: 'Coffee?\nNow?' })
    expect((await mailTo(artist.email, /has written/)).content.text).toContain('Coffee?\nNow?')
  })

  async function invited(address: string, role: string, accountId: string | null = null): Promise<string> {
    const invitation = newId()
    const { crypto } = api.deps
    await api.owner.query(
      `insert into invitations (organization_id, id, email_cipher, email_index, role, account_id, invited_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, now() + interval '7 days')`,
      [
        studio.organizationId,
        invitation,
        crypto.encrypt(address, 'users.email'),
        crypto.blindIndex(address, 'users.email'),
        role,
        accountId,
        manager.userId,
      ],
    )
    await happen('user:invited', { projectId: null, data: { invitationId: invitation } })
    return invitation
  }

  test('an invitation names the studio and holds a link that opens it', async () => {
    const address = 'new@example.test'
    const invitation = await invited(address, 'artist')
    const { text = '' } = (await mailTo(address, /invites you/)).content
    const token = /\/invite\/([\w~.-]+)/.exec(text)?.[1] ?? ''
    expect(api.deps.crypto.readToken('invite', token)).toEqual([studio.organizationId, invitation])
    expect(text).toMatch(/to work with .* as an artist/)
  })

  test('a household is invited to its games and not to work', async () => {
    const { accountId } = await studio.person('owner')
    for (const [role, may] of [
      ['member', /games that .* makes for you.*an owner of the account approves/],
      ['owner', /games that .* makes for you.*and approve them/],
    ] as const) {
      await invited(`${role}@family.test`, role, accountId)
      const { text = '' } = (await mailTo(`${role}@family.test`, /to see your games/)).content
      expect(text.replaceAll(/\s+/g, ' ')).toMatch(may)
      expect(text).not.toContain('work with')
    }
  })

  test('an address that is refused for good keeps no mail from the others, and is not tried for hours', async () => {
    const [gone, admin] = [await studio.person('artist'), await studio.person('admin')]
    const { crypto } = api.deps
    await api.owner.query('update users set email_cipher = $2 where id = $1', [
      gone.userId,
      crypto.encrypt('gone-away@example.test', 'users.email'),
    ])
    await api.owner.query('update projects set assigned_artist_id = $2 where id = $1', [projectId, gone.userId])
    const before = smtp.mails.length
    await happen('url:deployed', { data: { slug: 'rex-two' } })
    const lost = async () =>
      (await api.as(manager).get('/notification-deliveries')).status === 403 &&
      (await api.as(admin).get('/notification-deliveries')).body.items
    await expect.poll(lost, { timeout: 30_000 }).toMatchObject([
      {
        channel: 'mail',
        kind: 'url_deployed',
        recipient: { userId: gone.userId },
        failure: 'The mail server answered EENVELOPE 550.',
        attempts: 1,
      },
    ])
    const { rows } = await api.owner.query('select output, error from dbos.operation_outputs')
    expect(inspect([failures, rows], { depth: 10 })).toContain('EENVELOPE 550')
    expect(inspect([failures, rows], { depth: 10 })).not.toMatch(/gone-away|no such mailbox/)
    expect((await api.as(gone).get('/me/notification-preferences')).body.troubles).toMatchObject([{ channel: 'mail' }])
    const after = () => smtp.mails.slice(before).flatMap((mail) => mail.to)
    await expect.poll(() => after().toSorted()).toEqual([admin.email, customer, manager.email].toSorted())
  })

  test('an event that is dispatched again starts nothing again', async () => {
    const count = () => smtp.mails.length
    const before = count()
    const eventId = await happen('project:assigned', { data: { userId: artist.userId } })
    await expect.poll(count).toBe(before + 1)
    await api.owner.query('update outbox set dispatched_at = null where id = $1', [eventId])
    await api.owner.query("select pg_notify('sc_outbox', $1)", [studio.organizationId])
    const dispatched = async () =>
      (await api.owner.query('select 1 from outbox where id = $1 and dispatched_at is not null', [eventId])).rows.length
    await expect.poll(dispatched).toBe(1)
    await happen('project:assigned', { data: { userId: artist.userId } })
    await expect.poll(count).toBe(before + 2)
    const { rows } = await api.owner.query('select 1 from notifications where event_id = $1', [eventId])
    expect(rows).toHaveLength(1)
  })
})
