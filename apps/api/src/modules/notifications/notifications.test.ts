import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

describe('notifications', () => {
  let api: Api
  let studio: TestStudio
  let manager: Person
  let artist: Person
  beforeAll(async () => {
    api = await startApi()
    studio = await api.studio()
    ;[manager, artist] = [await studio.person('manager'), await studio.person('artist')]
  })
  afterAll(() => api.close())

  const unread = async (person: Person) =>
    (await api.as(person).get('/notifications/unread-count')).body.count as number

  test('a manager writes to a person, who reads it once', async () => {
    const sent = await api
      .as(manager)
      .post('/notifications')
      .send({ userId: artist.userId, message: 'Rex looks great' })
    expect(sent.status).toBe(201)
    expect(sent.body).toMatchObject({
      kind: 'message',
      data: { message: 'Rex looks great', from: expect.any(String) },
      readAt: null,
    })
    expect([await unread(artist), await unread(manager)]).toEqual([1, 0])

    const first = await api.as(artist).post(`/notifications/${sent.body.id}/read`)
    expect(first.body).toMatchObject({ id: sent.body.id, readAt: expect.any(String) })
    expect((await api.as(artist).post(`/notifications/${sent.body.id}/read`)).body.readAt).toBe(first.body.readAt)
    expect(await unread(artist)).toBe(0)
    const { rows } = await api.owner.query(
      "select action from audit where entity_id = $1 and action = 'notification:sent'",
      [sent.body.id],
    )
    expect(rows).toHaveLength(1)
  })

  test('are listed newest first, page by page, by read and unread', async () => {
    const person = await studio.person('moderator')
    for (const message of ['one', 'two', 'three'])
      await api.as(manager).post('/notifications').send({ userId: person.userId, message })
    const page = await api.as(person).get('/notifications?limit=2&include=total')
    expect(page.body).toMatchObject({ total: 3, items: [{ data: { message: 'three' } }, { data: { message: 'two' } }] })
    const next = await api.as(person).get(`/notifications?limit=2&cursor=${page.body.nextCursor}`)
    expect(next.body).toMatchObject({ items: [{ data: { message: 'one' } }], nextCursor: null })

    await api.as(person).post(`/notifications/${page.body.items[0].id}/read`)
    expect((await api.as(person).get('/notifications?unread=true&include=total')).body).toMatchObject({ total: 2 })
    expect((await api.as(person).get('/notifications?unread=false')).body.items).toHaveLength(1)
    expect((await api.as(person).post('/notifications/read-all')).status).toBe(204)
    expect(await unread(person)).toBe(0)
  })

  test('somebody else’s is not there, neither in the studio nor next door', async () => {
    const sent = await api.as(manager).post('/notifications').send({ userId: artist.userId, message: 'for you alone' })
    const neighbour = await (await api.studio()).person('admin')
    for (const person of [manager, neighbour]) {
      const read = await api.as(person).post(`/notifications/${sent.body.id}/read`)
      expect(read.body).toMatchObject({ status: 404, code: 'notification.not_found' })
      expect((await api.as(person).get('/notifications')).body.items).toEqual([])
    }
    expect((await api.as(artist).post(`/notifications/${sent.body.id}/read`)).status).toBe(200)
  })

  test('only who may send them does, and only to people of the studio', async () => {
    const input = { userId: manager.userId, message: 'hello' }
    expect((await api.as(artist).post('/notifications').send(input)).status).toBe(403)
    const neighbour = await (await api.studio()).person('manager')
    const across = await api.as(neighbour).post('/notifications').send(input)
    expect(across.body).toMatchObject({ status: 404, code: 'user.not_found' })
    const wrongProject = await api
      .as(manager)
      .post('/notifications')
      .send({ ...input, projectId: neighbour.userId })
    expect(wrongProject.body).toMatchObject({ status: 404, code: 'project.not_found' })
    for (const message of ['', ' ', 'x'.repeat(501), 'nul\u0000'])
      expect(
        (
          await api
            .as(manager)
            .post('/notifications')
            .send({ ...input, message })
        ).status,
      ).toBe(422)
  })
})
