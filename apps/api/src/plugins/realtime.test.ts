import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Api, type Person, startApi, type TestStudio } from '../../test/harness.ts'
import { type LiveMessage, openLivePages } from '../../test/live-pages.ts'
import { inTenant } from '../core/in-tenant.ts'
import { newId } from '../core/ids.ts'
import { emit, type EmitInput } from '../core/outbox.ts'
import { revokeSession } from '../db/system.ts'
import { relayOrganization } from '../jobs/relay.ts'
import type { EventType } from '@sparkle/shared/events'

describe('GET /events', () => {
  let api: Api
  let live: Awaited<ReturnType<typeof openLivePages>>
  let studio: TestStudio
  let manager: Person

  beforeAll(async () => {
    api = await startApi()
    live = await openLivePages(api)
    studio = await api.studio()
    manager = await studio.person('manager')
  })
  afterEach(() => live.closeAll())
  afterAll(() => api.close())

  const open: typeof live.open = (...asked) => live.open(...asked)
  const ready: typeof live.ready = (...asked) => live.ready(...asked)
  const openConnections = () =>
    new Promise<number>((resolve) => api.app.server.getConnections((_error, count) => resolve(count)))

  const happen = async (where: TestStudio, type: EventType, input: EmitInput = {}) => {
    const actor = { kind: 'system', organizationId: where.organizationId, job: 'test' } as const
    await inTenant(api.deps.db, actor, (tx) => emit(tx, actor, type, input))
    await relayOrganization(api.deps.db, api.deps.crypto, where.organizationId)
  }

  async function project(where: TestStudio, accountId: string | null): Promise<string> {
    const id = newId()
    await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config, account_id) values ($1, $2, 'p', 'p', 'custom', '{}', $3)`,
      [where.organizationId, id, accountId],
    )
    return id
  }

  test('sends live events of the studio, and none of another one', async () => {
    const neighbour = await api.studio()
    const theirs = await ready(await neighbour.person('admin'))
    const page = await ready(manager)
    await happen(studio, 'studio:updated', { data: { note: 'a' } })
    await happen(neighbour, 'studio:updated', { data: { note: 'b' } })
    expect(await page.hears({ type: 'studio:updated' })).toMatchObject({
      data: { note: 'a' },
      actor: { id: null },
      projectId: null,
    })
    expect(await theirs.hears({ type: 'studio:updated' })).toMatchObject({ seq: 1, data: { note: 'b' } })
    expect([page.seqs().length, theirs.seqs().length]).toEqual([1, 1])
  })

  test('after a loss in the middle of a stream, `after` brings what was missed in order, no gap, no double', async () => {
    const own = await api.studio()
    const person = await own.person('artist')
    let writing = true
    const stream = (async () => {
      for (let i = 0; writing; i += 1) await happen(own, 'studio:updated', { data: { i } })
    })()
    const heard: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const page = open(person, `?after=${heard.at(-1) ?? 0}`)
      await expect.poll(() => page.seqs().length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(15)
      heard.push(...page.seqs())
      page.socket.terminate()
    }
    writing = false
    await stream
    const last = open(person, `?after=${heard.at(-1)}`)
    await last.hears({ type: 'ready' })
    heard.push(...last.seqs())
    const { rows } = await api.owner.query<{ seq: string }>(
      'select seq from event_log where organization_id = $1 order by seq',
      [own.organizationId],
    )
    expect(heard).toEqual(rows.map((row) => Number(row.seq)))
  })

  test('events that could not be read are asked for again, with nothing else happening', async () => {
    const page = await ready(manager)
    const error = vi.spyOn(api.app.log, 'error')
    // Enough to number events, too little to read them.
    await api.owner.query(
      'revoke select on event_log from app; grant select (organization_id, seq) on event_log to app',
    )
    await happen(studio, 'studio:updated', { data: { note: 'late' } })
    await expect.poll(() => error.mock.calls).toContainEqual([expect.anything(), 'events could not be fanned out'])
    await api.owner.query('grant select on event_log to app')
    expect(await page.hears({ type: 'studio:updated' })).toMatchObject({ data: { note: 'late' } })
    error.mockRestore()
  })

  test('a number from the future is no reason to fall silent', async () => {
    const page = await ready(manager, '?after=900000')
    await happen(studio, 'studio:updated', { data: { note: 'now' } })
    expect((await page.hears({ type: 'studio:updated' })).data).toEqual({ note: 'now' })
  })

  test('a customer hears of their account’s projects what is for customers, and nothing else', async () => {
    const owner = await studio.person('owner')
    const stranger = await studio.person('owner')
    const [mine, other] = [await project(studio, owner.accountId), await project(studio, stranger.accountId)]
    const page = await ready(owner)
    const staff = await ready(manager)
    await happen(studio, 'asset:ready', { projectId: other })
    await happen(studio, 'project:updated', { projectId: mine })
    await happen(studio, 'studio:updated')
    await happen(studio, 'url:deployed', { projectId: mine, data: { slug: 'rex' } })
    await page.hears({ type: 'url:deployed' })
    await staff.hears({ type: 'url:deployed' })
    expect(page.messages.filter((message) => message.seq).map((message) => message.type)).toEqual(['url:deployed'])
    expect(staff.messages.filter((message) => message.seq)).toHaveLength(4)
  })

  test('rooms refuse whom they are not for, and let the rightful in', async () => {
    const owner = await studio.person('owner')
    const stranger = await studio.person('member')
    const foreign = await project(await api.studio(), null)
    const mine = await project(studio, owner.accountId)
    const [page, other, staff] = [await ready(owner), await ready(stranger), await ready(manager)]

    page.say({ type: 'subscribe', room: 'org' })
    expect(await page.hears({ type: 'refused', room: 'org' })).toMatchObject({ code: 'room.forbidden' })
    for (const room of [`project:${mine}`, `account:${owner.accountId}`]) {
      other.say({ type: 'subscribe', room })
      expect(await other.hears({ type: 'refused', room })).toMatchObject({ code: 'room.not_found' })
      page.say({ type: 'subscribe', room })
      await page.hears({ type: 'subscribed', room })
      staff.say({ type: 'subscribe', room })
      await staff.hears({ type: 'subscribed', room })
    }
    staff.say({ type: 'subscribe', room: `project:${foreign}` })
    await staff.hears({ type: 'refused', room: `project:${foreign}` })
    staff.say({ type: 'unsubscribe', room: 'org' })
    await staff.hears({ type: 'unsubscribed', room: 'org' })
    await happen(studio, 'studio:updated')
    await happen(studio, 'url:reserved', { projectId: mine })
    await staff.hears({ type: 'url:reserved' })
    expect(staff.seqs()).toHaveLength(1)
  })

  test('presence and typing reach the others in the room, once for each person, and are not kept', async () => {
    const artist = await studio.person('artist')
    const room = `project:${await project(studio, null)}`
    const [page, first, second] = [await ready(manager), await ready(artist), await ready(artist)]
    page.say({ type: 'subscribe', room })
    await page.hears({ type: 'subscribed', room })
    first.say({ type: 'subscribe', room })
    await first.hears({ type: 'subscribed', room })
    second.say({ type: 'subscribe', room })
    await second.hears({ type: 'subscribed', room })
    first.say({ type: 'typing', room })
    await page.hears({ type: 'typing', room })
    first.socket.close()
    await first.closed
    second.say({ type: 'unsubscribe', room })
    const left = await page.hears({ type: 'user:left', room })
    expect(left).toMatchObject({ data: { userId: artist.userId } })
    expect(left).not.toHaveProperty('seq')
    expect(page.messages.filter((message) => message.room === room).map((message) => message.type)).toEqual([
      'subscribed',
      'user:joined',
      'typing',
      'user:left',
    ])
    expect(first.messages.some((message) => message.type === 'typing')).toBe(false)
  })

  test('who is here is listed once, and how far somebody read is told to those who may read', async () => {
    const owner = await studio.person('owner')
    const [artist, moderator] = [await studio.person('artist'), await studio.person('moderator')]
    const id = await project(studio, owner.accountId)
    const room = `project:${id}`
    const enter = async (person: Person) => {
      const page = await ready(person)
      page.say({ type: 'subscribe', room })
      await page.hears({ type: 'subscribed', room })
      return page
    }
    const here = async (person: Person) =>
      (await api.as(person).get(`/projects/${id}/presence`).expect(200)).body.items.map(
        (one: { userId: string; side: string }) => [one.userId, one.side],
      )
    const [client, staff, again, curious] = [
      await enter(owner),
      await enter(artist),
      await enter(artist),
      await enter(moderator),
    ]
    const everybody = [
      [artist.userId, 'studio'],
      [moderator.userId, 'studio'],
      [owner.userId, 'client'],
    ]
    expect((await here(owner)).toSorted()).toEqual(everybody.toSorted())
    staff.socket.close()
    await staff.closed
    curious.say({ type: 'unsubscribe', room })
    await client.hears({ type: 'user:left', room })
    expect(await here(artist)).toHaveLength(2)
    await api
      .as(await studio.person('owner'))
      .get(`/projects/${id}/presence`)
      .expect(404)

    curious.say({ type: 'subscribe', room })
    await client.hears({ type: 'user:joined', room })
    await api.as(manager).post(`/projects/${id}/messages`).send({ body: 'Hello' }).expect(201)
    await api.as(owner).post(`/projects/${id}/messages/read`).send({ upTo: 1 }).expect(200)
    const told = await client.hears({ type: 'message:read', room })
    expect(told).toMatchObject({ data: { userId: owner.userId, upTo: 1 } })
    await again.hears({ type: 'message:read', room })
    await happen(studio, 'studio:updated')
    await curious.hears({ type: 'studio:updated' })
    expect(curious.messages.some((message) => message.type === 'message:read')).toBe(false)
    expect(curious.messages.some((message) => message.type === 'message:added')).toBe(false)
    await client.hears({ type: 'message:added' })
    await again.hears({ type: 'studio:updated' })
    expect(again.messages.some((message) => message.type === 'message:added')).toBe(false)
    expect(JSON.stringify(client.messages)).not.toContain('@example.test')
  })

  test('rights that change close sockets, and a project that goes to others takes its room along', async () => {
    const admin = await studio.person('admin')
    const [owner, heir] = [await studio.person('owner'), await studio.person('owner')]
    const id = await project(studio, owner.accountId)
    const room = `project:${id}`
    const page = await ready(owner)
    page.say({ type: 'subscribe', room })
    await page.hears({ type: 'subscribed', room })
    await api.owner.query('update projects set account_id = $2 where id = $1', [id, heir.accountId])
    await happen(studio, 'project:updated', { projectId: id })
    expect(await page.hears({ type: 'refused', room })).toMatchObject({ code: 'room.not_found' })
    expect((await api.as(manager).get(`/projects/${id}/presence`).expect(200)).body.items).toEqual([])

    const [promoted, limited, gone] = [
      await studio.person('artist'),
      await studio.person('manager'),
      await studio.person('artist'),
    ]
    const concerned = [await ready(promoted), await ready(limited), await ready(gone)]
    await api.as(admin).post(`/users/${promoted.userId}/role`).send({ role: 'manager' }).expect(200)
    const denial = { effect: 'deny', permission: 'activity:read', projectId: id, reason: 'A relative' }
    await api.as(admin).post(`/users/${limited.userId}/grants`).send(denial).expect(201)
    await api.as(admin).post(`/users/${gone.userId}/deactivate`).expect(200)
    for (const one of concerned) expect(await one.closed).toMatchObject({ code: 4401 })
    expect(page.socket.readyState).toBe(WebSocket.OPEN)
    await happen(studio, 'studio:updated')
  })

  test('who drops and comes back all the time has everything once, in order', async () => {
    const own = await api.studio()
    const person = await own.person('manager')
    const actor = { kind: 'system', organizationId: own.organizationId, job: 'test' } as const
    const total = 2000
    const clients = Array.from({ length: 40 }, () => ({ seqs: [] as number[], after: 0, drops: 0 }))
    const visits = clients.map(async (client, i) => {
      while (client.after < total) {
        const page = open(person, `?after=${client.after}`)
        let taken = 0
        page.socket.on('message', (raw: Buffer) => {
          const { seq } = JSON.parse(raw.toString()) as LiveMessage
          if (seq === undefined) return
          client.seqs.push(seq)
          client.after = seq
          taken += 1
          // Each at a number of its own, in the middle of what is coming in.
          if (taken > 60 + ((i * 37 + client.drops * 53) % 300)) page.socket.terminate()
          if (seq === total) page.socket.close()
        })
        await page.closed
        client.drops += 1
      }
    })
    for (let batch = 0; batch < total / 100; batch += 1) {
      await inTenant(api.deps.db, actor, async (tx) => {
        for (let i = 0; i < 100; i += 1) await emit(tx, actor, 'studio:updated', { data: { i } })
      })
      await relayOrganization(api.deps.db, api.deps.crypto, own.organizationId)
    }
    await Promise.all(visits)
    const whole = Array.from({ length: total }, (_, i) => i + 1)
    for (const client of clients) expect(client.seqs).toEqual(whole)
    expect(Math.min(...clients.map(({ drops }) => drops))).toBeGreaterThan(4)
  }, 60_000)

  test('a notification is heard by its person alone', async () => {
    const artist = await studio.person('artist')
    const [mine, other] = [await ready(artist), await ready(manager)]
    await happen(studio, 'notification:added', { data: { userId: artist.userId } })
    await happen(studio, 'studio:updated')
    await mine.hears({ type: 'notification:added' })
    await other.hears({ type: 'studio:updated' })
    expect(other.seqs()).toHaveLength(1)
  })

  test('closes on what is not a message, on too many and on too large ones', async () => {
    for (const bad of ['not json', '{"type":"subscribe"}', '{"type":"subscribe","room":"org:1"}', '[]']) {
      const page = await ready(manager)
      page.say(bad)
      expect(await page.closed).toMatchObject({ code: 1008 })
    }
    const page = await ready(manager)
    page.say({ type: 'subscribe', room: 'x'.repeat(4000) })
    expect(await page.closed).toMatchObject({ code: 1009 })
    const chatty = await ready(manager)
    for (let i = 0; i < 60; i += 1) chatty.say({ type: 'typing', room: 'org' })
    expect(await chatty.closed).toMatchObject({ code: 1008, reason: 'too many messages' })
  })

  test('a session that ends takes its sockets along', async () => {
    const person = await studio.person('artist')
    const [page, other] = [await ready(person), await ready(manager)]
    await revokeSession(api.deps.db, person.sessionId, 'signed_out')
    expect(await page.closed).toMatchObject({ code: 4401 })
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
  })

  test('a reader that does not read is let go', async () => {
    const own = await api.studio()
    const person = await own.person('manager')
    const page = await ready(person)
    page.socket.pause()
    const actor = { kind: 'system', organizationId: own.organizationId, job: 'test' } as const
    const data = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, 'x'.repeat(500)]))
    for (let batch = 0; batch < 6; batch += 1) {
      await inTenant(api.deps.db, actor, async (tx) => {
        for (let i = 0; i < 150; i += 1) await emit(tx, actor, 'studio:updated', { data })
      })
      await relayOrganization(api.deps.db, api.deps.crypto, own.organizationId)
    }
    await new Promise((resolve) => setTimeout(resolve, 300))
    page.socket.resume()
    const { code, reason } = await page.closed
    expect(code).toBe(4408)
    const last = Number(/after=(\d+)/.exec(reason)?.[1])
    expect(page.seqs().at(-1)).toBe(last)
    expect(last).toBeLessThan(900)
  })

  test('refuses who is not signed in, other origins’ cookies, and plain HTTP; the studio’s own page gets in', async () => {
    const cookie = { cookie: `sc_at=${manager.token}` }
    const nobody = open({ ...manager, token: 'nonsense' })
    expect(await nobody.closed).toMatchObject({ code: 401 })
    expect(await open(manager, '', { ...cookie, origin: 'https://evil.example' }).closed).toMatchObject({ code: 403 })
    expect(await open(manager, '?after=x').closed).toMatchObject({ code: 422 })
    await open(manager, '', { ...cookie, origin: api.deps.config.publicOrigin }).hears({ type: 'ready' })
    const elsewhere = new WebSocket(`ws://${live.address}/nowhere`)
    elsewhere.on('error', () => undefined)
    await new Promise((resolve) => elsewhere.on('close', resolve))
    await expect.poll(() => openConnections(), { timeout: 2000 }).toBe(1)
    const plain = await api.as(manager).get('/events')
    expect(plain.body).toMatchObject({ status: 400, code: 'events.upgrade_required' })
  })
})
