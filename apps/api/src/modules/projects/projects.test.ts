import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(() => api.close())

const as = () => api.as(manager)
const create = async (body: object = {}) =>
  (
    await as()
      .post('/projects')
      .send({ petName: 'Rex', ...body })
  ).body
const idsOf = (reply: { body: { items: { id: string }[] } }) => reply.body.items.map((item) => item.id)

describe('lists', () => {
  let lister: Person
  const made: { id: string; petName: string }[] = []

  beforeAll(async () => {
    const other = await api.studio()
    lister = await other.person('manager')
    const artist = await other.person('artist')
    const request = api.as(lister)
    const pets = ['Ada', 'Bo', 'Cleo', 'Dot', 'Emil', 'Faye', 'Gus']
    for (const [i, petName] of pets.entries()) {
      const body = {
        petName,
        priority: i % 2 ? 'high' : 'normal',
        packageType: i < 3 ? 'express' : 'custom',
        deadline: i === 6 ? null : `2027-01-0${7 - i}`,
        ...(i === 4 && {
          assignedArtistId: artist.userId,
          notes: 'Loves the golden carrot',
          customerName: 'Zoë Müller',
        }),
        ...(i === 5 && { customerEmail: 'Faye.Owner@Example.test', petBreed: 'Welsh corgi' }),
      }
      made.push((await request.post('/projects').send(body)).body)
    }
    await request.post(`/projects/${made[1]?.id}/status`).send({ status: 'in_progress' })
  })

  const names = async (query: string) => {
    const reply = await api.as(lister).get(`/projects?${query}`)
    expect(reply.status, reply.text).toBe(200)
    return (reply.body.items as { petName: string }[]).map((item) => item.petName)
  }

  test('how far a game has come is told to whoever asks for it', async () => {
    const plain = await api.as(lister).get('/projects?limit=1')
    expect(plain.body.items[0]).not.toHaveProperty('progress')
    const { body } = await api.as(lister).get('/projects?include=progress,total')
    expect(body.total).toBe(made.length)
    for (const { progress, thumbKind } of body.items) {
      expect(progress).toMatchObject({ photos: 0, sprites: 0, build: null, liveSlug: null })
      expect(thumbKind).toBeNull()
    }
  })

  test.each([
    ['status=in_progress', ['Bo']],
    ['status=in_progress,backlog&sort=petName', ['Ada', 'Bo', 'Cleo', 'Dot', 'Emil', 'Faye', 'Gus']],
    ['priority=high&sort=petName', ['Bo', 'Dot', 'Faye']],
    ['priority=high&sort=-petName', ['Faye', 'Dot', 'Bo']],
    ['packageType=express&sort=createdAt', ['Ada', 'Bo', 'Cleo']],
    ['deadlineBefore=2027-01-04&sort=deadline', ['Faye', 'Emil']],
    ['assignedTo=me', []],
    ['assignedTo=nobody&sort=petName&limit=2', ['Ada', 'Bo']],
    ['sort=deadline', ['Faye', 'Emil', 'Dot', 'Cleo', 'Bo', 'Ada', 'Gus']],
    ['sort=-deadline', ['Ada', 'Bo', 'Cleo', 'Dot', 'Emil', 'Faye', 'Gus']],
    ['q=golden', ['Emil']],
    ['q=carr%20gold', ['Emil']],
    ['q=M%C3%BCller', ['Emil']],
    ['q=corgi', ['Faye']],
    ['q=faye.owner@example.test', ['Faye']],
    ['q=owner@example.test', []],
    ["q=')%20%26%20!!", []],
  ])('%s', async (query, wanted) => {
    expect(await names(query)).toEqual(wanted)
  })

  test.each(['-createdAt', 'createdAt', '-updatedAt', 'deadline', '-deadline', 'petName', '-petName'])(
    'pages of two are stable, sorted by %s',
    async (sort) => {
      const whole = idsOf(await api.as(lister).get(`/projects?sort=${sort}&limit=100`))
      const paged: string[] = []
      let cursor: string | null = null
      do {
        const reply = await api.as(lister).get(`/projects?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`)
        paged.push(...idsOf(reply))
        cursor = reply.body.nextCursor
      } while (cursor)
      expect(paged).toEqual(whole)
      expect(new Set(paged).size).toBe(made.length)
    },
  )

  test('a new row on the first page moves no other across pages', async () => {
    const first = await api.as(lister).get('/projects?limit=3')
    const late = await api.as(lister).post('/projects').send({ petName: 'Late' })
    const second = await api.as(lister).get(`/projects?limit=100&cursor=${first.body.nextCursor}`)
    expect([...idsOf(first), ...idsOf(second)]).toEqual(made.map((row) => row.id).toReversed())
    await api.as(lister).delete(`/projects/${late.body.id}`)
  })

  test('a cursor of another order, or of nothing, is refused', async () => {
    const { nextCursor } = (await api.as(lister).get('/projects?limit=1')).body
    for (const query of [
      `sort=petName&cursor=${nextCursor}`,
      'cursor=nonsense',
      `limit=0`,
      'limit=101',
      'status=sleeping',
      'deadlineBefore=2027-02-31',
    ])
      expect((await api.as(lister).get(`/projects?${query}`)).status, query).toBe(422)
    expect((await api.as(lister).get(`/projects?limit=1&cursor=${nextCursor}&include=total`)).body.total).toBe(7)
  })
})

describe('versions', () => {
  test('a change against an old version is refused and changes nothing', async () => {
    const project = await create()
    const first = await as().patch(`/projects/${project.id}`).set('if-match', '"v1"').send({ notes: 'one' })
    expect([first.status, first.headers['etag'], first.body.version]).toEqual([200, '"v2"', 2])
    for (const method of ['patch', 'delete'] as const) {
      const stale = await as()[method](`/projects/${project.id}`).set('if-match', '"v1"').send({ notes: 'two' })
      expect([stale.status, stale.body.code]).toEqual([412, 'version.stale'])
    }
    const now = await as().get(`/projects/${project.id}`)
    expect([now.body.notes, now.headers['etag']]).toEqual(['one', '"v2"'])
    expect((await as().patch(`/projects/${project.id}`).set('if-match', '*').send({ notes: 'three' })).status).toBe(200)
  })

  test.each([
    ['"v1"', 200, undefined],
    ['"1"', 200, undefined],
    ['W/"v1"', 200, undefined],
    ['"v2"', 412, 'version.stale'],
    ['"2"', 412, 'version.stale'],
    ['"somebody-elses"', 412, 'version.stale'],
    ['v1', 400, 'version.malformed'],
    ['1', 400, 'version.malformed'],
    ['"v1', 400, 'version.malformed'],
    ['"v1", "v2"', 400, 'version.malformed'],
  ])('If-Match: %s against the first version is answered %i', async (tag, status, code) => {
    const project = await create()
    const reply = await as().patch(`/projects/${project.id}`).set('if-match', tag).send({ notes: 'x' })
    expect([reply.status, reply.body.code]).toEqual([status, code])
  })
})

describe('Idempotency-Key', () => {
  const send = (key: string, body: object) => as().post('/projects').set('idempotency-key', key).send(body)
  const count = async () => (await as().get('/projects?include=total&limit=1')).body.total as number

  test('makes one thing of the same request sent twice, and says so', async () => {
    const before = await count()
    const first = await send('once', { petName: 'Uno' })
    const second = await send('once', { petName: 'Uno' })
    expect([second.status, second.body, second.headers['idempotent-replayed']]).toEqual([201, first.body, 'true'])
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    expect(await count()).toBe(before + 1)
  })

  test('refuses another body under it, and takes it under another key or from another person', async () => {
    await send('taken', { petName: 'Uno' })
    const other = await send('taken', { petName: 'Due' })
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.other_body'])
    expect((await send('free', { petName: 'Due' })).status).toBe(201)
    const colleague = await studio.person('manager')
    expect(
      (await api.as(colleague).post('/projects').set('idempotency-key', 'taken').send({ petName: 'Due' })).status,
    ).toBe(201)
    expect((await send('', { petName: 'Due' })).status).toBe(422)
  })

  test('of parallel tries makes one; the others wait their turn or are told that it is running', async () => {
    const before = await count()
    const replies = await Promise.all(Array.from({ length: 8 }, () => send('race', { petName: 'Uno' })))
    expect(new Set(replies.map((reply) => reply.status)).isSubsetOf(new Set([201, 409]))).toBe(true)
    for (const reply of replies) if (reply.status === 409) expect(reply.body.code).toBe('idempotency.in_progress')
    expect(await count()).toBe(before + 1)
  })

  test('while the first is still running, the second is a 409', async () => {
    const client = await api.owner.connect()
    try {
      await client.query('begin')
      const lock = `${studio.organizationId}\n${manager.userId} /api/v1/projects 1\nslow`
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock])
      const reply = await send('slow', { petName: 'Uno' })
      expect([reply.status, reply.body.code]).toEqual([409, 'idempotency.in_progress'])
      await client.query('rollback')
    } finally {
      client.release()
    }
    expect((await send('slow', { petName: 'Uno' })).status).toBe(201)
  })

  test('keeps nothing of a request that was refused', async () => {
    expect((await send('again', { petName: 'Uno', assignedArtistId: crypto.randomUUID() })).status).toBe(422)
    expect((await send('again', { petName: 'Uno' })).status).toBe(201)
  })
})

describe('rights', () => {
  test('who is put on a new project is told, as with any other', async () => {
    const artist = await studio.person('artist')
    const { body } = await as().post('/projects').send({ petName: 'Due', assignedArtistId: artist.userId }).expect(201)
    const { rows } = await api.owner.query(
      "select o.data, a.changes from outbox o join audit a on a.action = o.type and a.entity_id = $1 where o.project_id = $1 and o.type = 'project:assigned'",
      [body.id],
    )
    expect(rows).toEqual([
      {
        data: expect.objectContaining({ userId: artist.userId }),
        changes: { assignedArtistId: [null, artist.userId] },
      },
    ])
  })

  test('a deleted project is there only for those who may restore it', async () => {
    const artist = await studio.person('artist')
    const { body } = await as().post('/projects').send({ petName: 'Gone', assignedArtistId: artist.userId }).expect(201)
    expect((await api.as(artist).get(`/projects/${body.id}`)).status, 'control').toBe(200)
    await as().delete(`/projects/${body.id}`).expect(204)
    expect((await api.as(artist).get(`/projects/${body.id}`)).status).toBe(404)
    expect((await api.as(artist).get('/projects?deleted=true')).status).toBe(403)
    expect((await as().get(`/projects/${body.id}`)).body.deletedAt).toEqual(expect.any(String))
    expect((await as().get('/projects?deleted=true')).status).toBe(200)
  })

  test('an artist changes assigned projects only', async () => {
    const [artist, project] = [await studio.person('artist'), await create()]
    const change = () => api.as(artist).patch(`/projects/${project.id}`).send({ notes: 'mine' })
    const refused = await change()
    expect([refused.status, refused.body.code]).toEqual([403, 'project.not_assigned'])
    expect((await api.as(artist).post(`/projects/${project.id}/status`).send({ status: 'in_progress' })).status).toBe(
      403,
    )
    expect((await as().post(`/projects/${project.id}/assign`).send({ userId: artist.userId })).status).toBe(200)
    expect((await change()).status).toBe(200)
    expect((await api.as(artist).post(`/projects/${project.id}/assign`).send({ userId: null })).status).toBe(403)
  })

  test('a customer sees the projects of their account, and of these nothing internal', async () => {
    const owner = await studio.person('owner')
    const [theirs, foreign] = [await create({ notes: 'secret', customerEmail: 'a@example.test' }), await create()]
    await api.owner.query('update projects set account_id = $1 where id = $2', [owner.accountId, theirs.id])
    expect(idsOf(await api.as(owner).get('/projects'))).toEqual([theirs.id])
    const seen = await api.as(owner).get(`/projects/${theirs.id}`)
    expect(seen.body).toMatchObject({ id: theirs.id, notes: '', customerEmail: null })
    expect((await api.as(owner).get(`/projects/${foreign.id}`)).status).toBe(404)
    expect((await api.as(owner).patch(`/projects/${theirs.id}`).send({ name: 'x' })).status).toBe(403)
  })

  test('nobody gets anywhere without signing in, or without the permission', async () => {
    expect((await api.as(null).get('/projects')).status).toBe(401)
    const moderator = await studio.person('moderator')
    expect((await api.as(moderator).post('/projects').send({ petName: 'Rex' })).status).toBe(403)
    expect((await api.as(moderator).post('/projects').send('{"broken')).status).toBe(403)
    expect((await as().post('/projects').send({ petName: 'Rex' })).status).toBe(201)
  })
})

describe('deleting', () => {
  test('hides a project until it is restored', async () => {
    const project = await create({ petName: 'Ghost' })
    expect((await as().delete(`/projects/${project.id}`)).status).toBe(204)
    expect(idsOf(await as().get('/projects?q=ghost'))).toEqual([])
    expect((await as().patch(`/projects/${project.id}`).send({ notes: 'x' })).status).toBe(404)
    expect(idsOf(await as().get('/projects?deleted=true'))).toContain(project.id)
    expect((await as().post(`/projects/${project.id}/restore`)).body).toMatchObject({ id: project.id, deletedAt: null })
    expect(idsOf(await as().get('/projects?q=ghost'))).toEqual([project.id])
    expect((await as().post(`/projects/${project.id}/restore`)).status).toBe(409)
  })
})

describe('a change', () => {
  test('is audited and told in the same transaction', async () => {
    const project = await create()
    await as().post(`/projects/${project.id}/status`).send({ status: 'in_progress' })
    const audit = await api.owner.query('select action, changes from audit where entity_id = $1 order by at', [
      project.id,
    ])
    expect(audit.rows.map((row) => row.action)).toEqual(['project:created', 'project:status:changed'])
    expect(audit.rows[1].changes).toEqual({ status: ['backlog', 'in_progress'] })
    const events = await api.owner.query('select type from outbox where project_id = $1 order by created_at', [
      project.id,
    ])
    expect(events.rows.map((row) => row.type)).toEqual(['project:created', 'project:status:changed'])
  })

  test('of an illegal kind names the legal ones', async () => {
    const project = await create()
    const reply = await as().post(`/projects/${project.id}/status`).send({ status: 'complete' })
    expect(reply.body).toMatchObject({
      status: 409,
      code: 'project.illegal_transition',
      legal: ['in_progress', 'on_hold', 'cancelled'],
    })
  })
})

describe('bad input', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 'x' : { a: deep(levels - 1) })

  test.each([
    ['U+0000 in a text', { petName: 'R\u0000x' }, 'body.petName'],
    [
      'an e-mail of 5,000 characters',
      { petName: 'Rex', customerEmail: `${'a'.repeat(4990)}@example.test` },
      'body.customerEmail',
    ],
    ['deep JSON', { petName: deep(500) }, 'body.petName'],
    [
      'deep JSON in a list',
      { petName: 'Rex', gameConfig: { difficulty: 'easy', features: [deep(100)] } },
      'body.gameConfig.features.0',
    ],
    ['a date that is none', { petName: 'Rex', deadline: '2027-02-30' }, 'body.deadline'],
    ['a name of spaces', { petName: '   ' }, 'body.petName'],
  ])('%s is a 422 that names the field', async (_what, body, path) => {
    const reply = await as().post('/projects').send(body)
    expect([reply.status, reply.headers['content-type']]).toEqual([422, 'application/problem+json'])
    expect(reply.body.errors.map((error: { path: string }) => error.path)).toContain(path)
  })

  test('broken JSON is 400, an id that is none 422, an unknown one 404, a large body 413', async () => {
    expect((await as().post('/projects').set('content-type', 'application/json').send('{"petName":')).status).toBe(400)
    expect(
      (
        await as()
          .post('/projects')
          .send({ petName: deep(5000) })
      ).status,
    ).toBe(422)
    expect((await as().get('/projects/none')).status).toBe(422)
    expect((await as().get(`/projects/${crypto.randomUUID()}`)).status).toBe(404)
    expect(
      (
        await as()
          .post('/projects')
          .send({ petName: 'Rex', notes: 'x'.repeat(1_100_000) })
      ).status,
    ).toBe(413)
  })
})
