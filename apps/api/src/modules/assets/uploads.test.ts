import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { chelsea, headerBomb, svg, telephonePhoto } from '../../../test/photos.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { sweepUploads } from './assets.events.ts'

const { api, studio, manager, projectId, postFile, run, read, download, eventsOf, auditOf, rowOf } =
  await openAssetKit()
afterAll(() => api.close())

describe('upload through the API', () => {
  test('a photo is taken, processed, linked and told of', async () => {
    const added = await postFile(manager, projectId, chelsea)
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({
      projectId,
      assetType: 'photo',
      originalFilename: 'chelsea.png',
      fileSize: chelsea.length,
      processingStatus: 'pending',
      digest: null,
      urls: {},
    })
    await run(added.body.id)
    const asset = await read(added.body.id)
    expect(asset).toMatchObject({
      processingStatus: 'ready',
      metadata: { width: 451, height: 300 },
      rejectionReason: null,
    })
    expect(Object.keys(asset.urls).sort()).toEqual(['original', 'thumb', 'web', 'work'])

    const original = await download(asset.urls.original)
    expect(sha256(original.bytes)).toBe(asset.digest)
    expect(original.bytes.length).toBe(asset.fileSize)
    expect(await eventsOf(asset.id)).toEqual(['asset:added', 'asset:ready'])
    expect(await auditOf(asset.id)).toEqual(['asset:added'])
    const row = await rowOf(asset.id)
    expect(row.upload_key).toBeNull()
    expect(await api.deps.store.head(`${studio.organizationId}/uploads/${asset.id}`)).toBeUndefined()
  })

  test('where a photo was taken is in none of the files that are kept', async () => {
    const added = await postFile(manager, projectId, await telephonePhoto(), 'IMG_1.jpg', 'image/jpeg')
    await run(added.body.id)
    const asset = await read(added.body.id)
    expect(asset.metadata).toEqual({ width: 451, height: 300 })
    for (const url of Object.values(asset.urls)) {
      const { bytes } = await download(url)
      expect((await sharp(bytes).metadata()).exif).toBeUndefined()
      expect(bytes.includes('PhoneMaker')).toBe(false)
    }
  })

  test('10 MiB and one byte: 413 and nothing kept; 10 MiB is read', async () => {
    const before = await api.owner.query('select count(*)::int as n from assets')
    const tooLarge = await postFile(manager, projectId, Buffer.alloc(10_485_761))
    expect(tooLarge.status).toBe(413)
    expect(tooLarge.body.code).toBe('asset.too_large')
    expect((await api.owner.query('select count(*)::int as n from assets')).rows).toEqual(before.rows)
    const just = await postFile(manager, projectId, Buffer.alloc(10_485_760))
    expect(just.status).toBe(201)
    const far = await postFile(manager, projectId, Buffer.alloc(12_000_000))
    expect(far.body.code).toBe('asset.too_large')
  })

  test.each([
    ['SVG as PNG', async () => svg, 'a.png', 'image/png', 'vector_image'],
    ['PNG named jpg', async () => chelsea, 'a.jpg', 'image/jpeg', 'type_mismatch'],
    ['a bomb', headerBomb, 'a.png', 'image/png', 'too_many_pixels'],
    ['half a photo', async () => chelsea.subarray(0, 90_000), 'a.png', 'image/png', 'truncated'],
  ])('%s is rejected, and its bytes are not kept', async (_what, make, filename, mimeType, reason) => {
    const added = await postFile(manager, projectId, await make(), filename, mimeType)
    expect(added.status).toBe(201)
    await run(added.body.id)
    expect(await read(added.body.id)).toMatchObject({ processingStatus: 'rejected', rejectionReason: reason, urls: {} })
    expect(await eventsOf(added.body.id)).toEqual(['asset:added', 'asset:rejected'])
    expect(await auditOf(added.body.id)).toEqual(['asset:added', 'asset:rejected'])
    expect(await api.deps.store.head(`${studio.organizationId}/uploads/${added.body.id}`)).toBeUndefined()
    const again = await api.as(manager).post(`/assets/${added.body.id}/process`)
    expect([again.status, again.body.code]).toEqual([409, 'asset.nothing_to_process'])
  })

  test('a form that is not right is refused with the field', async () => {
    const post = () => api.as(manager).post(`/projects/${projectId}/assets`)
    expect((await post().send({ assetType: 'photo' })).status).toBe(422)
    expect((await post()).body.code).toBe('asset.not_multipart')
    expect((await post().field('assetType', 'photo')).body.code).toBe('asset.no_file')
    const typeless = await post().attach('file', chelsea, 'chelsea.png')
    expect([typeless.status, typeless.body.errors[0].path]).toEqual([422, 'body.assetType'])
    const sound = await post().field('assetType', 'sound').attach('file', chelsea, 'chelsea.png')
    expect([sound.status, sound.body.code]).toEqual([415, 'asset.unsupported_type'])
    const text = await postFile(manager, projectId, Buffer.from('hello'), 'a.txt', 'text/plain')
    expect([text.status, text.body.code]).toEqual([415, 'asset.unsupported_type'])
    const empty = await postFile(manager, projectId, Buffer.alloc(0))
    expect([empty.status, empty.body.code]).toEqual([422, 'asset.empty'])
  })

  test('an idempotency key keeps one asset, and refuses another file', async () => {
    const key = newId()
    const first = await postFile(manager, projectId, chelsea).set('idempotency-key', key)
    const second = await postFile(manager, projectId, chelsea).set('idempotency-key', key)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.body.id).toBe(first.body.id)
    const other = await postFile(manager, projectId, svg).set('idempotency-key', key)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.other_body'])
    const { rows } = await api.owner.query('select count(*)::int as n from assets where uploaded_at is null')
    expect(rows[0].n).toBe(0)
  })

  test('a store that fails leaves nothing behind', async () => {
    const { put } = api.deps.store
    api.deps.store.put = () => Promise.reject(new Error('disk full'))
    const failed = await postFile(manager, projectId, chelsea, 'lost.png')
    api.deps.store.put = put
    expect([failed.status, failed.body.code]).toEqual([500, 'internal'])
    const { rows } = await api.owner.query(`select id from assets where filename = 'lost.png'`)
    expect(rows).toEqual([])
  })
})

describe('direct upload', () => {
  const ask = (fields: object = {}) =>
    api
      .as(manager)
      .post(`/projects/${projectId}/assets/uploads`)
      .send({
        filename: 'chelsea.png',
        mimeType: 'image/png',
        sizeBytes: chelsea.length,
        assetType: 'photo',
        ...fields,
      })
  const send = (
    upload: { url: string; headers: Record<string, string> },
    body: Buffer,
    headers: Record<string, string> = {},
  ) =>
    api.app.inject({
      method: 'PUT',
      url: new URL(upload.url).pathname,
      headers: { ...upload.headers, ...headers },
      payload: body,
    })

  test('is reserved, sent, declared complete once, and processed', async () => {
    const asked = await ask()
    expect(asked.status).toBe(201)
    const { assetId, upload } = asked.body
    expect((await api.as(manager).get(`/assets/${assetId}`)).status).toBe(404)
    const early = await api.as(manager).post(`/assets/${assetId}/complete`)
    expect([early.status, early.body.code]).toEqual([409, 'upload.missing'])

    expect((await send(upload, chelsea)).statusCode).toBe(204)
    const [one, two] = [
      await api.as(manager).post(`/assets/${assetId}/complete`),
      await api.as(manager).post(`/assets/${assetId}/complete`),
    ]
    expect([one.status, two.status]).toEqual([200, 200])
    expect(await eventsOf(assetId)).toEqual(['asset:added'])
    await run(assetId)
    expect(await read(assetId)).toMatchObject({ processingStatus: 'ready' })
  })

  test('what was declared complete stays: sent again it reaches nobody, and is swept after a day', async () => {
    const { assetId, upload } = (await ask({ digest: sha256(chelsea) })).body
    await send(upload, chelsea)
    await api.as(manager).post(`/assets/${assetId}/complete`).expect(200)
    const other = Buffer.alloc(chelsea.length, 1)
    expect((await send(upload, other)).statusCode).toBe(204)
    await run(assetId)
    expect(await read(assetId)).toMatchObject({ processingStatus: 'ready' })

    const { deps } = api
    const waiting = (await ask()).body
    await send(waiting.upload, chelsea)
    const folders = ['uploads', 'received'].map((name) => `${studio.organizationId}/${name}/`)
    const left = async () =>
      (await Promise.all(folders.map((folder) => deps.store.list(folder)))).flat().map(({ key }) => key)
    const key = (id: string) => `${studio.organizationId}/uploads/${id}`
    expect(await left()).toContain(key(assetId))
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
    await sweepUploads(deps, actor, Date.now() + 25 * 3600 * 1000)
    expect(await left()).not.toContain(key(assetId))
    expect(await left(), 'what is still waited for stays').toContain(key(waiting.assetId))
  })

  test('a forged or expired signature, another size or type: refused, nothing kept; the rightful one passes', async () => {
    const { upload, assetId } = (await ask()).body
    const forged = upload.url.slice(0, -3) + (upload.url.endsWith('AAA') ? 'BBB' : 'AAA')
    const refusal = await send({ ...upload, url: forged }, chelsea)
    expect([refusal.statusCode, refusal.json().code]).toEqual([403, 'upload.signature_invalid'])
    const late = api.deps.crypto.signToken(
      'upload',
      [`${studio.organizationId}/uploads/${assetId}`, 'image/png', '5'],
      new Date(Date.now() - 2000),
    )
    expect(
      (await send({ ...upload, url: `http://localhost/api/v1/_uploads/${late}` }, Buffer.alloc(5))).statusCode,
    ).toBe(403)
    expect((await send(upload, chelsea.subarray(1))).statusCode).toBe(422)
    expect((await send(upload, Buffer.concat([chelsea, chelsea]))).statusCode).toBe(413)
    expect((await send(upload, chelsea, { 'content-type': 'text/html' })).statusCode).toBe(415)
    expect(await api.deps.store.head(`${studio.organizationId}/uploads/${assetId}`)).toBeUndefined()
    expect((await send(upload, chelsea)).statusCode).toBe(204)
  })

  test('bytes of another size than announced are found out when it is declared complete', async () => {
    const { assetId } = (await ask()).body
    const key = `${studio.organizationId}/uploads/${assetId}`
    await api.deps.store.put(key, Buffer.alloc(7), 'image/png')
    const done = await api.as(manager).post(`/assets/${assetId}/complete`)
    expect([done.status, done.body.code]).toEqual([422, 'upload.size_mismatch'])
    expect(await api.deps.store.head(key)).toBeUndefined()
    expect(await rowOf(assetId)).toBeUndefined()
  })

  test('too large or of a type we do not take is refused before anything is signed', async () => {
    expect((await ask({ sizeBytes: 10_485_761 })).status).toBe(413)
    expect((await ask({ sizeBytes: 10_485_760 })).status).toBe(201)
    expect((await ask({ mimeType: 'image/svg+xml', filename: 'a.svg' })).status).toBe(415)
  })

  test('what nobody completes is swept after a day, bytes first', async () => {
    const { assetId, upload } = (await ask()).body
    const fresh = (await ask()).body.assetId
    await send(upload, chelsea)
    await api.owner.query(`update assets set created_at = now() - interval '25 hours' where id = $1`, [assetId])
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
    await sweepUploads(api.deps, actor)
    expect(await rowOf(assetId)).toBeUndefined()
    expect(await rowOf(fresh)).toBeDefined()
    expect(await api.deps.store.head(`${studio.organizationId}/uploads/${assetId}`)).toBeUndefined()
  })
})
