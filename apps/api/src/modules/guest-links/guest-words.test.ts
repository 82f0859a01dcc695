import { afterAll, describe, expect, test } from 'vitest'
import { openGuestKit } from '../../../test/guest-kit.ts'

const { api, manager, project, share, enter, asGuest, sent } = await openGuestKit()
afterAll(() => api.close())

describe('what a guest says', () => {
  test('hangs on the version under the name they gave; what is the studio’s own is not there for them', async () => {
    const projectId = await project()
    const { id } = await sent(projectId)
    const path = `/versions/${id}/comments`
    const looker = await enter(await share(projectId, { scope: 'view' }))
    await asGuest(looker).get(path).expect(403)
    await asGuest(looker).post(path).send({ body: 'Hello' }).expect(403)

    const link = await share(projectId, { scope: 'comment' })
    const guest = await enter(link)
    const form = asGuest(guest).post(`/projects/${projectId}/attachments`)
    const file = (await form.attach('file', Buffer.from('words'), 'a.txt').expect(201)).body
    const said = (
      await asGuest(guest)
        .post(path)
        .send({ body: 'Lovely', attachmentIds: [file.id] })
        .expect(201)
    ).body
    expect(said).toMatchObject({
      author: { userId: null, name: 'Granny', side: 'guest' },
      attachments: [{ filename: 'a.txt' }],
      may: { edit: true, delete: true, resolve: false },
      unread: false,
    })
    await api.as(manager).post(path).send({ body: 'Not for them', internal: true }).expect(201)
    const answer = { body: 'Thank you', parentId: said.id }
    await api.as(manager).post(path).send(answer).expect(201)
    const list = (await asGuest(guest).get(`${path}?include=total`).expect(200)).body
    expect(list).toMatchObject({ total: 1, items: [{ id: said.id, replies: [{ body: 'Thank you' }] }] })
    expect((await asGuest(guest).get(`/versions/${id}`)).body.comments).toEqual({ total: 2, open: 1, unread: 0 })
    expect((await api.as(manager).get(path)).body.items).toHaveLength(2)

    await asGuest(guest).post(path).send({ body: 'x', internal: true }).expect(403)
    await asGuest(guest)
      .post(path)
      .send({ body: 'x', mentions: [manager.userId] })
      .expect(422, /comment.not_mentionable/)
    const other = await enter(await share(projectId, { scope: 'comment' }))
    const loose = asGuest(guest).post(`/projects/${projectId}/attachments`).attach('file', Buffer.from('more'), 'b.txt')
    const theirs = { body: 'x', attachmentIds: [(await loose.expect(201)).body.id] }
    await asGuest(other)
      .post(path)
      .send(theirs)
      .expect(422, /attachment.not_yours/)
    const { rows } = await api.owner.query('select guest_link_id, author_name from version_comments where id = $1', [
      said.id,
    ])
    expect(rows).toEqual([{ guest_link_id: link.id, author_name: 'Granny' }])
    // The database holds what guests leave to a link of their own studio.
    const held = await api.owner.query(
      `select conrelid::regclass::text as name from pg_constraint where confrelid = 'guest_links'::regclass and cardinality(conkey) = 2
       order by 1`,
    )
    expect(held.rows.map(({ name }) => name)).toEqual([
      'attachments',
      'guest_visits',
      'version_comments',
      'version_decisions',
    ])
  })

  test('is theirs to change for a quarter of an hour, while they stay', async () => {
    const projectId = await project()
    const { id } = await sent(projectId)
    const link = await share(projectId, { scope: 'comment' })
    const guest = await enter(link)
    const say = async (body: string) =>
      (await asGuest(guest).post(`/versions/${id}/comments`).send({ body }).expect(201)).body as { id: string }
    const said = await say('Lovley')
    const path = `/comments/${said.id}`
    const namesake = await enter(link)
    const others = [namesake, await enter(await share(projectId, { scope: 'approve' }))].map(asGuest)
    for (const one of [...others, api.as(manager)])
      await one
        .patch(path)
        .send({ body: 'Ugly' })
        .expect(403, /comment.not_yours/)
    for (const one of others) await one.delete(path).expect(403, /comment.not_yours/)
    const may = { edit: false, delete: false, resolve: false }
    expect((await asGuest(namesake).get(path).expect(200)).body).toMatchObject({ body: 'Lovley', may })

    await asGuest(guest).patch(path).set('if-match', '"v9"').send({ body: 'Lovely' }).expect(412)
    const change = { body: 'Lovely', mentions: [manager.userId] }
    await asGuest(guest)
      .patch(path)
      .send(change)
      .expect(422, /comment.not_mentionable/)
    const changed = (await asGuest(guest).patch(path).send({ body: 'Lovely' }).expect(200)).body
    expect(changed).toMatchObject({ body: 'Lovely', editedAt: expect.any(String), author: { name: 'Granny' } })
    await asGuest(guest)
      .post(`${path}/resolve`)
      .expect(403, /auth.guest_not_allowed/)

    await api.owner.query("update version_comments set created_at = now() - interval '16 minutes' where id = $1", [
      said.id,
    ])
    await asGuest(guest)
      .patch(path)
      .send({ body: 'Late' })
      .expect(409, /comment.window_over/)
    await asGuest(guest)
      .delete(path)
      .expect(409, /comment.window_over/)
    const slip = await say('Oops')
    await asGuest(guest).delete(`/comments/${slip.id}`).expect(204)
    await asGuest(guest).get(`/comments/${slip.id}`).expect(404)
    const last = await say('Bye')
    await api.as(manager).patch(`/guest-links/${link.id}`).send({ scope: 'view' }).expect(200)
    await asGuest(guest).patch(`/comments/${last.id}`).send({ body: 'Stay' }).expect(403)
  })

  test('and takes along only where the link says so', async () => {
    const projectId = await project()
    const { id } = await sent(projectId)
    const guest = await enter(await share(projectId, { scope: 'approve' }))
    await asGuest(guest)
      .post(`/versions/${id}/downloads`)
      .expect(403, /guest_link.no_downloads/)
    const taker = await enter(await share(projectId, { scope: 'view', mayDownload: true }))
    await asGuest(taker).post(`/versions/${id}/downloads`).expect(201)
  })
})
