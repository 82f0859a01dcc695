import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { CommentView } from '@sparkle/shared/comments'
import type { VersionView } from '@sparkle/shared/reviews'
import { createSmtpMailer } from '../src/adapters/smtp-mail.ts'
import { notificationHandlers } from '../src/modules/notifications/notifications.events.ts'
import { personMailRound } from '../src/modules/notifications/person-mails.ts'
import { sendDue } from '../src/modules/notifications/send-due.ts'
import { exportHandler } from '../src/modules/people/export-person.ts'
import { signInvitation } from '../src/modules/users/invitations.service.ts'
import type { Person } from './harness.ts'
import { type MailCatcher, startSmtp } from './parts/smtp.ts'
import {
  clientReader,
  follow,
  guestReader,
  isApart,
  opensByToken,
  type Read,
  read,
  type Reader,
  readsOf,
  refusedAnyway,
} from './portal-reads.ts'
import { customer, openPortal, type Portal } from './portal-world.ts'
import { runHandlers, silentLog } from './run-handlers.ts'
import { specOperations } from './spec-ids.ts'

/**
 * What is the studio's own business, planted wherever it is kept (`portal-world.ts`), against everything that a customer
 * or a guest can reach: no reply, file, event, export, notification or mail of theirs may hold it, tell of it by a count,
 * or be found by it. Where the studio's people look, it is there.
 */
let portal: Portal
let reads: Read[]
let readers: Reader[]
let staff: Reader
let smtp: MailCatcher

beforeAll(async () => {
  portal = await openPortal()
  const { api, clients, guests, world } = portal
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  smtp = await startSmtp()
  reads = await readsOf(portal)
  const exports = await Promise.all(clients.map((one) => api.as(one).post('/me/export').expect(202)))
  readers = [
    ...clients.map((one, index) => clientReader(one, { personExport: exports[index]?.body.id })),
    ...[...guests].map(([scope, { person }]) => guestReader(scope, person)),
  ]
  staff = { name: 'admin', person: world.admin, own: {}, may: () => true }
  await work()
}, 120_000)
afterAll(async () => {
  await smtp.stop()
  await portal.api.close()
})

/** Does what the worker does with all that has happened: notifications, mails, exports. */
async function work(): Promise<void> {
  const { api, studio } = portal
  const { organizationId } = studio
  const mailer = createSmtpMailer({ url: smtp.url, from: 'Studio <hello@studio.test>' })
  const deps = { ...api.deps, mailer }
  const actor = { kind: 'system', organizationId, job: 'test' } as const
  await runHandlers(deps, organizationId, [...notificationHandlers, exportHandler])
  await api.owner.query("update notification_deliveries set due_at = now() where status = 'waiting'")
  await sendDue(deps, actor, silentLog)
  await personMailRound.run(deps, silentLog)
  await mailer.close()
}

/** What of the review somebody gets by going from one thing to the next. */
async function crawl({ person }: Reader): Promise<string[]> {
  const { api, world } = portal
  const texts: string[] = []
  async function get<T>(path: string): Promise<T[]> {
    const reply = await api.as(person).get(path)
    texts.push(reply.text)
    return reply.body.items ?? []
  }
  const { project } = world.ids
  for (const { id } of await get<VersionView>(`/projects/${project}/versions?limit=100&include=total`)) {
    await get(`/versions/${id}`)
    for (const { id: comment } of await get<CommentView>(`/versions/${id}/comments?limit=100&include=total`))
      for (const part of ['', '/replies?include=total', '/moment']) await get(`/comments/${comment}${part}`)
    texts.push((await api.as(person).post(`/versions/${id}/downloads`).expect(201)).text)
  }
  for (const path of ['/projects?include=total,progress&archived=any', '/activity?limit=100&include=total'])
    await get(path)
  texts.push((await api.as(person).post(`/projects/${project}/deliveries`).expect(201)).text)
  return texts
}

/** Every operation that reads, what its replies lead to, and what stands there of the studio's own. */
async function walk(reader: Reader, names: readonly string[]) {
  const found = new Map<string, string[]>()
  const statuses = new Map<string, number>()
  const texts: string[] = []
  const keep = (name: string, text: string) =>
    found.set(name, [...new Set([...(found.get(name) ?? []), ...portal.leaked(text)])])
  for (const name of names) {
    const reply = await read(portal, reader, name)
    statuses.set(name, reply.status)
    const text = `${reply.text ?? ''}${JSON.stringify(reply.headers)}`
    texts.push(text)
    keep(name, text)
  }
  for (const text of await crawl(reader)) {
    texts.push(text)
    keep('on the way', text)
  }
  const followed = await follow(portal, texts)
  for (const [name, given] of followed) for (const text of given) keep(name, text)
  const leaks = [...found].flatMap(([name, own]) => (own.length > 0 ? [`${name}: ${own.join(', ')}`] : []))
  return { statuses, leaks, followed: [...followed.keys()], shown: new Set([...found.values()].flat()) }
}

/** What an operation answers though it should be refused, or the other way round. */
function wrongly(reader: Reader, statuses: ReadonlyMap<string, number>): string[] {
  return reads.flatMap((route) => {
    const status = statuses.get(route.name)
    if (status === undefined) return []
    const answers = reader.may(route) && !refusedAnyway.has(route.name)
    const right = answers ? status < 300 : status === 403 || status === 404
    return right ? [] : [`${reader.name}: ${route.name} answers ${status}${answers ? '' : ', and should not'}`]
  })
}

test('all that the tables let a customer or a guest read answers, and holds nothing of the studio’s own', async () => {
  const { api, studio, world, clients, guests } = portal
  const names = reads.filter((route) => !isApart(route)).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(80)
  const opened = new Set<string>()
  const answering: Record<string, number> = {}
  for (const reader of readers) {
    const { statuses, leaks, followed } = await walk(reader, names)
    expect(wrongly(reader, statuses)).toEqual([])
    expect(leaks, reader.name).toEqual([])
    for (const name of followed) opened.add(name)
    answering[reader.name] = [...statuses.values()].filter((status) => status < 300).length
  }
  // 35 and more for customers; for guests what is open to everybody and what their scope adds.
  expect(answering).toEqual({
    owner: expect.toSatisfy((count: number) => count >= 35),
    member: answering['owner'],
    'guest to view': 4,
    'guest to comment': 8,
    'guest to approve': 8,
  })

  // Links that are given to customers and guests by mail or by hand.
  const { crypto } = api.deps
  const org = studio.organizationId
  const [owner] = clients as [Person]
  const given = [
    `/public/orders/${crypto.signToken('tracking', [org, world.ids.order])}`,
    `/public/invites/${signInvitation(crypto, org, { id: world.ids.projectInvite, generation: 0 })}`,
    `/public/unsubscribe/${crypto.signToken('unsubscribe', [org, owner.userId, 'message'])}`,
    ...[...guests.values()].map(({ linkToken }) => `/public/reviews/${linkToken}`),
  ].map((path) => `${api.deps.config.publicOrigin}/api/v1${path}`)
  for (const [name, texts] of await follow(portal, given)) {
    opened.add(name)
    expect([name, texts.flatMap(portal.leaked)]).toEqual([name, []])
  }
  const byToken = reads.filter(opensByToken).map(({ name }) => name)
  expect([...opened].toSorted()).toEqual(byToken.toSorted())
}, 120_000)

test('the control: each of them is there where the studio’s people look', async () => {
  const names = [
    'GET /projects/:id',
    'GET /projects/:id/files',
    'GET /projects/:id/guest-links',
    'GET /activity',
    'GET /users',
    'GET /users/:id/grants',
    'GET /notifications',
    'GET /project-views',
    'GET /api-keys/:id',
  ]
  expect([...(await walk(staff, names)).shown].toSorted()).toEqual(Object.keys(portal.markers).toSorted())
}, 120_000)

test('nobody finds anything by words of the studio’s own', async () => {
  const { api, clients, manager, markers } = portal
  const lists = specOperations.filter(({ name, searches }) => searches && /^GET [^:]*$/.test(name))
  const search = async (person: Person, name: string, q: string) => {
    const { status, text } = await api.as(person).get(`${name.replace('GET ', '')}?q=${encodeURIComponent(q)}`)
    // A reply may repeat what was typed.
    return status < 300 ? text.replaceAll(q, '') : null
  }
  const wrong: string[] = []
  for (const { name } of lists)
    for (const client of clients) {
      const nothing = await search(client, name, 'zq8nothing')
      if (nothing === null) continue
      for (const [marker, words] of Object.entries(markers))
        if ((await search(client, name, words)) !== nothing) wrong.push(`${client.role}: ${name} by ${marker}`)
    }
  expect(wrong).toEqual([])

  const [owner] = clients as [Person]
  for (const name of ['GET /projects', 'GET /search']) {
    expect(await search(manager, name, markers['notes'] ?? '')).toContain(portal.world.ids.project)
    expect(await search(owner, name, 'rex')).toContain(portal.world.ids.project)
  }
})

test('no count tells of what is not shown', async () => {
  const { api, world, clients, guests } = portal
  const inside = (await api.as(world.admin).get(`/versions/${world.ids.waiting}`).expect(200)).body.comments
  expect(inside.total).toBe(5)
  for (const person of [...clients, guests.get('approve')?.person ?? null]) {
    const list = await api.as(person).get(`/projects/${world.ids.project}/versions?include=total`).expect(200)
    expect([list.body.total, list.body.items.length]).toEqual([3, 3])
    for (const version of list.body.items as VersionView[]) {
      const { body } = await api.as(person).get(`/versions/${version.id}/comments?include=total`).expect(200)
      const threads = body.items as CommentView[]
      const replies = threads.flatMap((thread) => thread.replies)
      expect([body.total, threads.filter(({ replyCount }) => replyCount > 0)]).toEqual([threads.length, []])
      expect(version.comments).toMatchObject({ total: threads.length + replies.length, open: threads.length })
    }
  }
  const [owner] = clients as [Person]
  const unread = (await api.as(owner).get('/notifications/unread-count').expect(200)).body.count
  expect(unread).toBe((await api.as(owner).get('/notifications?limit=100').expect(200)).body.items.length)
})

/** Everything that a socket is sent of what has happened so far. */
async function eventsOf(person: Person): Promise<string> {
  const { port } = portal.api.app.server.address() as AddressInfo
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/events?after=0`, {
    headers: { authorization: `Bearer ${person.token}` },
  })
  let text = ''
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (raw: Buffer) => {
      const message = raw.toString()
      text += message
      if (message.includes('"type":"ready"')) resolve()
    })
  })
  socket.terminate()
  return text
}

test('nor does an event, from the first one on; a guest has no socket', async () => {
  const { clients, guests, manager, leaked } = portal
  for (const client of clients) {
    const heard = await eventsOf(client)
    expect(heard).toContain('version:added')
    expect(leaked(heard), client.role).toEqual([])
    expect(heard).not.toMatch(/"internal":true|version:drafted|version:updated/)
  }
  expect(leaked(await eventsOf(manager))).toEqual(expect.arrayContaining(['reason', 'draftDocument']))
  for (const { person } of guests.values()) await expect(eventsOf(person)).rejects.toThrow(/403/)
})

test('nor does a mail', () => {
  const { clients, markers, leaked } = portal
  const team = [markers['manager'], markers['artist'], markers['admin']]
  const outside = smtp.mails.filter(({ to }) => !to.some((address) => team.includes(address)))
  const told = outside.flatMap(({ to }) => to)
  expect(told).toEqual(expect.arrayContaining([...clients.map(({ email }) => email), customer, 'granny@example.test']))
  for (const { to, content } of outside) expect([to, leaked(JSON.stringify(content))]).toEqual([to, []])
  expect(leaked(JSON.stringify(smtp.mails))).toContain('notice')
})

test('every reply that a decision, an opening or a refusal has is as silent', async () => {
  const { api, clients, guests, leaked, world } = portal
  const [owner] = clients as [Person]
  const guest = guests.get('approve')?.person ?? null
  const { waiting, draft, project } = world.ids
  const replies = [
    await api.as(owner).get(`/versions/${draft}`).expect(404),
    await api.as(owner).get(`/versions/${draft}/comments`).expect(404),
    await api.as(owner).post(`/versions/${draft}/downloads`).expect(404),
    await api.as(owner).patch(`/projects/${project}`).send({ notes: 'x' }).expect(403),
    await api.as(guest).get(`/projects/${project}`).expect(403),
    await api.as(guest).get(`/versions/${draft}`).expect(404),
    await api.as(owner).post(`/versions/${waiting}/decisions`).send({ decision: 'approve' }).expect(201),
  ]
  for (const reply of replies) expect(leaked(reply.text)).toEqual([])
})
