import supertest from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { consentVersion } from './orders.rules.ts'

let api: Api
let studio: TestStudio
let manager: Person
let visitors = 0

beforeAll(async () => {
  // Every visitor has an address of their own, so that the limits of the order page stay out of the way.
  api = await startApi({ TRUST_PROXY: '1' })
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(() => api.close())

const order = (changes: object = {}) => ({
  customer: { name: 'Ann Lee', email: 'ann@example.test', phone: '+44 20 7946 0000' },
  pet: { name: 'Chelsea', breed: 'Tabby', age: '3', personality: 'Bold' },
  packageType: 'custom',
  gameConfig: { theme: 'garden', difficulty: 'easy', features: ['golden-treats'] },
  uploadIds: [] as string[],
  consent: { version: consentVersion },
  ...changes,
})

const visit = (path: string, address = `10.2.0.${++visitors}`) =>
  supertest(api.app.server).post(`/api/v1/public/studios/${studio.slug}${path}`).set('x-forwarded-for', address)
const send = (body: object) => visit('/orders').send(body)
const idIn = async (number: string) =>
  (await api.as(manager).get(`/projects?q=${number}`)).body.items[0] as { id: string; [field: string]: unknown }

async function ticket(sizeBytes: number) {
  const reply = await visit('/uploads').send({ filename: 'chelsea.png', mimeType: 'image/png', sizeBytes })
  expect(reply.status, reply.text).toBe(201)
  return reply.body as { uploadId: string; upload: { url: string; headers: Record<string, string> } }
}

async function uploadPhoto(bytes: Buffer) {
  const { uploadId, upload } = await ticket(bytes.length)
  const put = await supertest(api.app.server).put(new URL(upload.url).pathname).set(upload.headers).send(bytes)
  expect(put.status, put.text).toBe(204)
  return uploadId
}

describe('the order page', () => {
  test('shows packages, wishes and the consent text', async () => {
    const page = await api.as(null).get(`/public/studios/${studio.slug}`)
    expect(page.body.packages.map((one: { type: string }) => one.type)).toEqual(['express', 'custom', 'premium'])
    expect(page.body.form).toMatchObject({ maxFileBytes: 10_485_760, consent: { version: consentVersion } })
    expect(page.body.form.consent.text).toContain(page.body.name)
    expect(page.body.form.themes).toContain('garden')
    expect((await api.as(null).get('/public/studios/no-such-studio')).status).toBe(404)
  })

  test('takes ten orders an hour from one address', async () => {
    const statuses = []
    for (let i = 0; i < 11; i += 1) statuses.push((await visit('/orders', '10.9.9.9').send(order())).status)
    expect(statuses).toEqual([...Array(10).fill(201), 429])
    expect((await send(order())).status).toBe(201)
  })
})

describe('an order', () => {
  test('becomes a project in the backlog with its photos as assets', async () => {
    const uploadId = await uploadPhoto(Buffer.from('the bytes of a photo'))
    const placed = await send(order({ uploadIds: [uploadId] }))
    expect(placed.status, placed.text).toBe(201)
    const project = await idIn(placed.body.orderNumber)
    expect(project).toMatchObject({
      status: 'backlog',
      petName: 'Chelsea',
      petBreed: 'Tabby',
      customerName: 'Ann Lee',
      customerEmail: 'ann@example.test',
      customerPhone: '+44 20 7946 0000',
      packageType: 'custom',
      gameConfig: { theme: 'garden', difficulty: 'easy', features: ['golden-treats'] },
    })
    expect(project['deadline']).toMatch(/^\d{4}-/)
    const assets = await api.as(manager).get(`/projects/${project.id}/assets`)
    expect(assets.body.items).toMatchObject([
      { assetType: 'photo', filename: 'chelsea.png', fileSize: 20, processingStatus: 'pending' },
    ])

    const kept = await api.owner.query(
      'select consent_version, consent_at, entered_by from orders where project_id = $1',
      [project.id],
    )
    expect(kept.rows).toMatchObject([{ consent_version: consentVersion, entered_by: null }])
    const events = await api.owner.query('select type from outbox where project_id = $1 order by created_at, id', [
      project.id,
    ])
    expect(events.rows.map((row) => row.type)).toEqual(['order:received', 'asset:added'])
    const audit = await api.owner.query(
      "select changes from audit where action = 'order:received' and changes->>'projectId' = $1",
      [project.id],
    )
    expect(JSON.stringify(audit.rows)).not.toContain('ann@example.test')
  })

  test('keeps contact data encrypted', async () => {
    await send(order({ customer: { name: 'Ben', email: 'ben.secret@example.test', phone: '+49 30 555 0199' } }))
    const { rows } = await api.owner.query(
      'select to_jsonb(c)::text as row from contacts c union all select to_jsonb(p)::text from projects p',
    )
    for (const { row } of rows) {
      expect(row).not.toContain('ben.secret')
      expect(row).not.toContain('555 0199')
    }
  })

  test('finds the account of a returning customer, and makes one for a new', async () => {
    const email = 'cleo@example.test'
    const first = await send(order({ customer: { name: 'Cleo', email } }))
    const second = await send(order({ customer: { name: 'Cleo again', email: 'CLEO@example.test' } }))
    const other = await send(order({ customer: { name: 'Dan', email: 'dan@example.test' } }))
    const accounts = await Promise.all(
      [first, second, other].map(async (reply) => (await idIn(reply.body.orderNumber))['accountId']),
    )
    expect(accounts[0]).toBe(accounts[1])
    expect(accounts[2]).not.toBe(accounts[0])
  })

  test('numbers of parallel orders leave no gap, and one customer’s make one account', async () => {
    const place = await api.studio()
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        supertest(api.app.server)
          .post(`/api/v1/public/studios/${place.slug}/orders`)
          .set('x-forwarded-for', `10.3.0.${i}`)
          .send(order({ customer: { name: 'Eve', email: 'eve@example.test' } })),
      ),
    )
    expect(replies.map((reply) => reply.body.orderNumber).toSorted()).toEqual(
      Array.from({ length: 8 }, (_, i) => `SC000${i + 1}`),
    )
    const { rows } = await api.owner.query('select count(*)::int from accounts where organization_id = $1', [
      place.organizationId,
    ])
    expect(rows).toEqual([{ count: 1 }])
  })

  test('sent again under its key is the same order, even after its photos were used', async () => {
    const body = order({ uploadIds: [await uploadPhoto(Buffer.from('once'))] })
    const first = await visit('/orders').set('idempotency-key', 'k1').send(body)
    const again = await visit('/orders').set('idempotency-key', 'k1').send(body)
    expect([again.status, again.body, again.headers['idempotent-replayed']]).toEqual([201, first.body, 'true'])
    const reused = await visit('/orders').send(body)
    expect([reused.status, reused.body.code]).toEqual([409, 'upload.not_open'])
  })

  test.each([
    ['a consent to an older text', { consent: { version: '2020-01-01' } }, 'order.consent_outdated'],
    ['an address that is none', { customer: { name: 'Ann', email: 'ann' } }, 'request.invalid'],
    ['U+0000', { pet: { name: 'Rex\u0000' } }, 'request.invalid'],
    ['13 photos', { uploadIds: Array.from({ length: 13 }, () => crypto.randomUUID()) }, 'request.invalid'],
  ])('with %s is refused', async (_what, changes, code) => {
    const reply = await send(order(changes))
    expect([reply.status, reply.body.code]).toEqual([422, code])
  })
})

describe('an upload', () => {
  test('that never arrived makes the order wait, and does not once it has', async () => {
    const bytes = Buffer.from('late but here')
    const { uploadId, upload } = await ticket(bytes.length)
    const body = order({ uploadIds: [uploadId] })
    const early = await send(body)
    expect([early.status, early.body.code]).toEqual([422, 'order.upload_missing'])
    await supertest(api.app.server).put(new URL(upload.url).pathname).set(upload.headers).send(bytes)
    expect((await send(body)).status).toBe(201)
  })

  test('of another size, or to a forged address, is refused and nothing is kept', async () => {
    const { uploadId, upload } = await ticket(10)
    const path = new URL(upload.url).pathname
    for (const bytes of [Buffer.alloc(9, 1), Buffer.alloc(11, 1)])
      expect((await supertest(api.app.server).put(path).set(upload.headers).send(bytes)).status).toBeGreaterThanOrEqual(
        400,
      )
    const forged = await supertest(api.app.server)
      .put(`${path.slice(0, -2)}xx`)
      .set(upload.headers)
      .send(Buffer.alloc(10, 1))
    expect(forged.status).toBe(403)
    expect((await send(order({ uploadIds: [uploadId] }))).body.code).toBe('order.upload_missing')
  })

  test.each([
    ['of 10 MiB + 1', { sizeBytes: 10_485_761 }],
    ['of a type that is no picture', { mimeType: 'text/html' }],
    ['without a name', { filename: ' ' }],
  ])('%s gets no address', async (_what, changes) => {
    const reply = await visit('/uploads').send({ filename: 'a.png', mimeType: 'image/png', sizeBytes: 10, ...changes })
    expect([413, 415, 422]).toContain(reply.status)
  })

  test('of another studio is not found', async () => {
    const uploadId = await uploadPhoto(Buffer.from('mine'))
    const other = await api.studio()
    const stolen = await supertest(api.app.server)
      .post(`/api/v1/public/studios/${other.slug}/orders`)
      .set('x-forwarded-for', '10.4.0.1')
      .send(order({ uploadIds: [uploadId] }))
    expect(stolen.status).toBe(409)
    expect((await send(order({ uploadIds: [uploadId] }))).status).toBe(201)
  })
})

describe('the tracking page', () => {
  test('shows progress and nothing internal', async () => {
    const placed = await send(order())
    const track = () => api.as(null).get(`/public/orders/${placed.body.trackingUrl.split('/').at(-1)}`)
    const before = await track()
    expect(before.body).toMatchObject({
      orderNumber: placed.body.orderNumber,
      petName: 'Chelsea',
      status: 'backlog',
      gameUrl: null,
    })
    const project = await idIn(placed.body.orderNumber)
    await api.as(manager).post(`/projects/${project.id}/status`).send({ status: 'in_progress' })
    const steps = (await track()).body.steps as { key: string; state: string }[]
    expect(steps.map((step) => step.state)).toEqual(['done', 'current', 'waiting', 'waiting'])
    expect(before.text).not.toContain('ann@example.test')
    expect(before.text).not.toContain(project.id)
  })

  test('opens with a genuine token only', async () => {
    const placed = await send(order())
    const token = String(placed.body.trackingUrl.split('/').at(-1))
    for (const wrong of [
      `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`,
      'x'.repeat(60),
      token.replace('.', 'x.'),
    ])
      expect((await api.as(null).get(`/public/orders/${wrong}`)).status).toBe(404)
    expect((await api.as(null).get(`/public/orders/${token}`)).status).toBe(200)
  })
})

describe('one more photo', () => {
  const toOrder = (token: string, path: string, address = `10.5.0.${++visitors}`) =>
    supertest(api.app.server).post(`/api/v1/public/orders/${token}${path}`).set('x-forwarded-for', address)
  const claim = (bytes: Buffer) => ({ filename: 'more.png', mimeType: 'image/png', sizeBytes: bytes.length })

  async function placed() {
    const { body } = await send(order())
    return { token: String(body.trackingUrl.split('/').at(-1)), project: await idIn(body.orderNumber) }
  }
  async function sendBytes(token: string, bytes: Buffer): Promise<string> {
    const { body } = await toOrder(token, '/uploads').send(claim(bytes)).expect(201)
    await supertest(api.app.server).put(new URL(body.upload.url).pathname).set(body.upload.headers).send(bytes)
    return body.uploadId
  }
  async function sendPhoto(token: string, bytes: Buffer) {
    return toOrder(token, '/photos').send({ uploadId: await sendBytes(token, bytes) })
  }

  test('reaches the project by the private link, on record, and tells of itself', async () => {
    const { token, project } = await placed()
    const added = await sendPhoto(token, Buffer.from('one more'))
    expect(added.status, added.text).toBe(201)
    expect(added.body).toMatchObject({ photos: [{ status: 'pending' }], photosLeft: 11 })
    expect(added.text).not.toContain(project.id)
    const assets = await api.as(manager).get(`/projects/${project.id}/assets`)
    expect(assets.body.items).toMatchObject([{ assetType: 'photo', filename: 'more.png', uploadedBy: null }])
    const { rows } = await api.owner.query(
      "select type from outbox where project_id = $1 and type like '%added' order by created_at, id",
      [project.id],
    )
    expect(rows).toEqual([{ type: 'asset:added' }, { type: 'order:photo:added' }])
    const record = await api.owner.query(
      "select actor_kind from audit where action = 'order:photo:added' and changes->>'assetId' = $1",
      [assets.body.items[0].id],
    )
    expect(record.rows).toEqual([{ actor_kind: 'public' }])
  })

  test('sent again under its key is there once', async () => {
    const { token } = await placed()
    const uploadId = await sendBytes(token, Buffer.from('lost answer'))
    const add = () => toOrder(token, '/photos').set('idempotency-key', uploadId).send({ uploadId })
    const [first, again] = [await add(), await add()]
    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([201, 201, 'true'])
    expect(again.body).toEqual(first.body)
    expect((await toOrder(token, '/photos').send({ uploadId })).body.code, 'the control').toBe('upload.not_open')
  })

  test('has to have arrived, is the order’s studio’s own, and is what order photos are', async () => {
    const { token } = await placed()
    const { body } = await toOrder(token, '/uploads').send(claim(Buffer.from('never sent')))
    const early = await toOrder(token, '/photos').send({ uploadId: body.uploadId })
    expect([early.status, early.body.code]).toEqual([422, 'order.upload_missing'])
    const text = await toOrder(token, '/uploads').send({ ...claim(Buffer.from('x')), mimeType: 'text/html' })
    expect(text.status).toBe(415)
    const other = await api.studio()
    const theirs = await supertest(api.app.server)
      .post(`/api/v1/public/studios/${other.slug}/uploads`)
      .set('x-forwarded-for', '10.5.1.1')
      .send(claim(Buffer.from('x')))
    const stolen = await toOrder(token, '/photos').send({ uploadId: theirs.body.uploadId })
    expect([stolen.status, stolen.body.code]).toEqual([409, 'upload.not_open'])
  })

  const add = (projectId: string, processingStatus: string, photos: number, uploadedAt: string | null = 'now') =>
    api.owner.query(
      `insert into assets (organization_id, id, project_id, asset_type, filename, original_filename, mime_type, file_size,
         processing_status, uploaded_at)
       select $1, gen_random_uuid(), $2, 'photo', 'a.png', 'a.png', 'image/png', 1, $3, $5 from generate_series(1, $4)`,
      [studio.organizationId, projectId, processingStatus, photos, uploadedAt],
    )

  test('is taken until there are twelve that can be used, or too many were sent, or the work is over', async () => {
    const { token, project } = await placed()
    const more = async () => {
      const { status, body } = await toOrder(token, '/uploads').send(claim(Buffer.from('x')))
      return [status, body.code]
    }
    await add(project.id, 'ready', 11)
    await add(project.id, 'rejected', 3)
    // One of the studio's own that is still on its way.
    await add(project.id, 'pending', 1, null)
    const twelfth = (await sendPhoto(token, Buffer.from('the twelfth'))).body
    expect([twelfth.photosLeft, twelfth.photos.length]).toEqual([0, 15])
    expect(await more()).toEqual([409, 'order.photos_full'])
    await api.owner.query("update assets set processing_status = 'rejected' where project_id = $1", [project.id])
    await add(project.id, 'rejected', 20)
    expect((await api.as(null).get(`/public/orders/${token}`)).body.photosLeft, 'the control').toBe(1)
    expect((await sendPhoto(token, Buffer.from('the last'))).body).toMatchObject({
      photosLeft: 0,
      photos: { length: 36 },
    })
    expect(await more()).toEqual([409, 'order.photos_full'])

    const over = await placed()
    expect((await sendPhoto(over.token, Buffer.from('in time'))).status, 'the control').toBe(201)
    await api.as(manager).post(`/projects/${over.project.id}/status`).send({ status: 'cancelled' }).expect(200)
    const late = await toOrder(over.token, '/uploads').send(claim(Buffer.from('x')))
    expect([late.status, late.body.code]).toEqual([409, 'order.work_done'])
    expect((await api.as(null).get(`/public/orders/${over.token}`)).body.photosLeft).toBe(0)
  })

  test.each(['suspended_at', 'deletion_due_at'])('is not taken by a studio whose %s is set', async (column) => {
    const { token } = await placed()
    const upload = async (bytes: Buffer) => {
      const { body } = await toOrder(token, '/uploads').send(claim(bytes)).expect(201)
      await supertest(api.app.server).put(new URL(body.upload.url).pathname).set(body.upload.headers).send(bytes)
      return { uploadId: body.uploadId }
    }
    const begun = await upload(Buffer.from(`begun before ${column}`))
    const answers = async () => {
      const more = await toOrder(token, '/uploads').send(claim(Buffer.from('x')))
      const added = await toOrder(token, '/photos').send(begun)
      const page = await api.as(null).get(`/public/orders/${token}`).expect(200)
      return [more.status, more.body.code, added.status, added.body.code, page.body.photosLeft, page.body.photos.length]
    }
    const set = (moment: string) =>
      api.owner.query(`update organizations set ${column} = ${moment} where id = $1`, [studio.organizationId])
    await set("now() + interval '1 day'")
    try {
      expect(await answers()).toEqual([409, 'order.studio_closed', 409, 'order.studio_closed', 0, 0])
    } finally {
      await set('null')
    }
    expect(await answers(), 'the control').toEqual([201, undefined, 201, undefined, 11, 1])
  })
})

describe('entering an order', () => {
  test('is for staff, who may take a consent on paper', async () => {
    const placed = await api
      .as(manager)
      .post('/orders')
      .send(order({ consent: { version: 'paper-7' } }))
    expect(placed.status, placed.text).toBe(201)
    const { rows } = await api.owner.query('select entered_by from orders where project_id = $1', [
      placed.body.projectId,
    ])
    expect(rows).toEqual([{ entered_by: manager.userId }])
    const artist = await studio.person('artist')
    expect((await api.as(artist).post('/orders').send(order())).status).toBe(403)
  })

  test('a customer orders for their own account, whatever address they give', async () => {
    await send(order({ customer: { name: 'Ann Lee', email: 'ann@example.test' } }))
    const client = await studio.person('owner')
    const placed = await api.as(client).post('/orders').send(order())
    expect(placed.status, placed.text).toBe(201)
    const seen = await api.as(client).get(`/projects/${placed.body.projectId}`)
    expect(seen.body.accountId).toBe(client.accountId)
    expect(
      (
        await api
          .as(client)
          .post('/orders')
          .send(order({ consent: { version: 'paper-7' } }))
      ).status,
    ).toBe(422)
  })

  test('for a pet that has been here before is filled in by its profile and goes to its client, whoever enters it', async () => {
    const [client, stranger] = [await studio.person('owner'), await studio.person('owner')]
    const pet = { kind: 'pet', name: 'Chelsea', breed: 'Tabby', traits: 'Naps', accountId: client.accountId }
    const profile = (await api.as(manager).post('/profiles').send(pet).expect(201)).body
    const body = order({ pet: { name: 'Chelsea', personality: 'Bold' }, petProfileId: profile.id })
    const place = async (person: Person) => api.as(person).post('/orders').send(body)
    const [own, entered, foreign] = [await place(client), await place(manager), await place(stranger)]
    expect([foreign.status, foreign.body.code]).toEqual([422, 'order.no_pet_profile'])
    for (const placed of [own, entered]) {
      expect(placed.status, placed.text).toBe(201)
      expect((await api.as(manager).get(`/projects/${placed.body.projectId}`)).body).toMatchObject({
        petBreed: 'Tabby',
        petPersonality: 'Bold',
        accountId: client.accountId,
      })
    }
    const linked = (await api.as(client).get('/profiles')).body.items[0].projectIds
    expect(linked.toSorted()).toEqual([own, entered].map(({ body: { projectId } }) => projectId).toSorted())
  })
})
