import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { slugSkeleton } from '@sparkle/shared/slugs'
import { openUrlKit, years } from '../../../test/url-kit.ts'
import { newId } from '../../core/ids.ts'
import { skeletonOfSlug } from '../../db/tables/urls.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const { api, studio, manager, artist, freshSlug, project, reserve, passedBuild, auditOf } = await openUrlKit()
afterAll(() => api.close())

describe('reserving', () => {
  test('keeps an address for 30 days and says so', async () => {
    const projectId = await project()
    const slug = freshSlug()
    expect((await api.as(manager).get(`/urls/availability?slug=${slug}`)).body).toEqual({ available: true })
    const { body, headers } = await api.as(manager).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)
    expect(body).toMatchObject({
      projectId,
      slug,
      petName: 'Chelsea',
      status: 'reserved',
      liveBuildId: null,
      viewCount: 0,
      version: 1,
    })
    expect(body.fullUrl).toBe(`${api.deps.config.gamesOrigin}/${slug}/`)
    expect(headers['etag']).toBe('"v1"')
    expect(Math.round((Date.parse(body.expiresAt) - Date.parse(body.reservedAt)) / 86_400_000)).toBe(30)
    expect((await api.as(manager).get(`/urls/availability?slug=${slug}`)).body).toEqual({
      available: false,
      reason: 'taken',
    })
    expect(await auditOf(body.id)).toEqual(['url:reserved'])
    const events = await api.owner.query(`select type, data from outbox where data ->> 'urlId' = $1`, [body.id])
    expect(events.rows).toEqual([{ type: 'url:reserved', data: { urlId: body.id, slug, petName: 'Chelsea' } }])
  })

  test('of one slug by twenty at once, one gets it', async () => {
    const projects = await Promise.all(Array.from({ length: 20 }, () => project()))
    const slug = freshSlug()
    const replies = await Promise.all(projects.map((id) => api.as(manager).post(`/projects/${id}/urls`).send({ slug })))
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
    const refused = replies.filter((reply) => reply.status === 409)
    expect(new Set(refused.map((reply) => reply.body.code))).toEqual(new Set(['url.slug_taken']))
  })

  test('of one slug by two studios at once, one gets it', async () => {
    const other = await api.studio()
    const stranger = await other.person('manager')
    const [mine, theirs] = [await project(), await project(stranger)]
    const slug = freshSlug()
    const replies = await Promise.all([
      api.as(manager).post(`/projects/${mine}/urls`).send({ slug }),
      api.as(stranger).post(`/projects/${theirs}/urls`).send({ slug }),
    ])
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, 409])
  })

  test.each([
    ['admin', 'reserved_word'],
    ['shit-cat', 'offensive'],
    ['xn--abc', 'malformed'],
  ])('%s is refused', async (slug, reason) => {
    expect((await api.as(manager).get(`/urls/availability?slug=${slug}`)).body).toEqual({ available: false, reason })
    const { body } = await api
      .as(manager)
      .post(`/projects/${await project()}/urls`)
      .send({ slug })
      .expect(422)
    expect(body).toMatchObject({ code: 'url.slug_refused', errors: [{ path: 'body.slug' }] })
  })

  test('a malformed slug is a refused field', async () => {
    expect((await api.as(manager).get('/urls/availability?slug=No%20Way')).body).toEqual({
      available: false,
      reason: 'malformed',
    })
    await api
      .as(manager)
      .post(`/projects/${await project()}/urls`)
      .send({ slug: 'No Way' })
      .expect(422)
  })

  test('a name that looks like a taken one is taken, over studios, until it is gone', async () => {
    const tail = newId().slice(-5).replaceAll(/[01]/g, 'x')
    const slug = `lorna-0-b-s-${tail}`
    const url = await reserve(await project(), slug)
    const stranger = await (await api.studio()).person('manager')
    const theirs = await project(stranger)
    for (const alike of [`loma-o-bs-${tail}`, `1orna0-8-5-${tail}`, `l-o-rna-0b5${tail}`]) {
      const asked = await api.as(stranger).get(`/urls/availability?slug=${alike}`)
      expect([alike, asked.body]).toEqual([alike, { available: false, reason: 'look_alike' }])
      const send = { slug: alike }
      await api
        .as(stranger)
        .post(`/projects/${theirs}/urls`)
        .send(send)
        .expect(409, /looks like/)
    }
    const race = await Promise.all(
      [`vvolf-${tail}`, `wolf-${tail}`, `w-olf-${tail}`].map((alike) =>
        api.as(stranger).post(`/projects/${theirs}/urls`).send({ slug: alike }),
      ),
    )
    expect(race.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    await api
      .as(manager)
      .patch(`/urls/${url.id}`)
      .send({ slug: `lorna0bs${tail}` })
      .expect(200)
    await api.as(manager).delete(`/urls/${url.id}`).expect(204)
    await api
      .as(stranger)
      .post(`/projects/${theirs}/urls`)
      .send({ slug: `loma-o-8s-${tail}` })
      .expect(201)
  })

  test('the database sees a name as the code does', async () => {
    const slugs = fc.sample(fc.stringMatching(/^[a-z0158rnvw][a-z0-9rnvw0158-]{1,38}[a-z0-9]$/), 300)
    const { rows } = await api.deps.db.execute<{ slug: string; skeleton: string }>(
      sql`select slug, ${skeletonOfSlug} as skeleton from unnest(${sql.param(slugs)}::text[]) as slug`,
    )
    expect(rows.map(({ skeleton }) => skeleton)).toEqual(rows.map(({ slug }) => slugSkeleton(slug)))
  })

  test('a word thought offensive passes with a reason, on record; a taken or kept one never', async () => {
    const projectId = await project()
    const slug = `pussy-${newId().slice(-6)}`
    const send = (body: object) => api.as(manager).post(`/projects/${projectId}/urls`).send(body)
    await send({ slug }).expect(422, /url.slug_refused/)
    await send({ slug, allowReason: '  ' }).expect(422)
    const { body } = await send({ slug, allowReason: 'Pussy Willow is the cat on her papers' }).expect(201)
    const { rows } = await api.owner.query(
      "select action, changes from audit where entity_id = $1 and action <> 'url:reserved'",
      [body.id],
    )
    expect(rows).toEqual([
      { action: 'url:word:allowed', changes: { slug, reason: 'Pussy Willow is the cat on her papers' } },
    ])
    await send({ slug, allowReason: 'Again' }).expect(409)
    await send({ slug: 'admin', allowReason: 'My name' }).expect(422)
    await api
      .as(artist)
      .post(`/projects/${projectId}/urls`)
      .send({ slug: 'shit-happens', allowReason: 'x' })
      .expect(403)
  })

  test('suggestions come free ones first', async () => {
    const petName = `Zed ${newId().slice(-5)}`
    const projectId = await project(manager, {
      petName,
      petBreed: 'Beagle',
      gameConfig: { theme: 'snow', difficulty: 'easy', features: [] },
    })
    const first = (await api.as(manager).get(`/projects/${projectId}/url-suggestions`).expect(200)).body.items
    expect(first[0]).toMatchObject({ slug: petName.toLowerCase().replace(' ', '-'), available: true })
    expect(first.map((item: { slug: string }) => item.slug)).toContain(`${first[0].slug}-the-beagle`)
    await reserve(projectId, first[0].slug)
    const second = (await api.as(artist).get(`/projects/${projectId}/url-suggestions`).expect(200)).body.items
    expect(second.at(-1)).toEqual({ slug: first[0].slug, available: false })
    expect(second[0].available).toBe(true)
  })
})

describe('changing', () => {
  test('whether search engines may list a game, on record', async () => {
    const url = await reserve(await project())
    const { body } = await api.as(manager).patch(`/urls/${url.id}`).send({ indexable: false }).expect(200)
    expect(body).toMatchObject({ indexable: false, version: 2, slug: url.slug })
    await api.as(manager).patch(`/urls/${url.id}`).send({ indexable: false }).expect(200)
    expect(await auditOf(url.id)).toEqual(['url:reserved', 'url:updated'])
    await api.as(manager).patch(`/urls/${url.id}`).send({}).expect(422)
  })

  test('a live address that is renamed leaves a redirect, and may have its old name back', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    await api
      .as(manager)
      .post(`/urls/${url.id}/deploy`)
      .send({ buildId: await passedBuild(projectId) })
      .expect(200)
    const slug = freshSlug()
    const { body } = await api.as(manager).patch(`/urls/${url.id}`).set('if-match', '"v2"').send({ slug }).expect(200)
    expect(body).toMatchObject({ slug, version: 3 })
    const redirects = () =>
      api.owner.query('select slug from url_redirects where url_id = $1', [url.id]).then(({ rows }) => rows)
    expect(await redirects()).toEqual([{ slug: url.slug }])
    await api
      .as(manager)
      .post(`/projects/${projectId}/urls`)
      .send({ slug: url.slug })
      .expect(409, /url.slug_taken/)
    await api.as(manager).patch(`/urls/${url.id}`).send({ slug: url.slug }).expect(200)
    expect(await redirects()).toEqual([{ slug }])
  })

  test('a reservation is renamed without a trace, and its old name is free', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    await api.as(manager).patch(`/urls/${url.id}`).send({ slug: freshSlug() }).expect(200)
    await reserve(projectId, url.slug)
  })

  test('to a name somebody has: 409; against an old version: 412', async () => {
    const projectId = await project()
    const [url, other] = [await reserve(projectId), await reserve(projectId)]
    await api
      .as(manager)
      .patch(`/urls/${url.id}`)
      .send({ slug: other.slug })
      .expect(409, /url.slug_taken/)
    await api.as(manager).patch(`/urls/${url.id}`).set('if-match', '"v9"').send({ slug: freshSlug() }).expect(412)
    await api.as(manager).delete(`/urls/${url.id}`).set('if-match', '"v9"').expect(412)
    await api.as(manager).delete(`/urls/${url.id}`).set('if-match', '"v1"').expect(204)
  })

  test('a deleted reservation frees its name; a deleted game rests for all but its own project', async () => {
    const projectId = await project()
    const [unused, played] = [await reserve(projectId), await reserve(projectId)]
    await api
      .as(manager)
      .post(`/urls/${played.id}/deploy`)
      .send({ buildId: await passedBuild(projectId) })
      .expect(200)
    await api.as(manager).delete(`/urls/${unused.id}`).expect(204)
    await api.as(manager).delete(`/urls/${played.id}`).expect(204)
    await api.as(manager).delete(`/urls/${played.id}`).expect(404)
    expect((await api.as(manager).get(`/urls/${played.id}`).expect(200)).body.status).toBe('deleted')
    await reserve(await project(), unused.slug)
    expect((await api.as(manager).get(`/urls/availability?slug=${played.slug}`)).body).toEqual({
      available: false,
      reason: 'resting',
    })
    await api
      .as(manager)
      .post(`/projects/${await project()}/urls`)
      .send({ slug: played.slug })
      .expect(409, /url.slug_taken/)
    await reserve(projectId, played.slug)
  })

  test('renewing adds a term to what is left, in its last 60 days; a reservation is renewed once', async () => {
    const projectId = await project(manager, { packageType: 'custom' })
    const url = await reserve(projectId)
    const again = (await api.as(manager).post(`/urls/${url.id}/renew`).expect(200)).body
    const daysOf = (expiresAt: string) => (Date.parse(expiresAt) - Date.parse(again.reservedAt)) / 86_400_000
    expect([daysOf(url.expiresAt), daysOf(again.expiresAt)]).toEqual([30, 60])
    await api
      .as(manager)
      .post(`/urls/${url.id}/renew`)
      .expect(409, /url.renewed_before/)
    await api
      .as(manager)
      .post(`/urls/${url.id}/deploy`)
      .send({ buildId: await passedBuild(projectId) })
    const endsIn = (days: number) =>
      api.owner.query('update urls set expires_at = now() + make_interval(days => $2) where id = $1', [url.id, days])
    await endsIn(61)
    const early = await api.as(manager).post(`/urls/${url.id}/renew`).expect(409)
    const from = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    expect(early.body).toMatchObject({ code: 'url.renew_too_early', detail: expect.stringContaining(from) })
    await endsIn(59)
    const before = (await api.as(manager).get(`/urls/${url.id}`)).body
    const renewed = (await api.as(manager).post(`/urls/${url.id}/renew`).expect(200)).body
    expect(years(before.expiresAt, renewed.expiresAt)).toBe(2)
    await api
      .as(manager)
      .post(`/urls/${url.id}/renew`)
      .expect(409, /url.renew_too_early/)
  })
})

describe('reading', () => {
  test('the list is paged, filtered and counted', async () => {
    const own = await api.studio()
    const boss = await own.person('manager')
    const projectId = await project(boss)
    const made = []
    for (let i = 0; i < 5; i += 1) made.unshift((await reserve(projectId, freshSlug(), boss)).id)
    const otherUrl = await reserve(await project(boss), freshSlug(), boss)
    const ids = (body: { items: { id: string }[] }) => body.items.map((item) => item.id)
    const first = (await api.as(boss).get(`/urls?projectId=${projectId}&limit=3&include=total`).expect(200)).body
    const second = (
      await api.as(boss).get(`/urls?projectId=${projectId}&limit=3&cursor=${first.nextCursor}`).expect(200)
    ).body
    expect([...ids(first), ...ids(second)]).toEqual(made)
    expect(first.total).toBe(5)
    expect(second.nextCursor).toBeNull()
    await api.as(boss).delete(`/urls/${otherUrl.id}`).expect(204)
    expect(ids((await api.as(boss).get('/urls?status=deleted')).body)).toEqual([otherUrl.id])
    expect(ids((await api.as(boss).get('/urls')).body)).toEqual(made)
    expect(ids((await api.as(boss).get('/urls?status=active')).body)).toEqual([])
    await api
      .as(boss)
      .get('/urls?cursor=nonsense')
      .expect(422, /cursor.invalid/)
  })

  test('the QR code is a picture', async () => {
    const url = await reserve(await project())
    const reply = await api.as(manager).get(`/urls/${url.id}/qr.svg`).expect(200)
    expect(reply.headers['content-type']).toMatch(/^image\/svg\+xml/)
    expect(Buffer.from(reply.body).toString()).toMatch(/^<svg /)
    const picture = await api.as(manager).get(`/urls/${url.id}/qr.png?size=300`).expect(200)
    expect(picture.headers['content-type']).toBe('image/png')
    const png = picture.body as Buffer
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 300, 300])
    await api.as(manager).get(`/urls/${url.id}/qr.png?size=9000`).expect(422)
  })
})

describe('who may', () => {
  test('an artist looks at addresses and changes none', async () => {
    const url = await reserve(await project())
    await api.as(artist).get(`/urls/${url.id}`).expect(200)
    await api.as(artist).patch(`/urls/${url.id}`).send({ slug: freshSlug() }).expect(403)
    await api.as(artist).post(`/urls/${url.id}/deploy`).send({ buildId: newId() }).expect(403)
    await api.as(artist).get(`/urls/${url.id}/analytics`).expect(403)
    await api
      .as(await studio.person('moderator'))
      .get(`/urls/${url.id}`)
      .expect(403)
    await api
      .as(await studio.person('owner'))
      .get(`/urls/${url.id}`)
      .expect(403)
    await api.as(null).get(`/urls/${url.id}`).expect(401)
  })

  test('a neighbour finds nothing, where the rightful studio does', async () => {
    const stranger = await (await api.studio()).person('admin')
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const calls: [
      method: 'get' | 'post' | 'patch' | 'delete',
      path: string,
      body: object | undefined,
      control: number,
    ][] = [
      ['get', `/projects/${projectId}/url-suggestions`, undefined, 200],
      ['post', `/projects/${projectId}/urls`, { slug: freshSlug() }, 201],
      ['get', `/urls/${url.id}`, undefined, 200],
      ['get', `/urls/${url.id}/deployments`, undefined, 200],
      ['get', `/urls/${url.id}/qr.svg`, undefined, 200],
      ['get', `/urls/${url.id}/qr.png`, undefined, 200],
      ['get', `/urls/${url.id}/deploy-preview?buildId=${buildId}`, undefined, 200],
      ['get', `/urls/${url.id}/analytics`, undefined, 200],
      ['post', `/urls/${url.id}/deploy`, { buildId }, 200],
      ['post', `/urls/${url.id}/rollback`, undefined, 409],
      ['post', `/urls/${url.id}/renew`, undefined, 409],
      ['patch', `/urls/${url.id}`, { slug: freshSlug() }, 200],
      ['delete', `/urls/${url.id}`, undefined, 204],
    ]
    for (const [method, path, body, control] of calls) {
      expect([path, (await api.as(stranger)[method](path).send(body)).status]).toEqual([path, 404])
      expect([path, (await api.as(manager)[method](path).send(body)).status]).toEqual([path, control])
    }
    const theirs = await reserve(await project(stranger), freshSlug(), stranger)
    await api
      .as(stranger)
      .post(`/urls/${theirs.id}/deploy`)
      .send({ buildId })
      .expect(404, /build.not_found/)
  })
})
