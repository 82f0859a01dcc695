import { afterAll, beforeEach, expect, test } from 'vitest'
import { openUrlKit } from '../../../test/url-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { startSmtp } from '../../../test/parts/smtp.ts'
import { createSmtpMailer } from '../../adapters/smtp-mail.ts'
import { findEvent } from '../../core/event-log.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { relayOrganization } from '../../jobs/relay.ts'
import { planDeliveries } from './notifications.events.ts'
import { notifyOfEvent } from './notifications.service.ts'
import { sendDue } from './send-due.ts'

const { api, studio, manager, project } = await openUrlKit()
const smtp = await startSmtp()
const mailer = createSmtpMailer({ url: smtp.url, from: 'Studio <hello@studio.test>' })
afterAll(async () => {
  await mailer.close()
  await smtp.stop()
  await api.close()
})
const owner = await studio.person('owner')
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
let projectId: string
let done = 0

beforeEach(async () => {
  smtp.mails.length = 0
  projectId = await project(manager)
  await api.owner.query('update projects set account_id = $2 where id = $1', [projectId, owner.accountId])
})

/** Does what the worker does with the events that have come up. */
async function work(): Promise<void> {
  for (let found = 1; found > 0;) {
    await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
    const { rows } = await api.owner.query(
      'select id, seq from event_log where organization_id = $1 and seq > $2 order by seq',
      [studio.organizationId, done],
    )
    found = rows.length
    for (const { id, seq } of rows) {
      done = Number(seq)
      await inTenant(api.deps.db, actor, async (tx) => {
        const event = await findEvent(tx, id as string)
        if (!event) return
        await notifyOfEvent(tx, actor, event)
        if (event.type === 'notification:added') await planDeliveries(tx, event)
      })
    }
  }
}
async function write(person: Person, body: string) {
  const made = await api.as(person).post(`/projects/${projectId}/messages`).send({ body }).expect(201)
  await work()
  return made.body as { id: string; number: number }
}
const send = () => sendDue({ ...api.deps, mailer }, actor)
const passTime = () => api.owner.query("update notification_deliveries set due_at = now() where status = 'waiting'")
const news = async (person: Person) =>
  (await api.as(person).get('/notifications?kind=message_received').expect(200)).body.items.filter(
    (one: { projectId: string }) => one.projectId === projectId,
  )
const mailsTo = (person: Person) =>
  smtp.mails.flatMap(({ to, content }) => (to.includes(person.email) ? [content] : []))

test('several messages are one piece of news and one mail, whose link opens the first that is not read', async () => {
  const first = await write(owner, 'Her left ear\n\nis <b>white</b>')
  await write(owner, 'And the <b>right</b> one is brown')
  const third = await write(owner, 'Thank you')
  expect(await news(manager)).toMatchObject([
    { data: { messageId: first.id, number: 1, last: 3, count: 3, petName: 'Chelsea' }, readAt: null },
  ])
  expect(await news(owner)).toEqual([])
  await send()
  expect(mailsTo(manager)).toEqual([])
  await api.as(owner).delete(`/messages/${first.id}`).expect(204)
  await passTime()
  await send()
  const [mail, ...more] = mailsTo(manager)
  expect(more).toEqual([])
  expect(mail?.subject).toContain('2 messages')
  expect(mail?.text).toContain('And the <b>right</b> one is brown')
  expect(mail?.html).not.toContain('<b>right</b>')
  expect(mail?.text).not.toContain('white')
  expect(mail?.text).toMatch(new RegExp(`/projects/${projectId}\\?tab=messages#message-[0-9a-f-]{36}`))
  expect(mail?.text).not.toContain(first.id)

  // The same events done again change nothing; what comes after a quarter of an hour is told of anew.
  done = 0
  await work()
  await passTime()
  await send()
  expect(await news(manager)).toMatchObject([{ data: { count: 3, last: third.number } }])
  expect(mailsTo(manager)).toHaveLength(1)
  await api.owner.query(
    "update notifications set created_at = created_at - interval '16 minutes' where project_id = $1",
    [projectId],
  )
  await write(owner, 'One more')
  expect(await news(manager)).toHaveLength(2)
})

test('what was read before its mail went is not sent, and customers hear of the studio’s', async () => {
  const { number } = await write(manager, 'Have a look at her tail')
  expect(await news(owner)).toMatchObject([{ data: { number: 1, actorName: expect.stringContaining('manager') } }])
  expect(await news(manager)).toEqual([])
  await api.as(owner).post(`/projects/${projectId}/messages/read`).send({ upTo: number }).expect(200)
  expect(await news(owner)).toMatchObject([{ readAt: expect.any(String) }])
  await passTime()
  await send()
  expect(mailsTo(owner)).toEqual([])
  await write(manager, 'And her whiskers')
  await passTime()
  await send()
  expect(mailsTo(owner)).toMatchObject([{ text: expect.stringContaining('And her whiskers') }])
  expect(mailsTo(owner)[0]?.text).not.toContain(manager.email)
})

test('what is written after a mail has left is told of by another mail, once', async () => {
  await write(owner, 'Her left ear is white')
  await passTime()
  await send()
  expect(mailsTo(manager)).toHaveLength(1)
  // Well within the time in which it would join what has not left yet.
  await write(owner, 'Wait, it is the right one')
  const third = await write(owner, 'And brown')
  expect(await news(manager)).toMatchObject([
    { data: { number: 2, last: third.number, count: 2 } },
    { data: { number: 1 } },
  ])
  done = 0
  await work()
  await passTime()
  await send()
  expect(mailsTo(manager)).toMatchObject([
    { text: expect.stringContaining('left ear') },
    { text: expect.stringContaining('the right one'), subject: expect.stringContaining('2 messages') },
  ])
  expect(await news(manager)).toHaveLength(2)
})
