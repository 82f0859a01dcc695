import { afterAll, describe, expect, test } from 'vitest'
import { openUrlKit } from '../../../test/url-kit.ts'
import type { Person } from '../../../test/harness.ts'

const { api, studio, manager, artist, project } = await openUrlKit()
afterAll(() => api.close())

const admin = await studio.person('admin')
const moderator = await studio.person('moderator')
const owner = await studio.person('owner')
const member = await studio.person('member')
await api.owner.query('update memberships set account_id = $2 where user_id = $1', [member.userId, owner.accountId])

/** A project of the customer's account. */
async function ordered(body: object = {}): Promise<string> {
  const id = await project(manager, body)
  await api.owner.query('update projects set account_id = $2 where id = $1', [id, owner.accountId])
  return id
}
const write = (person: Person, projectId: string, body: string) =>
  api.as(person).post(`/projects/${projectId}/messages`).send({ body })
const said = async (person: Person, projectId: string, body: string) =>
  (await write(person, projectId, body).expect(201)).body
const conversation = async (person: Person, projectId: string, query = '') =>
  (await api.as(person).get(`/projects/${projectId}/messages${query}`).expect(200)).body
const unread = async (person: Person, projectId: string) =>
  (await api.as(person).get(`/projects/${projectId}/messages/unread-count`).expect(200)).body
const read = (person: Person, projectId: string, upTo: number) =>
  api.as(person).post(`/projects/${projectId}/messages/read`).send({ upTo })

describe('a conversation', () => {
  test('is numbered without gaps, paged, and read by both sides', async () => {
    const projectId = await ordered()
    const first = await said(owner, projectId, '  Her left ear is white.\n\nThe right one is brown. ')
    expect(first).toMatchObject({
      number: 1,
      body: 'Her left ear is white.\n\nThe right one is brown.',
      author: { userId: owner.userId, side: 'client', mine: true },
      may: { edit: true, delete: true },
    })
    await write(owner, projectId, '\u2060').expect(422, /Say something/)
    expect(await unread(manager, projectId)).toEqual({ count: 1, first: 1 })
    expect(await unread(owner, projectId)).toEqual({ count: 0, first: null })
    await Promise.all(['a', 'b', 'c'].map((body) => said(manager, projectId, body)))
    const page = await conversation(owner, projectId, '?limit=3&include=total')
    expect(page.items.map(({ number }: { number: number }) => number)).toEqual([4, 3, 2])
    expect(page.total).toBe(4)
    const rest = await conversation(owner, projectId, `?limit=3&cursor=${page.nextCursor}`)
    expect(rest).toMatchObject({ items: [{ number: 1 }], nextCursor: null })
    expect((await conversation(owner, projectId, '?sort=number&limit=1')).items).toMatchObject([{ number: 1 }])

    // What was written while an answer was on its way is not read by it; marks never go back, nor beyond what there is.
    expect(await unread(manager, projectId)).toEqual({ count: 1, first: 1 })
    await read(manager, projectId, 4).expect(200)
    expect(await unread(owner, projectId)).toEqual({ count: 3, first: 2 })
    expect(await unread(member, projectId)).toEqual({ count: 4, first: 1 })
    expect((await read(owner, projectId, 3).expect(200)).body).toEqual({ count: 1, first: 4 })
    expect((await read(owner, projectId, 1).expect(200)).body).toEqual({ count: 1, first: 4 })
    expect((await read(owner, projectId, 99).expect(200)).body).toEqual({ count: 0, first: null })
    const { items } = (await api.as(manager).get(`/projects/${projectId}/messages/reads`).expect(200)).body
    expect(items).toMatchObject([
      { side: 'studio', upTo: 4, mine: true },
      { side: 'client', upTo: 4, mine: false },
    ])
    for (const body of ['', ' \n ', 'x'.repeat(5001), 'nul\u0000']) await write(owner, projectId, body).expect(422)
  })

  test('tells customers names and nobody’s address', async () => {
    const projectId = await ordered()
    await said(manager, projectId, 'Hello')
    await read(manager, projectId, 1)
    const seen = JSON.stringify([
      await conversation(owner, projectId),
      (await api.as(owner).get(`/projects/${projectId}/messages/reads`)).body,
      (await api.as(owner).get('/messages/unread').expect(200)).body,
    ])
    expect(seen).toContain(`manager ${manager.userId.slice(-4)}`)
    for (const person of [manager, artist, admin]) expect(seen).not.toContain(person.email)
  })

  test('is written to once under one key, and tells what is unread over all projects', async () => {
    const [one, other] = [await ordered({ petName: 'Rex' }), await ordered({ petName: 'Milou' })]
    const send = () => write(manager, one, 'Once').set('idempotency-key', `once-${one}`)
    const sent = await send().expect(201)
    const again = await send().expect(201)
    expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([sent.body.id, 'true'])
    await said(manager, one, 'Twice')
    await said(manager, other, 'Elsewhere')
    const { items } = (await api.as(owner).get('/messages/unread').expect(200)).body
    expect(items.slice(0, 2)).toMatchObject([
      { projectId: other, petName: 'Milou', count: 1 },
      { projectId: one, petName: 'Rex', count: 2, firstMessageId: sent.body.id },
    ])
  })

  test('is on record and heard of, without its words', async () => {
    const projectId = await ordered()
    const { id } = await said(owner, projectId, 'A secret wish')
    await api.as(owner).patch(`/messages/${id}`).send({ body: 'A better wish' }).expect(200)
    await api.as(owner).delete(`/messages/${id}`).expect(204)
    const { rows } = await api.owner.query(
      "select type, data from outbox where data ->> 'messageId' = $1 order by created_at, id",
      [id],
    )
    expect(rows.map(({ type }) => type)).toEqual(['message:added', 'message:updated', 'message:deleted'])
    expect(JSON.stringify(rows)).not.toContain('wish')
    const audit = await api.owner.query(
      'select action, before, after from audit where entity_id = $1 order by at, id',
      [id],
    )
    expect(audit.rows.map(({ action }) => action)).toEqual(['message:added', 'message:updated', 'message:deleted'])
    expect(JSON.stringify(audit.rows)).not.toContain('wish')
    expect(audit.rows[1]).toMatchObject({ before: { number: 1 }, after: { body: expect.anything() } })
  })
})

describe('a message', () => {
  test('takes files along, which go with it', async () => {
    const projectId = await ordered()
    const upload = async (person: Person, to = projectId) =>
      (
        await api
          .as(person)
          .post(`/projects/${to}/attachments`)
          .attach('file', Buffer.from('Her ears'), { filename: 'ears.txt', contentType: 'text/plain' })
          .expect(201)
      ).body.id as string
    const send = (person: Person, attachmentIds: string[], body?: string) =>
      api.as(person).post(`/projects/${projectId}/messages`).send({ body, attachmentIds })
    await send(owner, []).expect(422)
    await send(owner, [await upload(manager)]).expect(422, /attachment.not_yours/)
    await send(owner, [await upload(owner, await ordered())]).expect(422, /attachment.not_yours/)
    const file = await upload(owner)
    const { body: sent } = await send(owner, [file]).expect(201)
    expect(sent).toMatchObject({ body: '', attachments: [{ id: file, filename: 'ears.txt', mimeType: 'text/plain' }] })
    await send(owner, [file]).expect(422, /attachment.not_yours/)
    const [seen] = (await conversation(manager, projectId)).items
    const download = () => api.app.inject({ method: 'GET', url: new URL(seen.attachments[0].url).pathname })
    expect((await download()).payload).toBe('Her ears')
    await api.as(owner).patch(`/messages/${sent.id}`).send({ body: 'Here they are' }).expect(200)
    await api.as(owner).patch(`/messages/${sent.id}`).send({ body: ' ' }).expect(200)
    await api.as(owner).delete(`/messages/${sent.id}`).expect(204)
    expect((await conversation(manager, projectId)).items).toMatchObject([{ body: '', attachments: [] }])
    expect((await download()).statusCode).toBe(404)
    const { id } = await said(owner, projectId, 'Words alone')
    await api
      .as(owner)
      .patch(`/messages/${id}`)
      .send({ body: ' ' })
      .expect(422, /message.empty/)
  })

  test('is changed and taken back by its author for a quarter of an hour', async () => {
    const projectId = await ordered()
    const { id, version } = await said(owner, projectId, 'Whiter')
    const patch = (person: Person, body = 'White') => api.as(person).patch(`/messages/${id}`).send({ body })
    await patch(owner).set('if-match', '"v9"').expect(412)
    await patch(manager).expect(403, /message.not_yours/)
    await patch(member).expect(403, /message.not_yours/)
    const changed = (await patch(owner).set('if-match', `"v${version}"`).expect(200)).body
    expect(changed).toMatchObject({ body: 'White', version: version + 1, editedAt: expect.any(String) })

    await api.owner.query("update messages set created_at = now() - interval '16 minutes' where id = $1", [id])
    await patch(owner).expect(409, /message.window_over/)
    await api
      .as(owner)
      .delete(`/messages/${id}`)
      .expect(409, /message.window_over/)
    expect((await conversation(owner, projectId)).items[0].may).toEqual({ edit: false, delete: false })
    await api
      .as(manager)
      .delete(`/messages/${id}`)
      .expect(403, /message.not_yours/)
    expect((await conversation(admin, projectId)).items[0].may).toEqual({ edit: false, delete: true })
    await api.as(admin).delete(`/messages/${id}`).expect(204)
    expect((await conversation(owner, projectId)).items).toMatchObject([{ number: 1, body: '', may: { edit: false } }])
    await patch(owner).expect(409, /message.deleted/)
    expect(await unread(manager, projectId)).toEqual({ count: 0, first: null })
    expect((await said(owner, projectId, 'Next')).number).toBe(2)
  })

  test('is for the account’s people, those who lead, and the artist who is on it', async () => {
    const projectId = await ordered()
    const { id } = await said(owner, projectId, 'Hello')
    const stranger = await studio.person('owner')
    for (const path of ['messages', 'messages/reads', 'messages/unread-count']) {
      await api.as(stranger).get(`/projects/${projectId}/${path}`).expect(404)
      await api
        .as(artist)
        .get(`/projects/${projectId}/${path}`)
        .expect(403, /project.not_assigned/)
      await api.as(moderator).get(`/projects/${projectId}/${path}`).expect(403)
      for (const person of [owner, member, manager, admin])
        await api.as(person).get(`/projects/${projectId}/${path}`).expect(200)
    }
    await write(stranger, projectId, 'Hi').expect(404)
    await api.as(stranger).delete(`/messages/${id}`).expect(404)
    await write(artist, projectId, 'Hi').expect(403)
    expect((await api.as(artist).get('/messages/unread').expect(200)).body.items).toEqual([])
    await api.as(manager).post(`/projects/${projectId}/assign`).send({ userId: artist.userId }).expect(200)
    expect((await api.as(artist).get('/messages/unread').expect(200)).body.items).toMatchObject([
      { projectId, count: 1 },
    ])
    await said(artist, projectId, 'I am drawing her')
    const grant = { effect: 'deny', permission: 'messages:*', projectId, reason: 'A relative' }
    const denied = await studio.person('manager')
    await api.as(denied).get(`/projects/${projectId}/messages`).expect(200)
    await api.as(admin).post(`/users/${denied.userId}/grants`).send(grant).expect(201)
    const status = async () => (await api.as(denied).get(`/projects/${projectId}/messages`)).status
    await expect.poll(status).toBe(403)
    const listed = (await api.as(denied).get('/messages/unread').expect(200)).body.items
    expect(listed.map((one: { projectId: string }) => one.projectId)).not.toContain(projectId)
  })
})
