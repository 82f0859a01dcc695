import supertest from 'supertest'
import { afterAll, describe, expect, test } from 'vitest'
import type { CreatedGuestLink, GuestSessionView } from '@sparkle/shared/guest-links'
import { openGuestKit } from '../../../test/guest-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { sha256 } from '../../core/crypto.ts'
import { coarseAgent } from './guest-links.rules.ts'

const kit = await openGuestKit()
const { api, studio, manager, artist, project, picture, share, tokenOf, open, enter, asGuest, draftOf, sent } = kit
afterAll(() => api.close())

const look = async (link: CreatedGuestLink) =>
  (
    await api
      .as(null)
      .get(`/public/reviews/${tokenOf(link)}`)
      .expect(200)
  ).body
const decide = (guest: GuestSessionView, id: string, body: object) =>
  asGuest(guest).post(`/versions/${id}/decisions`).send(body)

describe('a review link', () => {
  test('is shown once, says what it is, and opens the sent versions of one project', async () => {
    const projectId = await project()
    const version = await sent(projectId)
    const draft = (await draftOf(projectId)).id
    const other = await sent(await project())
    const link = await share(projectId, { scope: 'view', label: ' Granny ' })
    expect(link).toMatchObject({ label: 'Granny', scope: 'view', state: 'open', hasPassword: false, visits: 0 })
    expect(Math.round((Date.parse(link.expiresAt) - Date.now()) / 86_400_000)).toBe(14)
    const stored = await api.owner.query('select t::text as row from guest_links t where id = $1', [link.id])
    expect(stored.rows[0].row).not.toContain(tokenOf(link))
    expect(await look(link)).toMatchObject({ state: 'open', needsPassword: false, petName: 'Chelsea', scope: 'view' })

    const guest = await enter(link)
    expect(guest).toMatchObject({ name: 'Granny', scope: 'view', projectId, petName: 'Chelsea' })
    const list = (await asGuest(guest).get(`/projects/${projectId}/versions?include=total`).expect(200)).body
    expect(list).toMatchObject({ total: 1, items: [{ id: version.id, mayDecide: false, createdByName: null }] })
    await asGuest(guest).get(`/versions/${version.id}`).expect(200)
    await asGuest(guest).get(`/versions/${draft}`).expect(404)
    await asGuest(guest).get(`/versions/${other.id}`).expect(404)
    await asGuest(guest)
      .get('/versions')
      .expect(403, /auth.guest_not_allowed/)
    await asGuest(guest)
      .get('/me')
      .expect(403, /auth.guest_not_allowed/)
    await asGuest(guest)
      .get(`/projects/${projectId}`)
      .expect(403, /auth.guest_not_allowed/)
    await decide(guest, version.id, { decision: 'approve' }).expect(403, /auth.forbidden/)
    // Neither as a cookie nor in the address: only as a bearer token.
    for (const name of ['sc_at', 'sc_rt', 'gv'])
      await supertest(api.app.server)
        .get(`/api/v1/versions/${version.id}`)
        .set('cookie', `${name}=${guest.token}`)
        .expect(401)
    await api.as(null).get(`/versions/${version.id}?token=${guest.token}`).expect(401)
    await asGuest({ ...guest, token: `${guest.token}x` })
      .get(`/versions/${version.id}`)
      .expect(401, /guest.visit_ended/)
  })

  test('with a password tells nothing before it, and counts the tries by link and network', async () => {
    const projectId = await project()
    const link = await share(projectId, { scope: 'view', password: 'walnut harbour 12' })
    expect(await look(link)).toMatchObject({ needsPassword: true, petName: null })
    await open(link).expect(401, /guest_link.password_needed/)
    await open(link, { name: 'Eve', password: 'walnut' }).expect(401, /guest_link.wrong_password/)
    const right = { name: 'Granny', password: 'walnut harbour 12' }
    const guest = await enter(link, right)
    await api.app.limits.count(`signin:pair:guest-link:${link.id}:127.0.0.1`, 900)
    for (let i = 0; i < 10; i += 1) await api.app.limits.count(`signin:pair:guest-link:${link.id}:127.0.0.1`, 900)
    const held = await open(link, right)
    expect([held.status, held.body.code]).toEqual([429, 'auth.throttled'])
    // Another network, and another link, are not held up by that.
    const elsewhere = await api.app.inject({
      method: 'POST',
      url: `/api/v1/public/reviews/${tokenOf(link)}`,
      remoteAddress: '203.0.113.9',
      payload: right,
    })
    expect(elsewhere.statusCode).toBe(200)
    await enter(await share(projectId, { scope: 'view', password: 'walnut harbour 12' }), right)

    // Another password ends the visits by the one before.
    await asGuest(guest).get(`/projects/${projectId}/versions`).expect(200)
    const change = await api
      .as(manager)
      .patch(`/guest-links/${link.id}`)
      .set('if-match', '"v1"')
      .send({ password: 'a new one entirely' })
    expect(change.body).toMatchObject({ hasPassword: true, version: 2 })
    await asGuest(guest)
      .get(`/projects/${projectId}/versions`)
      .expect(401, /guest.visit_ended/)
  })

  test('ends running visits at once: revoked, too old, out of scope, its project gone', async () => {
    const projectId = await project()
    const version = await sent(projectId)
    const seen = (guest: GuestSessionView) => asGuest(guest).get(`/versions/${version.id}`)
    const revoked = await share(projectId, { scope: 'approve' })
    const guest = await enter(revoked)
    await seen(guest).expect(200)
    await api.as(manager).patch(`/guest-links/${revoked.id}`).send({ scope: 'comment' }).expect(200)
    await decide(guest, version.id, { decision: 'approve' }).expect(403)
    await api.as(manager).delete(`/guest-links/${revoked.id}`).set('if-match', '"v9"').expect(412)
    await api.as(manager).delete(`/guest-links/${revoked.id}`).expect(204)
    await seen(guest).expect(401, /guest.visit_ended/)
    await open(revoked).expect(410, /guest_link.revoked/)
    expect(await look(revoked)).toMatchObject({ state: 'revoked', petName: null })
    await api
      .as(manager)
      .patch(`/guest-links/${revoked.id}`)
      .send({ label: 'x' })
      .expect(409, /guest_link.revoked/)

    const old = await share(projectId, { scope: 'view', expiresInDays: 1 })
    const late = await enter(old)
    expect(Date.parse(late.expiresAt)).toBeLessThan(Date.parse(old.expiresAt))
    await api.owner.query("update guest_links set expires_at = now() - interval '1 second' where id = $1", [old.id])
    await seen(late).expect(401)
    await open(old).expect(410, /guest_link.expired/)

    const last = await enter(await share(projectId, { scope: 'view' }))
    await seen(last).expect(200)
    await api.as(manager).delete(`/projects/${projectId}`).expect(204)
    await seen(last).expect(401)
  })

  test('ends with it what its guests were given: the game, a picture, an attached file', async () => {
    const projectId = await project()
    const game = await sent(projectId)
    const assetId = await picture(projectId)
    const bytes = Buffer.from('picture')
    const key = `${studio.organizationId}/assets/${assetId}/web.webp`
    await api.owner.query('update asset_variants set storage_key = $2, digest = $3 where asset_id = $1', [
      assetId,
      key,
      sha256(bytes),
    ])
    await api.deps.store.put(key, bytes, 'image/webp')
    const { body: shown } = await api.as(manager).post(`/projects/${projectId}/versions`).send({ assetId }).expect(201)
    await api.as(manager).post(`/versions/${shown.id}/send`).expect(200)
    const words = Buffer.from('words')
    const form = api.as(manager).post(`/projects/${projectId}/attachments`).attach('file', words, 'a.txt')
    const attachmentIds = [(await form.expect(201)).body.id]
    const comments = `/versions/${game.id}/comments`
    await api.as(manager).post(comments).send({ body: 'Look', attachmentIds }).expect(201)

    const link = await share(projectId, { scope: 'comment' })
    const guest = await enter(link)
    const visit = await api.owner.query('select id from guest_visits where link_id = $1', [link.id])
    const given = async (person: Person) => {
      const read = async (path: string) => (await api.as(person).get(path).expect(200)).body
      const preview = (await read(`/versions/${game.id}`)).previewUrl.split('/_p/')[1].slice(0, -1)
      const file = (await read(comments)).items[0].attachments[0].url
      const urls: string[] = [(await read(`/versions/${shown.id}`)).fileUrl, file]
      return { preview: api.deps.crypto.readToken('preview', preview), urls }
    }
    const [theirs, own] = [await given({ token: guest.token } as Person), await given(manager)]
    // What the game host makes of it is tested there.
    const ids = [studio.organizationId, game.buildId, '1']
    expect([theirs.preview, own.preview]).toEqual([[...ids, visit.rows[0].id], ids])
    const answers = (urls: readonly string[]) =>
      Promise.all(urls.map((url) => api.app.inject({ url: new URL(url).pathname })))
    const codes = async (urls: readonly string[]) => (await answers(urls)).map(({ statusCode }) => statusCode)
    const caching = (await answers(theirs.urls)).map(({ headers }) => headers['cache-control'])
    expect(caching).toEqual(['private, no-cache', 'private, no-cache'])
    expect([await codes(theirs.urls), await codes(own.urls)]).toEqual([
      [200, 200],
      [200, 200],
    ])
    await api.as(manager).delete(`/guest-links/${link.id}`).expect(204)
    expect([await codes(theirs.urls), await codes(own.urls)]).toEqual([
      [404, 404],
      [200, 200],
    ])
  })

  test('lets nobody in under a name that cannot be seen, or that passes for another', async () => {
    const link = await share(await project(), { scope: 'view' })
    await open(link, { name: '\u200b' }).expect(422, /can be seen/)
    expect((await enter(link, { name: '\u202eyn\u200bnarG\nمی\u200cخواهم' })).name).toBe('ynnarG می\u200cخواهم')
  })

  test('is made and looked after by those who may share', async () => {
    const projectId = await project()
    const link = await share(projectId, { scope: 'view' })
    const path = `/guest-links/${link.id}`
    for (const person of [artist, await studio.person('owner')]) {
      await api.as(person).get(`/projects/${projectId}/guest-links`).expect(403)
      await api.as(person).post(`/projects/${projectId}/guest-links`).send({ scope: 'view' }).expect(403)
      await api.as(person).get(path).expect(403)
      await api.as(person).delete(path).expect(403)
    }
    await api.as(manager).get(path).expect(200)
    const list = (await api.as(manager).get(`/projects/${projectId}/guest-links?include=total`).expect(200)).body
    expect(list).toMatchObject({ total: 1, items: [{ id: link.id, label: '' }] })
    expect(JSON.stringify(list)).not.toContain('/r/')
    const make = (body: object) => api.as(manager).post(`/projects/${projectId}/guest-links`).send(body)
    await make({ scope: 'view', expiresInDays: 91 }).expect(422)
    await make({ scope: 'admin' }).expect(422)
    await make({ scope: 'view', password: 'x' }).expect(422)
  })
})

describe('what a guest decides', () => {
  test('counts where the link’s scope has it, once, on record with the link and the name', async () => {
    const projectId = await project()
    const version = await sent(projectId)
    const link = await share(projectId, { scope: 'approve', label: 'Family' })
    const guest = await enter(link, { name: 'Granny' })
    await decide(guest, version.id, { decision: 'request_changes' }).expect(422, /review.note_needed/)
    const approved = (await decide(guest, version.id, { decision: 'approve', note: 'Lovely' }).expect(201)).body
    expect(approved).toMatchObject({
      status: 'approved',
      mayDecide: false,
      decisions: [{ by: 'Granny', guest: true, mine: true, onBehalf: false, note: 'Lovely' }],
    })
    const asManager = (await api.as(manager).get(`/versions/${version.id}`).expect(200)).body
    expect(asManager.decisions).toMatchObject([{ by: 'Granny', guest: true, mine: false }])
    expect((await api.as(manager).get(`/projects/${projectId}`)).body.status).toBe('complete')

    const { rows } = await api.owner.query(
      `select a.actor_kind, a.changes ->> 'viaLink' as link, v.name, o.actor_name, o.actor_id
       from audit a join guest_visits v on v.id = a.actor_id join outbox o on o.type = a.action and o.project_id = $2
       where a.entity_id = $1 and a.action = 'review:approved'`,
      [version.id, projectId],
    )
    expect(rows).toEqual([{ actor_kind: 'guest', link: link.id, name: 'Granny', actor_name: 'Granny', actor_id: null }])
    const uses = (await api.as(manager).get(`/guest-links/${link.id}/uses?include=total`).expect(200)).body
    expect(uses).toMatchObject({
      total: 1,
      items: [{ name: 'Granny', place: expect.stringMatching(/^.{6}$/), did: expect.any(Array) }],
    })
    expect(uses.items[0].did).toEqual(
      expect.arrayContaining([
        { action: 'review:approved', count: 1 },
        { action: 'project:status:changed', count: 1 },
      ]),
    )
    expect(JSON.stringify(uses)).not.toContain('127.0.0.1')
    expect((await api.as(manager).get(`/guest-links/${link.id}`)).body).toMatchObject({ visits: 1 })
  })

  test('is one word for each link, and does not stand for the owners where all of them must approve', async () => {
    const owner = await studio.person('owner')
    const projectId = await project()
    await api.owner.query("update projects set account_id = $2, approvers = 'all' where id = $1", [
      projectId,
      owner.accountId,
    ])
    const version = await sent(projectId)
    const link = await share(projectId, { scope: 'approve' })
    const [granny, uncle] = [await enter(link), await enter(link, { name: 'Uncle' })]
    const said = (await decide(granny, version.id, { decision: 'approve' }).expect(201)).body
    expect(said).toMatchObject({ status: 'waiting', approversLeft: 1 })
    await decide(uncle, version.id, { decision: 'approve' }).expect(409, /review.already_decided/)
    const settled = await api
      .as(owner)
      .post(`/versions/${version.id}/decisions`)
      .send({ decision: 'approve' })
      .expect(201)
    expect(settled.body).toMatchObject({ status: 'approved', decisions: [{ guest: true }, { guest: false }] })
  })

  test('is kept apart from what others send under the same Idempotency-Key', async () => {
    const projectId = await project()
    const version = await sent(projectId)
    const first = await enter(await share(projectId, { scope: 'approve' }))
    const second = await enter(await share(projectId, { scope: 'approve' }))
    const post = (guest: GuestSessionView) =>
      decide(guest, version.id, { decision: 'approve' }).set('idempotency-key', 'one')
    await post(first).expect(201)
    expect((await post(first).expect(201)).headers['idempotent-replayed']).toBe('true')
    await post(second).expect(409, /version.not_waiting/)
  })
})

test('what is kept of a browser is its name and the kind of device', () => {
  const agents = {
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1':
      'Safari, iPhone',
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36':
      'Chrome, Android',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0':
      'Edge, Windows',
    'curl/8.5.0': '',
  }
  for (const [agent, kept] of Object.entries(agents)) expect(coarseAgent(agent)).toBe(kept)
})
