import { describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { openLiveKit } from '../../test/live-kit.ts'
import type { LiveMessage } from '../../test/live-pages.ts'
import { inTenant } from '../core/in-tenant.ts'
import { emit } from '../core/outbox.ts'
import { revokeSession } from '../db/system.ts'
import { relayOrganization } from '../jobs/relay.ts'
import { createHub } from './realtime-hub.ts'
import type { Member } from './realtime-member.ts'

const { api, studio, manager, address, open, ready, happen } = await openLiveKit()

describe('GET /events', () => {
  /** What is left is enough to number events, too little to read them. */
  const stopReading = () =>
    api.owner.query('revoke select on event_log from app; grant select (organization_id, seq) on event_log to app')
  const goOnReading = () => api.owner.query('grant select on event_log to app')
  const openConnections = () =>
    new Promise<number>((resolve) => api.app.server.getConnections((_error, count) => resolve(count)))

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
      await expect.poll(() => page.seqs().length, { timeout: 30_000, interval: 5 }).toBeGreaterThan(15)
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
    await stopReading()
    await happen(studio, 'studio:updated', { data: { note: 'late' } })
    const waits = () =>
      (error.mock.calls as unknown[][]).flatMap(([facts, text]) =>
        text === 'events could not be fanned out' ? (facts as { retryMs: number }).retryMs : [],
      )
    await expect.poll(waits).toEqual([1000])
    // Tries in between are no reason to say it again, or to wait longer.
    for (const note of ['later', 'last']) await happen(studio, 'studio:updated', { data: { note } })
    await expect.poll(waits).toEqual([1000, 2000])
    await goOnReading()
    expect(await page.hears({ type: 'studio:updated' })).toMatchObject({ data: { note: 'late' } })
    error.mockRestore()
  })

  test('a hub that was closed does not ask again for what it could not read', async () => {
    const { organizationId } = await api.studio()
    async function openHub() {
      const error = vi.fn<() => void>()
      const hub = createHub(api.deps, { warn: () => undefined, error })
      const member = {
        actor: { kind: 'user', organizationId },
        socket: { OPEN: 1, readyState: 1, bufferedAmount: 0, send: () => undefined },
        rooms: new Set(),
      } as unknown as Member
      await hub.connect(member, undefined)
      return { hub, error, leave: () => hub.disconnect(member) }
    }
    const [closed, running] = [await openHub(), await openHub()]
    await closed.hub.close()
    await stopReading()
    for (const { hub } of [closed, running]) hub.wake(organizationId)
    await expect.poll(() => running.error.mock.calls.length, { message: 'the control' }).toBeGreaterThan(0)
    await running.hub.close()
    expect(closed.error.mock.calls.length).toBe(0)
    await Promise.all([closed.leave(), running.leave()])
    await goOnReading()
  })

  test('a number from the future is no reason to fall silent', async () => {
    const page = await ready(manager, '?after=900000')
    await happen(studio, 'studio:updated', { data: { note: 'now' } })
    expect((await page.hears({ type: 'studio:updated' })).data).toEqual({ note: 'now' })
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
  }, 120_000)

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
    const customer = await own.person('owner')
    const [page, witness] = [await ready(person), await ready(customer)]
    page.socket.pause()
    const actor = { kind: 'system', organizationId: own.organizationId, job: 'test' } as const
    const data = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, 'x'.repeat(500)]))
    for (let batch = 0; batch < 6; batch += 1) {
      await inTenant(api.deps.db, actor, async (tx) => {
        for (let i = 0; i < 150; i += 1) await emit(tx, actor, 'studio:updated', { data })
      })
      await relayOrganization(api.deps.db, api.deps.crypto, own.organizationId)
    }
    // Customers see none of the above. What they hear comes after all of it, so that was offered to the other page, too.
    await happen(own, 'notification:added', { data: { userId: customer.userId } })
    await witness.hears({ type: 'notification:added' })
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
    const elsewhere = new WebSocket(`ws://${address}/nowhere`)
    elsewhere.on('error', () => undefined)
    await new Promise((resolve) => elsewhere.on('close', resolve))
    await expect.poll(() => openConnections()).toBe(1)
    const plain = await api.as(manager).get('/events')
    expect(plain.body).toMatchObject({ status: 400, code: 'events.upgrade_required' })
  })
})
