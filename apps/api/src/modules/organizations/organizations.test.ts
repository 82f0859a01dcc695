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
