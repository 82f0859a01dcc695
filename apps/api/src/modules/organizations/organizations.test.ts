import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, startApi } from '../../../test/harness.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

test('an admin changes the studio; the page for orders and the record follow', async () => {
  const studio = await api.studio({ requireApproval: true })
  const [admin, artist] = await Promise.all([studio.person('admin'), studio.person('artist')])
  const before = await api.as(artist).get('/organizations/current')
  expect(before.body).toMatchObject({
    slug: studio.slug,
    requireApproval: true,
    orderPageUrl: `http://localhost:3000/order/${studio.slug}`,
  })
  const change = {
    name: 'Fine Pixels',
    accent: '#336699',
    requireApproval: false,
    timeZone: 'Europe/Berlin',
    locale: 'de-AT',
  }
  const changed = await api.as(admin).patch('/organizations/current').set('if-match', '"v1"').send(change)
  expect([changed.status, changed.headers['etag']]).toEqual([200, '"v2"'])
  expect(changed.body).toMatchObject(change)
  expect((await api.as(null).get(`/public/studios/${studio.slug}`)).body).toMatchObject({
    name: 'Fine Pixels',
    accent: '#336699',
  })
  const { rows } = await api.owner.query(
    "select changes from audit where organization_id = $1 and action = 'studio:updated'",
    [studio.organizationId],
  )
  expect(rows[0].changes).toMatchObject({ requireApproval: [true, false] })

  expect((await api.as(admin).patch('/organizations/current').set('if-match', '"v1"').send(change)).status).toBe(412)
  expect((await api.as(artist).patch('/organizations/current').send(change)).status).toBe(403)
  for (const wrong of [
    {},
    { accent: 'red' },
    { name: 'x'.repeat(81) },
    { tagline: 'a\u0000' },
    { timeZone: '+02:00' },
    { timeZone: 'Mars/North' },
    { locale: 'german' },
  ])
    expect((await api.as(admin).patch('/organizations/current').send(wrong)).status).toBe(422)
})

test('by its own id a studio is the same; another one, also one of mine, is not there', async () => {
  const studio = await api.studio()
  const other = await api.studio()
  const [admin, manager] = await Promise.all([studio.person('admin'), studio.person('manager')])
  await api.owner.query("insert into memberships (organization_id, user_id, role) values ($1, $2, 'admin')", [
    other.organizationId,
    admin.userId,
  ])
  const here = `/organizations/${studio.organizationId}`
  expect((await api.as(admin).get(here)).body).toEqual((await api.as(admin).get('/organizations/current')).body)
  expect((await api.as(admin).patch(here).send({ tagline: 'Ours' })).body).toMatchObject({ tagline: 'Ours' })
  expect((await api.as(manager).patch(here).send({ tagline: 'Mine' })).status).toBe(403)
  const there = `/organizations/${other.organizationId}`
  expect((await api.as(admin).get(there)).status).toBe(404)
  expect((await api.as(admin).patch(there).send({ tagline: 'Theirs' })).status).toBe(404)
  expect((await api.as(admin).post(`${there}/deletion`).send({ slug: other.slug })).status).toBe(404)
  expect((await api.as(admin).get('/organizations')).body.items).toMatchObject([
    { id: studio.organizationId, current: true },
    { id: other.organizationId, current: false, status: 'active' },
  ])
})

test('a studio takes another address: the one before leads to it and is nobody else’s', async () => {
  const [studio, other] = await Promise.all([api.studio(), api.studio()])
  const [admin, rival] = await Promise.all([studio.person('admin'), other.person('admin')])
  const slug = `fine-${studio.slug}`
  const words = { orderIntro: 'We draw every pet by hand.', orderThanks: 'See you soon!' }
  const renamed = await api
    .as(admin)
    .patch('/organizations/current')
    .send({ slug, ...words })
  expect(renamed.body).toMatchObject({ slug, orderPageUrl: `http://localhost:3000/order/${slug}`, ...words })
  for (const address of [slug, studio.slug])
    expect((await api.as(null).get(`/public/studios/${address}`)).body).toMatchObject({ slug, ...words })
  for (const taken of [slug, studio.slug]) {
    const refused = await api.as(rival).patch('/organizations/current').send({ slug: taken })
    expect([refused.status, refused.body.code]).toEqual([409, 'organization.slug_taken'])
  }
  expect((await api.as(admin).patch('/organizations/current').send({ slug: studio.slug })).body.slug).toBe(studio.slug)
  expect((await api.as(null).get(`/public/studios/${slug}`)).body.slug).toBe(studio.slug)
  expect((await api.as(admin).patch('/organizations/current').send({ slug: 'Not A Slug' })).status).toBe(422)
})

test('a studio that is being deleted can be read, and had back; everybody is told', async () => {
  const studio = await api.studio()
  const [admin, artist] = await Promise.all([studio.person('admin'), studio.person('artist')])
  const deletion = `/organizations/${studio.organizationId}/deletion`
  const wrong = await api.as(admin).post(deletion).send({ slug: 'other' })
  expect([wrong.status, wrong.body.code]).toEqual([422, 'organization.wrong_slug'])
  expect((await api.as(artist).post(deletion).send({ slug: studio.slug })).status).toBe(403)
  const asked = await api.as(admin).post(deletion).send({ slug: studio.slug })
  const days = (Date.parse(asked.body.deletionDueAt) - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(30)
  const write = () => api.as(artist).patch('/organizations/current').send({ name: 'New' })
  const project = () => api.as(admin).post('/projects').send({ petName: 'Rex' })
  await expect
    .poll(async () => {
      const { status, body } = await project()
      return [status, body.code]
    })
    .toEqual([403, 'organization.read_only'])
  expect((await write()).status).toBe(403)
  expect((await api.as(artist).get('/projects')).status).toBe(200)
  expect((await api.as(artist).get('/me')).body.readOnlyUntil).toBe(asked.body.deletionDueAt)
  expect((await api.as(null).get(`/public/studios/${studio.slug}`)).status).toBe(404)
  expect((await api.as(artist).get('/notifications')).body.items).toMatchObject([{ kind: 'studio_deletion' }])
  const stale = await api.as(admin).delete(deletion).set('if-match', '"v999999"')
  expect([stale.status, (await api.as(artist).get('/me')).body.readOnlyUntil]).toEqual([412, asked.body.deletionDueAt])
  const kept = await api
    .as(admin)
    .delete(deletion)
    .set('if-match', asked.headers['etag'] ?? '')
  expect([kept.status, kept.body.deletionDueAt]).toEqual([200, null])
  await expect.poll(async () => (await project()).status).toBe(201)
  const none = await api.as(admin).delete(deletion)
  expect([none.status, none.body.code]).toEqual([409, 'organization.no_deletion'])
})
