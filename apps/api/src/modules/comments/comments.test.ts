import { afterAll, describe, expect, test } from 'vitest'
import { openReviewKit } from '../../../test/review-kit.ts'

const kit = await openReviewKit()
const { api, studio, manager, artist, owner, ordered, sent, draftOf, picture, say, said, heard } = kit
afterAll(() => api.close())

const admin = await studio.person('admin')
const moderator = await studio.person('moderator')
const ageBy = (id: string, minutes: number) =>
  api.owner.query('update version_comments set created_at = created_at - make_interval(mins => $2) where id = $1', [
    id,
    minutes,
  ])
const eventsOf = async (id: string) =>
  (await api.owner.query("select type, data from outbox where data ->> 'commentId' = $1 order by created_at, id", [id]))
    .rows

describe('a thread', () => {
  test('is begun, answered, read, resolved and opened again; each side sees who, when and how many', async () => {
    const versionId = await sent(await ordered())
    const first = await said(owner, versionId, { body: '  Her ears are too short ' })
    const asked = (await heard(artist, versionId)).items[0]
    expect(asked).toMatchObject({
      id: first,
      body: 'Her ears are too short',
      author: { userId: owner.userId, side: 'client', name: expect.any(String) },
      unread: true,
      may: { edit: false, delete: false, resolve: true },
    })
    const reply = await said(artist, versionId, { body: 'Longer?', parentId: first })
    const seen = await heard(owner, versionId)
    expect(seen).toMatchObject({
      total: 1,
      items: [{ id: first, unread: false, replies: [{ id: reply, unread: true }] }],
    })
    expect(seen.items[0].may).toEqual({ edit: true, delete: true, resolve: true })
    const counts = async () => (await api.as(owner).get(`/versions/${versionId}`).expect(200)).body.comments
    expect(await counts()).toEqual({ total: 2, open: 1, unread: 1 })
    const read = await api.as(owner).post(`/versions/${versionId}/comments/read`).expect(200)
    expect(read.body).toEqual({ total: 2, open: 1, unread: 0 })
    // What came in while the page was looked at is marked by whoever has seen it, and not before.
    const [old, young] = [
      await said(artist, versionId, { body: 'Old' }),
      await said(artist, versionId, { body: 'Young' }),
    ]
    const [{ createdAt: upTo }] = (await heard(owner, versionId)).items.filter(({ id }: { id: string }) => id === old)
    const readUpTo = (body: object) => api.as(owner).post(`/versions/${versionId}/comments/read`).send(body)
    for (const none of ['yesterday', '0000-01-01T00:00:00Z']) await readUpTo({ upTo: none }).expect(422)
    expect((await readUpTo({ upTo }).expect(200)).body).toMatchObject({ unread: 1 })
    expect((await heard(owner, versionId)).items.map(({ unread }: { unread: boolean }) => unread)).toEqual([
      true,
      false,
      false,
    ])
    for (const id of [old, young]) await api.as(artist).delete(`/comments/${id}`).expect(204)
    await readUpTo({}).expect(200)
    await said(manager, versionId, { body: 'I think so too', parentId: first })
    expect(await counts()).toEqual({ total: 3, open: 1, unread: 1 })

    await api.as(artist).post(`/comments/${first}/resolve`).set('if-match', '"v9"').expect(412)
    const resolved = (await api.as(artist).post(`/comments/${first}/resolve`).expect(200)).body
    expect(resolved).toMatchObject({ resolvedAt: expect.any(String), resolvedBy: { userId: artist.userId } })
    await api.as(artist).post(`/comments/${first}/resolve`).expect(200)
    expect((await heard(owner, versionId, '&state=open')).items).toEqual([])
    expect((await heard(owner, versionId, '&state=resolved')).items).toHaveLength(1)
    expect(await counts()).toMatchObject({ open: 0 })
    expect((await api.as(owner).post(`/comments/${first}/reopen`).expect(200)).body.resolvedBy).toBeNull()
    expect((await eventsOf(first)).map(({ type }) => type)).toEqual([
      'comment:added',
      'comment:resolved',
      'comment:reopened',
    ])
    await api
      .as(artist)
      .post(`/comments/${reply}/resolve`)
      .expect(422, /comment.not_a_thread/)
    const stranger = await studio.person('member')
    await api.owner.query('update memberships set account_id = $2 where user_id = $1', [
      stranger.userId,
      owner.accountId,
    ])
    await api
      .as(stranger)
      .post(`/comments/${first}/resolve`)
      .expect(403, /comment.not_yours/)
  })

  test('comes with its newest twenty replies and their number; the rest are a list of their own', async () => {
    const versionId = await sent(await ordered())
    const root = await said(owner, versionId, { body: 'Long story' })
    const alone = await said(owner, versionId, { body: 'Short story' })
    const only = await said(artist, versionId, { body: 'Yes', parentId: alone })
    // 29 replies, one a minute: each tenth internal, the last one deleted.
    await api.owner.query(
      `insert into version_comments (organization_id, project_id, id, version_id, parent_id, author_user_id, author_side, body,
         internal, created_at, deleted_at)
       select organization_id, project_id, gen_random_uuid(), version_id, id, $2, 'studio', n::text, n % 10 = 0,
         created_at + make_interval(mins => n), case when n = 29 then now() end
       from version_comments, generate_series(1, 29) n where id = $1`,
      [root, artist.userId],
    )
    const numbers = (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, index) => String(first + index))
    const bodies = (items: { body: string }[]) => items.map(({ body }) => body)
    const [short, long] = (await heard(artist, versionId)).items
    expect([bodies(long.replies), long.replyCount]).toEqual([numbers(9, 28), 28])
    expect(short).toMatchObject({ replies: [{ id: only }], replyCount: 1 })
    const seen = (await api.as(owner).get(`/comments/${root}`).expect(200)).body
    const open = numbers(1, 28).filter((n) => !n.endsWith('0'))
    expect([bodies(seen.replies), seen.replyCount]).toEqual([open.slice(-20), 26])

    const replies = async (query: string) =>
      (await api.as(owner).get(`/comments/${root}/replies?include=total${query}`).expect(200)).body
    const newest = await replies('&limit=20')
    expect([bodies(newest.items), newest.total]).toEqual([open.slice(-20).reverse(), 26])
    expect(bodies((await replies(`&limit=20&cursor=${newest.nextCursor}`)).items)).toEqual(open.slice(0, 6).reverse())
    await api
      .as(await studio.person('owner'))
      .get(`/comments/${root}/replies`)
      .expect(404)
  })

  test('is one level deep, on one version, and pinned once', async () => {
    const projectId = await ordered()
    const [game, drawn] = [await sent(projectId), await sent(projectId, { assetId: await picture(projectId) })]
    const root = await said(owner, game, { body: 'Here' })
    const reply = await said(artist, game, { body: 'Where?', parentId: root })
    await say(owner, game, { body: 'There', parentId: reply }).expect(422, /comment.reply_to_reply/)
    await say(owner, drawn, { body: 'There', parentId: root }).expect(404, /comment.not_found/)
    const point = { kind: 'point', x: 0.25, y: 1 }
    await say(owner, game, { body: 'There', anchor: point }).expect(422, /comment.no_point/)
    await say(owner, drawn, { body: 'There', anchor: { ...point, x: 1.01 } }).expect(422)
    const pinned = await said(owner, drawn, { body: 'There', anchor: point })
    await said(owner, drawn, { body: 'All of it' })
    await say(owner, drawn, { body: 'And there', parentId: pinned, anchor: point }).expect(422, /comment.reply_anchor/)
    expect((await heard(artist, drawn, '&anchor=point')).items).toMatchObject([{ id: pinned, anchor: point }])
    expect((await heard(artist, drawn, '&anchor=none')).items).toHaveLength(1)
    const page = await api.as(artist).get(`/versions/${drawn}/comments?limit=1&sort=createdAt`).expect(200)
    const next = await heard(artist, drawn, `&limit=1&sort=createdAt&cursor=${page.body.nextCursor}`)
    expect([page.body.items[0].id, next.items.length, next.nextCursor]).toEqual([pinned, 1, null])
    for (const body of ['   ', '\u200b', '\u2060\u3164']) await say(owner, drawn, { body }).expect(422, /Say something/)
    await api
      .as(owner)
      .get(`/comments/${pinned}/moment`)
      .expect(404, /moment.not_found/)
  })

  test('sent twice from a phone is one', async () => {
    const versionId = await sent(await ordered())
    const send = (body: string) => say(owner, versionId, { body }).set('idempotency-key', 'phone-1')
    const [first, again] = [await send('Queued').expect(201), await send('Queued').expect(201)]
    expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true'])
    await send('Other').expect(422, /idempotency.other_body/)
    expect((await heard(owner, versionId)).total).toBe(1)
  })
})

describe('the own comment', () => {
  test('can be changed and deleted for a quarter of an hour; an admin deletes any', async () => {
    const versionId = await sent(await ordered())
    const change = (person = owner, id = first, body: object = { body: 'Longer ears' }) =>
      api.as(person).patch(`/comments/${id}`).send(body)
    const first = await said(owner, versionId, { body: 'Long ears' })
    await change(artist).expect(403, /comment.not_yours/)
    await change().set('if-match', '"v7"').expect(412)
    await change(owner, first, { body: ' ' }).expect(422, /comment.empty/)
    await ageBy(first, 14)
    expect((await change().expect(200)).body).toMatchObject({ body: 'Longer ears', editedAt: expect.any(String) })
    await ageBy(first, 2)
    await change().expect(409, /comment.window_over/)
    await api
      .as(owner)
      .delete(`/comments/${first}`)
      .expect(409, /comment.window_over/)
    await api
      .as(manager)
      .delete(`/comments/${first}`)
      .expect(403, /comment.not_yours/)
    const second = await said(owner, versionId, { body: 'Oops' })
    await api.as(owner).delete(`/comments/${second}`).expect(204)
    await api.as(owner).get(`/comments/${second}`).expect(404)

    const reply = await said(manager, versionId, { body: 'Yes', parentId: first })
    await api.as(admin).delete(`/comments/${first}`).expect(204)
    const [grave] = (await heard(owner, versionId)).items
    expect(grave).toMatchObject({ id: first, body: '', deletedAt: expect.any(String), replies: [{ id: reply }] })
    expect(grave.may).toEqual({ edit: false, delete: false, resolve: false })
    await say(owner, versionId, { body: 'But', parentId: first }).expect(409, /comment.deleted/)
    await api.as(admin).delete(`/comments/${reply}`).expect(204)
    expect((await heard(owner, versionId)).items).toEqual([])
    const { rows } = await api.owner.query('select body, log from version_comments where version_id = $1', [versionId])
    expect(rows.every(({ body }) => body === '')).toBe(true)
  })
})

describe('an internal comment', () => {
  test('and everything about it stays in the studio', async () => {
    const projectId = await ordered()
    const versionId = await sent(projectId)
    const root = await said(owner, versionId, { body: 'Can she fly?' })
    const aside = await said(artist, versionId, { body: 'No way', parentId: root, internal: true })
    const secret = await said(manager, versionId, { body: 'Three hours over', internal: true })
    const below = await say(artist, versionId, { body: 'Four', parentId: secret }).expect(201)
    expect(below.body.internal).toBe(true)
    expect(await heard(artist, versionId)).toMatchObject({
      total: 2,
      items: [{ id: secret }, { replies: [{ id: aside }] }],
    })

    for (const reader of [owner, moderator]) {
      expect(await heard(reader, versionId)).toMatchObject({ total: 1, items: [{ id: root, replies: [] }] })
      for (const id of [aside, secret])
        await api
          .as(reader)
          .get(`/comments/${id}`)
          .expect(404, /comment.not_found/)
      const { body } = await api.as(reader).get(`/projects/${projectId}/versions`).expect(200)
      expect(body.items[0].comments).toMatchObject({ total: 1, open: 1 })
    }
    expect((await api.as(artist).get(`/versions/${versionId}`)).body.comments).toMatchObject({ total: 4, open: 2 })
    await say(owner, versionId, { body: 'I too', internal: true }).expect(403, /auth.forbidden/)
    await say(owner, versionId, { body: 'What?', parentId: secret }).expect(404, /comment.not_found/)
    await api.as(owner).post(`/comments/${secret}/resolve`).expect(404)
    const people = await api.as(owner).get(`/versions/${versionId}/comments/people?internal=true`).expect(200)
    expect(people.body.items).toEqual([])
    // What it leaves behind for its readers goes with it: a deleted comment with none but internal replies is gone.
    await api.as(admin).delete(`/comments/${root}`).expect(204)
    expect((await heard(owner, versionId)).items).toEqual([])
    expect((await heard(artist, versionId)).items).toHaveLength(2)
  })

  test('customers get no grant to', async () => {
    const projectId = await ordered()
    const versionId = await sent(projectId)
    const secret = await said(manager, versionId, { body: 'Quiet', internal: true })
    const grant = { effect: 'allow', permission: 'reviews:*', projectId, reason: 'Curious' }
    await api.as(admin).post(`/users/${owner.userId}/grants`).send(grant)
    await api.as(owner).get(`/comments/${secret}`).expect(404)
    const trusted = await studio.person('moderator')
    await api
      .as(admin)
      .post(`/users/${trusted.userId}/grants`)
      .send({ ...grant, permission: 'reviews:internal' })
      .expect(201)
    await api.as(trusted).get(`/comments/${secret}`).expect(200)
    await api.as(moderator).get(`/comments/${secret}`).expect(404)
  })
})

describe('a comment', () => {
  test('is made by those who may comment, on what they may see', async () => {
    const projectId = await ordered()
    const draft = await draftOf(projectId, { buildId: await kit.passedBuild(projectId) })
    const note = await said(artist, draft, { body: 'Not yet' })
    await say(owner, draft, { body: 'Hello?' }).expect(404, /version.not_found/)
    await api.as(owner).get(`/comments/${note}`).expect(404)
    expect((await eventsOf(note))[0].data).toMatchObject({ internal: true })
    await say(moderator, draft, { body: 'Fine' }).expect(403, /auth.forbidden/)
    // The customer is sent the version, and not what the studio said about it before.
    const people = await api.as(artist).get(`/versions/${draft}/comments/people`).expect(200)
    expect(people.body.items.map(({ userId }: { userId: string }) => userId)).not.toContain(owner.userId)
    await api.as(manager).post(`/versions/${draft}/send`).expect(200)
    expect(await heard(owner, draft)).toMatchObject({ total: 0, items: [] })
    expect((await heard(artist, draft)).items).toMatchObject([{ id: note, internal: true }])
    const stranger = await studio.person('owner')
    const versionId = await sent(projectId)
    const open = await said(owner, versionId, { body: 'Hello' })
    expect((await eventsOf(open))[0].data).toMatchObject({ internal: false, number: 2, deliverable: 'build' })
    await say(stranger, versionId, { body: 'Hello' }).expect(404)
    await api.as(stranger).get(`/comments/${open}`).expect(404)
    const denied = await studio.person('manager')
    const deny = { effect: 'deny', permission: 'reviews:comment', projectId, reason: 'Their own pet' }
    await api.as(admin).post(`/users/${denied.userId}/grants`).send(deny).expect(201)
    await say(denied, versionId, { body: 'Mine' }).expect(403)
    await api.as(denied).post(`/comments/${open}/resolve`).expect(403)
    await api.as(denied).get(`/comments/${open}`).expect(200)
    await say(denied, await sent(await ordered()), { body: 'Not mine' }).expect(201)
  })

  test('mentions those only who may see it; customers are told of nobody else', async () => {
    const projectId = await ordered()
    const versionId = await sent(projectId)
    const names = async (person: typeof owner, query = '') =>
      (await api.as(person).get(`/versions/${versionId}/comments/people${query}`).expect(200)).body.items.map(
        ({ userId }: { userId: string }) => userId,
      )
    const staff = await names(artist)
    expect(staff).toEqual(expect.arrayContaining([owner.userId, manager.userId, admin.userId]))
    const inside = await names(artist, '?internal=true')
    expect([inside.includes(owner.userId), inside.includes(manager.userId)]).toEqual([false, true])
    const known = await names(owner)
    expect([known.includes(manager.userId), known.includes(artist.userId)]).toEqual([true, false])
    await say(owner, versionId, { body: 'You', mentions: [artist.userId] }).expect(422, /comment.not_mentionable/)
    await said(artist, versionId, { body: 'It is me' })
    const made = await say(owner, versionId, { body: 'You', mentions: [artist.userId, artist.userId] }).expect(201)
    expect(made.body.mentions).toEqual([{ userId: artist.userId, name: expect.any(String) }])
    const secret = { body: 'Psst', internal: true, mentions: [owner.userId] }
    await say(artist, versionId, secret).expect(422, /comment.not_mentionable/)
    await say(artist, versionId, { ...secret, internal: false }).expect(201)
    expect(JSON.stringify(await heard(owner, versionId))).not.toContain('@example.test')
  })
})
