import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { hostileFiles } from '../../../test/hostile-files.ts'
import { headerBomb, svg, turnedPortrait } from '../../../test/photos.ts'

let api: Api
let studio: TestStudio
let admin: Person
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  admin = await studio.person('admin')
})
afterAll(() => api.close())

const path = () => `/organizations/${studio.organizationId}/logo`
const send = (bytes: Buffer, who = admin, headers: Record<string, string> = {}) =>
  api.as(who).put(path()).set(headers).attach('file', bytes, { filename: 'logo.png', contentType: 'image/png' })
const stored = async () => (await api.deps.store.list(`${studio.organizationId}/logo/`)).map(({ key }) => key)
const served = (url: string) => api.app.inject({ method: 'GET', url: new URL(url).pathname + new URL(url).search })

test('a logo is made anew from its pixels, shown to everybody, replaced and removed; old files go', async () => {
  const page = `/public/studios/${studio.slug}`
  expect((await api.as(null).get(page)).body.logoUrl).toBeNull()
  const set = await send(turnedPortrait, admin, { 'if-match': '"v1"' })
  expect([set.status, set.body.version, set.headers['etag']]).toEqual([200, 2, '"v2"'])
  expect((await api.as(null).get(page)).body.logoUrl).toBe(set.body.logoUrl)

  const reply = await served(set.body.logoUrl)
  expect([reply.statusCode, reply.headers['content-type'], reply.headers['cache-control']]).toEqual([
    200,
    'image/png',
    'public, max-age=31536000, immutable',
  ])
  const { format, width, height, exif, orientation } = await sharp(reply.rawPayload).metadata()
  const source = await sharp(turnedPortrait).metadata()
  expect({ format, exif, orientation }).toEqual({ format: 'png', exif: undefined, orientation: undefined })
  expect(Math.max(width, height)).toBeLessThanOrEqual(320)
  // The camera lay on its side, and said so in the metadata that is gone.
  expect(width < height).toBe(source.width < source.height === (source.orientation ?? 1) < 5)

  expect((await send(turnedPortrait, admin, { 'if-match': '"v1"' })).status).toBe(412)
  const [first] = await stored()
  expect(
    (
      await send(
        await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
          .png()
          .toBuffer(),
      )
    ).status,
  ).toBe(200)
  const [second, ...more] = await stored()
  expect([second === first, more]).toEqual([false, []])

  const removed = await api.as(admin).delete(path()).set('if-match', '"v3"')
  expect([removed.status, removed.body.logoUrl, await stored()]).toEqual([200, null, []])
  expect((await served(set.body.logoUrl)).statusCode).toBe(404)
  const { rows } = await api.owner.query(
    `select changes->'logoKey' as logo from audit where organization_id = $1 and action = 'studio:updated' order by id`,
    [studio.organizationId],
  )
  expect(rows).toEqual([{ logo: [null, first] }, { logo: [first, second] }, { logo: [second, null] }])
})

test('what is no picture, too large or dangerous is refused, and nothing of it is kept', async () => {
  const pictures = hostileFiles.filter((one) => one.assetType === 'photo' && one.reason !== 'type_mismatch')
  expect(pictures.length).toBeGreaterThan(5)
  for (const { what, make } of pictures) {
    const { status } = await send(await make())
    expect([what, [413, 422].includes(status)]).toEqual([what, true])
  }
  for (const [bytes, code] of [
    [svg, 'picture.refused'],
    [Buffer.from('GIF89a'), 'picture.refused'],
    [await headerBomb(), 'picture.refused'],
    [Buffer.alloc(1_048_577), 'picture.too_large'],
  ] as const)
    expect((await send(bytes)).body.code).toBe(code)
  expect((await api.as(admin).put(path()).send({ file: 'x' })).body.code).toBe('picture.not_multipart')
  for (const role of ['manager', 'artist', 'owner'] as const)
    expect((await send(turnedPortrait, await studio.person(role))).status).toBe(403)
  expect(await stored()).toEqual([])
  expect((await send(turnedPortrait)).status).toBe(200)
})
