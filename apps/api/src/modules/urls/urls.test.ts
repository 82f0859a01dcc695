import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import { slugSkeleton } from '@sparkle/shared/slugs'
import { newId } from '../../core/ids.ts'
import { skeletonOfSlug } from '../../db/tables/urls.ts'
import { startApi, type Api, type Person, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person
let artist: Person

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  artist = await studio.person('artist')
})
afterAll(() => api.close())

let count = 0
const freshSlug = () => `pet-${(count += 1)}-${newId().slice(-6)}`

async function project(person = manager, body: object = {}): Promise<string> {
  const made = await api
    .as(person)
    .post('/projects')
    .send({ petName: 'Chelsea', ...body })
    .expect(201)
  return made.body.id
}

async function reserve(projectId: string, slug = freshSlug(), person = manager) {
  const { body } = await api.as(person).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)
  return body as { id: string; slug: string; version: number; expiresAt: string }
}

/** A build as the worker leaves it. How builds are made is tested with the builds. */
async function passedBuild(projectId: string, status = 'passed', of = studio): Promise<string> {
  const id = newId()
  await api.owner.query(
    `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status, digest)
     values ($1, $2, $3, (select count(*) + 1 from builds where project_id = $3), 'catcher', '1.0.0', '{}', '{}', $4, $5)`,
    [of.organizationId, id, projectId, status, id.replaceAll('-', '').padEnd(64, '0')],
  )
  return id
}

const years = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000 / 365.25)
const auditOf = async (id: string) =>
  (await api.owner.query('select action from audit where entity_id = $1 order by at, id', [id])).rows.map(
    (row) => row.action,
  )

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

describe('deploying', () => {
  test.each([
    ['express', 1],
    ['custom', 2],
    ['premium', 5],
  ])('an address of package %s is live for %i years', async (packageType, term) => {
    const projectId = await project(manager, { packageType })
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const { body } = await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId, replaces: null }).expect(200)
    expect(body).toMatchObject({ status: 'active', liveBuildId: buildId, version: 2 })
    expect(years(body.deployedAt, body.expiresAt)).toBe(term)
    expect(await auditOf(url.id)).toEqual(['url:reserved', 'url:deployed'])
  })

  test('a second deploy replaces the first, keeps the term and can be rolled back', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const [one, two] = [await passedBuild(projectId), await passedBuild(projectId)]
    const deploy = (body: object) => api.as(manager).post(`/urls/${url.id}/deploy`).send(body)
    const first = (await deploy({ buildId: one })).body
    await deploy({ buildId: two, replaces: two }).expect(409, /url.live_build_changed/)
    await deploy({ buildId: two, replaces: null }).expect(409, /url.live_build_changed/)
    await deploy({ buildId: one }).expect(409, /url.already_live/)
    const second = (await deploy({ buildId: two, replaces: one }).expect(200)).body
    expect(second).toMatchObject({ liveBuildId: two, expiresAt: first.expiresAt })
    const back = (await api.as(manager).post(`/urls/${url.id}/rollback`).expect(200)).body
    expect(back.liveBuildId).toBe(one)
    await api
      .as(manager)
      .post(`/urls/${url.id}/rollback`)
      .expect(409, /url.nothing_to_roll_back/)
    const history = (await api.as(artist).get(`/urls/${url.id}/deployments?include=total`).expect(200)).body
    expect(history.total).toBe(3)
    expect(history.items.map((item: object) => item)).toMatchObject([
      { kind: 'rollback', buildId: one, previousBuildId: two, by: expect.any(String) },
      { kind: 'deploy', buildId: two, previousBuildId: one },
      { kind: 'deploy', buildId: one, previousBuildId: null },
    ])
    const page = (await api.as(manager).get(`/urls/${url.id}/deployments?limit=2`)).body
    const rest = (await api.as(manager).get(`/urls/${url.id}/deployments?limit=2&cursor=${page.nextCursor}`)).body
    expect([...page.items, ...rest.items]).toEqual(history.items)
  })

  test('two at once: one wins, the other is told', async () => {
    const projectId = await project()
    for (let round = 0; round < 8; round += 1) {
      const url = await reserve(projectId)
      const builds = [await passedBuild(projectId), await passedBuild(projectId)]
      const replies = await Promise.all(
        builds.map((buildId) => api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId, replaces: null })),
      )
      expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409])
      const { rows } = await api.owner.query('select count(*)::int as deployments from deployments where url_id = $1', [
        url.id,
      ])
      expect(rows).toEqual([{ deployments: 1 }])
    }
  })

  test('while another deploy is under way, 409; counting a visit is no deploy', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const client = await api.owner.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`deploy\n${url.id}`])
      await api
        .as(manager)
        .post(`/urls/${url.id}/deploy`)
        .send({ buildId })
        .expect(409, /url.deploy_in_progress/)
      await client.query('rollback')
      await client.query('begin')
      await client.query('update urls set view_count = view_count + 1 where id = $1', [url.id])
      const waiting = api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(200)
      setTimeout(() => void client.query('commit'), 100)
      await waiting
    } finally {
      client.release()
    }
  })

  test('nothing goes live, back or on for a project that was deleted, until it is restored', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const deploy = () => api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId })
    await api.as(manager).delete(`/projects/${projectId}`).expect(204)
    await deploy().expect(409, /url.project_deleted/)
    for (const verb of ['rollback', 'renew'])
      await api
        .as(manager)
        .post(`/urls/${url.id}/${verb}`)
        .expect(409, /url.project_deleted/)
    await api.as(manager).post(`/projects/${projectId}/restore`).expect(200)
    await deploy().expect(200)
    await api
      .as(manager)
      .post(`/urls/${url.id}/rollback`)
      .expect(409, /url.nothing_to_roll_back/)
  })

  test('only a passed build of the same project goes live', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const deploy = (buildId: string) => api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId })
    await deploy(await passedBuild(projectId, 'failed')).expect(409, /url.build_not_ready/)
    await deploy(await passedBuild(await project())).expect(422, /url.build_of_another_project/)
    await deploy(newId()).expect(404, /build.not_found/)
    await deploy(await passedBuild(projectId)).expect(200)
  })

  test('a studio that requires approval deploys nothing without one', async () => {
    const careful = await api.studio({ requireApproval: true })
    const boss = await careful.person('admin')
    const projectId = await project(boss)
    const url = await reserve(projectId, freshSlug(), boss)
    const buildId = await passedBuild(projectId, 'passed', careful)
    await api
      .as(boss)
      .post(`/urls/${url.id}/deploy`)
      .send({ buildId })
      .expect(409, /url.approval_required/)
    await api.owner.query('update organizations set require_approval = false where id = $1', [careful.organizationId])
    await api.as(boss).post(`/urls/${url.id}/deploy`).send({ buildId }).expect(200)
  })

  test('the same key deploys once', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const buildId = await passedBuild(projectId)
    const deploy = () =>
      api.as(manager).post(`/urls/${url.id}/deploy`).set('idempotency-key', `k-${url.id}`).send({ buildId })
    const first = await deploy().expect(200)
    const again = await deploy().expect(200)
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotent-replayed']).toBe('true')
  })
})

describe('a preview of a deploy', () => {
  const file = (path: string, seed: number, sizeBytes: number) => ({
    path,
    mimeType: 'text/html',
    sizeBytes,
    digest: String(seed).padStart(64, '0'),
  })
  const withFiles = (buildId: string, files: object[]) =>
    api.owner.query('update builds set files = $2 where id = $1', [buildId, JSON.stringify(files)])

  test('tells what becomes new, modified, removed and stays the same, by digest', async () => {
    const projectId = await project()
    const url = await reserve(projectId)
    const [one, two] = [await passedBuild(projectId), await passedBuild(projectId)]
    await withFiles(one, [file('game.html', 1, 100), file('icon.png', 2, 50), file('old.png', 3, 7)])
    await withFiles(two, [file('game.html', 4, 100), file('icon.png', 2, 50), file('new.png', 3, 9)])
    const preview = (buildId: string) => api.as(artist).get(`/urls/${url.id}/deploy-preview?buildId=${buildId}`)
    expect((await preview(one).expect(200)).body).toMatchObject({
      liveBuildId: null,
      liveSizeBytes: null,
      counts: { new: 3, modified: 0, removed: 0, same: 0 },
    })
    await api.as(manager).post(`/urls/${url.id}/deploy`).send({ buildId: one }).expect(200)
    expect((await preview(two).expect(200)).body).toEqual({
      liveBuildId: one,
      buildId: two,
      counts: { new: 1, modified: 1, removed: 1, same: 1 },
      sizeBytes: 159,
      liveSizeBytes: 157,
      files: [
        { path: 'new.png', change: 'new', sizeBytes: 9, liveSizeBytes: null },
        { path: 'game.html', change: 'modified', sizeBytes: 100, liveSizeBytes: 100 },
        { path: 'old.png', change: 'removed', sizeBytes: null, liveSizeBytes: 7 },
        { path: 'icon.png', change: 'same', sizeBytes: 50, liveSizeBytes: 50 },
      ],
    })
    await preview(await passedBuild(await project())).expect(422, /url.build_of_another_project/)
    await preview(await passedBuild(projectId, 'failed')).expect(404, /build.not_found/)
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
