import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Person, TestStudio } from '../../test/harness.ts'
import { openLiveKit } from '../../test/live-kit.ts'
import { newId } from '../core/ids.ts'

const { api, studio, manager, ready, happen } = await openLiveKit()

describe('the rooms of GET /events', () => {
  async function project(where: TestStudio, accountId: string | null): Promise<string> {
    const id = newId()
    await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config, account_id) values ($1, $2, 'p', 'p', 'custom', '{}', $3)`,
      [where.organizationId, id, accountId],
    )
    return id
  }

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
})
