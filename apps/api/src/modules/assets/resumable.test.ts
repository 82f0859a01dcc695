import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { chelsea, chelseaHeic } from '../../../test/photos.ts'
import { mp3 } from '../../../test/sounds.ts'
import { sha256 } from '../../core/crypto.ts'
import { partsOf, sweepParts } from './uploads.service.ts'

const { api, studio, manager, projectId, run, read, readyPhoto, download } = await openAssetKit()
afterAll(() => api.close())

const ask = (bytes: Buffer, facts: object = {}) =>
  api
    .as(manager)
    .post(`/projects/${projectId}/assets/uploads`)
    .send({ filename: 'a.png', mimeType: 'image/png', sizeBytes: bytes.length, assetType: 'photo', ...facts })
const pathOf = (url: string) => new URL(url).pathname
const stateAt = async (url: string) => (await api.app.inject({ url: pathOf(url) })).json()
const send = (url: string, offset: number, piece: Buffer) =>
  api.app.inject({
    method: 'PUT',
    url: `${pathOf(url)}?offset=${offset}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: piece,
  })

describe('an upload in pieces', () => {
  test('goes on where it broke off, in any order, and comes out as the file that was sent', async () => {
    const bytes = Buffer.concat([chelsea, randomBytes(1_500_000)])
    const { assetId, resumable } = (await ask(bytes, { digest: sha256(bytes) })).body
    const { url, chunkBytes: size } = resumable
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    )
    expect(pieces).toHaveLength(4)
    expect(await stateAt(url)).toEqual({ receivedBytes: 0, sizeBytes: bytes.length, chunkBytes: size })
    expect((await send(url, 0, pieces[0] as Buffer)).json().receivedBytes).toBe(size)
    // The third before the second, and the first once more: only what has no gap counts.
    expect((await send(url, 2 * size, pieces[2] as Buffer)).json().receivedBytes).toBe(size)
    expect((await send(url, 0, pieces[0] as Buffer)).json().receivedBytes).toBe(size)
    const early = await api.as(manager).post(`/assets/${assetId}/complete`)
    expect([early.status, early.body.code]).toEqual([409, 'upload.missing'])
    expect((await send(url, size, pieces[1] as Buffer)).json().receivedBytes).toBe(3 * size)
    expect((await send(url, 3 * size, pieces[3] as Buffer)).json().receivedBytes).toBe(bytes.length)
    expect((await stateAt(url)).receivedBytes).toBe(bytes.length)

    const whole = await api.deps.store.get(`${studio.organizationId}/uploads/${assetId}`)
    expect(Buffer.from(whole ?? []).equals(bytes)).toBe(true)
    expect(await api.deps.store.list(partsOf(studio.organizationId))).toEqual([])
    expect((await api.as(manager).post(`/assets/${assetId}/complete`)).status).toBe(200)
  })

  test('takes no other piece than those there are, from nobody without the address', async () => {
    const bytes = randomBytes(600_000)
    const { url, chunkBytes } = (await ask(bytes)).body.resumable
    const part = bytes.subarray(0, chunkBytes)
    for (const [offset, piece] of [
      [0, part.subarray(1)],
      [0, bytes],
      [1, part],
      [chunkBytes, part],
      [2 * chunkBytes, part],
    ] as const)
      expect([(await send(url, offset, piece)).statusCode, (await send(url, offset, piece)).json().code]).toEqual([
        422,
        'upload.wrong_piece',
      ])
    const forged = url.slice(0, -3) + (url.endsWith('AAA') ? 'BBB' : 'AAA')
    expect((await send(forged, 0, part)).statusCode).toBe(403)
    expect((await api.app.inject({ url: pathOf(forged) })).statusCode).toBe(403)
    expect((await send(url, 0, Buffer.alloc(3_000_000))).statusCode).toBe(413)
    expect(await api.deps.store.list(partsOf(studio.organizationId))).toEqual([])
    expect((await send(url, 0, part)).statusCode).toBe(200)
  })

  test('what nobody goes on with is swept after a day', async () => {
    const { organizationId } = studio
    await sweepParts(api.deps.store, organizationId)
    expect(await api.deps.store.list(partsOf(organizationId))).not.toEqual([])
    await sweepParts(api.deps.store, organizationId, Date.now() + 25 * 3600 * 1000)
    expect(await api.deps.store.list(partsOf(organizationId))).toEqual([])
  })

  test('an order page offers it, too', async () => {
    const ticket = await api
      .as(null)
      .post(`/public/studios/${studio.slug}/uploads`)
      .send({ filename: 'IMG_1.HEIC', mimeType: 'image/heic', sizeBytes: chelseaHeic.length })
    expect(ticket.status).toBe(201)
    expect((await send(ticket.body.resumable.url, 0, chelseaHeic)).json().receivedBytes).toBe(chelseaHeic.length)
  })
})

describe('the same file again', () => {
  test('is named when its digest is announced, in its own project only', async () => {
    const photo = await readyPhoto()
    expect(photo.uploadDigest).toBe(sha256(chelsea))
    expect((await ask(chelsea, { digest: sha256(chelsea) })).body.duplicateOf).toEqual({
      id: photo.id,
      filename: 'chelsea.png',
    })
    expect((await ask(chelsea)).body.duplicateOf).toBeNull()
    expect((await ask(chelsea, { digest: sha256('other') })).body.duplicateOf).toBeNull()
    const other = await api
      .as(manager)
      .post('/projects')
      .send({ petName: 'Other' })
      .then(({ body }) => body.id as string)
    const elsewhere = await api
      .as(manager)
      .post(`/projects/${other}/assets/uploads`)
      .send({ filename: 'a.png', mimeType: 'image/png', sizeBytes: 5, assetType: 'photo', digest: sha256(chelsea) })
    expect(elsewhere.body.duplicateOf).toBeNull()
    await api.as(manager).delete(`/assets/${photo.id}`)
    expect((await ask(chelsea, { digest: sha256(chelsea) })).body.duplicateOf).toBeNull()
  })

  test('bytes of another digest than announced are refused on completion', async () => {
    const { assetId, upload } = (await ask(chelsea, { digest: sha256('other') })).body
    await api.app.inject({ method: 'PUT', url: pathOf(upload.url), headers: upload.headers, payload: chelsea })
    const done = await api.as(manager).post(`/assets/${assetId}/complete`)
    expect([done.status, done.body.code]).toEqual([422, 'upload.digest_mismatch'])
    expect(await api.deps.store.head(`${studio.organizationId}/uploads/${assetId}`)).toBeUndefined()
  })
})

describe('other kinds of file', () => {
  async function added(assetType: string, filename: string, contentType: string, bytes: Buffer) {
    const answer = await api
      .as(manager)
      .post(`/projects/${projectId}/assets`)
      .field('assetType', assetType)
      .attach('file', bytes, { filename, contentType })
    expect(answer.status).toBe(201)
    await run(answer.body.id)
    return read(answer.body.id)
  }

  test('a HEIC becomes a JPEG without its place', async () => {
    expect(chelseaHeic.includes('PhoneMaker')).toBe(true)
    const asset = await added('photo', 'IMG_1.HEIC', 'application/octet-stream', chelseaHeic)
    expect(asset).toMatchObject({
      processingStatus: 'ready',
      filename: 'IMG_1.jpg',
      originalFilename: 'IMG_1.HEIC',
      mimeType: 'image/jpeg',
      metadata: { width: 451, height: 300 },
    })
    for (const url of Object.values(asset.urls)) expect((await download(url)).bytes.includes('PhoneMaker')).toBe(false)
  })

  test('an MP3 has its length, and loses its tags', async () => {
    const asset = await added('sound', 'bark.mp3', 'audio/mp3', mp3(100, 'Secret title'))
    expect(asset).toMatchObject({ processingStatus: 'ready', metadata: { durationSeconds: 2.612, bitrateKbps: 128 } })
    const { bytes, headers } = await download(asset.urls.original)
    expect([bytes.length, headers['content-type'], bytes.includes('Secret')]).toEqual([41_700, 'audio/mpeg', false])
  })

  test('settings are kept as they were understood', async () => {
    const asset = await added('config', 'game.json', 'application/json', Buffer.from('{ "speed": 1.5 }'))
    expect(asset.processingStatus).toBe('ready')
    expect(String((await download(asset.urls.original)).bytes)).toBe('{"speed":1.5}')
  })
})

test('a file that is not what was stored is told as a fault and never served', async () => {
  const photo = await readyPhoto()
  const { rows } = await api.owner.query(
    `select variant, storage_key from asset_variants where asset_id = $1 and variant in ('thumb', 'web')`,
    [photo.id],
  )
  const keyOf = (variant: string) => rows.find((row) => row.variant === variant).storage_key as string
  const whole = await api.deps.store.get(keyOf('thumb'))
  await api.deps.store.put(keyOf('web'), Buffer.from('somebody else’s bytes'), 'image/webp')
  const spoilt = await download(photo.urls.web)
  expect([spoilt.status, JSON.parse(String(spoilt.bytes)).code]).toEqual([500, 'asset.corrupt'])
  expect(spoilt.headers['cache-control']).toBe('no-store')
  const ranged = await download(photo.urls.web, { range: 'bytes=0-3' })
  expect(ranged.status).toBe(500)
  expect((await api.as(manager).get(`/assets/${photo.id}/content?variant=web`)).status).toBe(500)
  expect((await download(photo.urls.thumb)).bytes.equals(Buffer.from(whole ?? []))).toBe(true)
})
