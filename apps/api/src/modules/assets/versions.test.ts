import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import type { AssetVersionView } from '@sparkle/shared/assets'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { chelsea, svg, turnedPortrait } from '../../../test/photos.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { removeFiles } from './remove-files.service.ts'
import { giveUpVersion, processVersion } from './process-version.ts'
import { addSpriteVersion } from './versions.service.ts'

const { api, studio, manager, run, read, readyPhoto, download, eventsOf, auditOf } = await openAssetKit()
afterAll(() => api.close())
const { organizationId } = studio
const system = { kind: 'system', organizationId, job: 'test' } as const

const versionsOf = async (id: string): Promise<AssetVersionView[]> => {
  const answer = await api.as(manager).get(`/assets/${id}/versions`)
  expect(answer.status).toBe(200)
  return answer.body.items
}
const numbers = (versions: AssetVersionView[]) =>
  versions.map(({ number, current, processingStatus }) => [number, current, processingStatus])

async function reserve(id: string, bytes: Buffer, filename: string, mimeType: string, facts: object = {}) {
  return api
    .as(manager)
    .post(`/assets/${id}/versions`)
    .send({ filename, mimeType, sizeBytes: bytes.length, ...facts })
}

/** Uploads a new version and processes it. */
async function addVersion(id: string, bytes: Buffer, filename: string, mimeType: string): Promise<number> {
  const asked = await reserve(id, bytes, filename, mimeType, { digest: sha256(bytes) })
  expect(asked.status).toBe(201)
  const { number, upload } = asked.body
  const url = new URL(upload.url).pathname
  expect((await api.app.inject({ method: 'PUT', url, headers: upload.headers, payload: bytes })).statusCode).toBe(204)
  const done = await api.as(manager).post(`/assets/${id}/versions/${number}/complete`)
  expect([done.status, done.body.processingStatus, done.body.current]).toEqual([200, 'pending', false])
  await processVersion(api.deps, { organizationId, assetId: id, number })
  return number
}

describe('versions', () => {
  test('a new one takes the place of the old one when it is ready, and the old one can be brought back', async () => {
    const photo = await readyPhoto()
    expect(numbers(await versionsOf(photo.id))).toEqual([[1, true, 'ready']])
    expect(await addVersion(photo.id, turnedPortrait, 'better.jpg', 'image/jpeg')).toBe(2)

    const better = await read(photo.id)
    expect(better).toMatchObject({
      revision: 2,
      filename: 'chelsea.png',
      originalFilename: 'better.jpg',
      mimeType: 'image/jpeg',
      metadata: { width: 1200, height: 1800 },
      uploadDigest: sha256(turnedPortrait),
    })
    expect(numbers(await versionsOf(photo.id))).toEqual([
      [2, true, 'ready'],
      [1, false, 'ready'],
    ])
    // Links name their bytes: those that were given out before are still good.
    expect(sha256((await download(photo.urls.original)).bytes)).toBe(photo.digest)
    expect(sha256((await download(better.urls.original)).bytes)).toBe(better.digest)

    const restored = await api.as(manager).post(`/assets/${photo.id}/versions/1/restore`)
    expect([restored.status, restored.body.current]).toEqual([200, true])
    const back = await read(photo.id)
    expect(back).toMatchObject({ revision: 1, digest: photo.digest, metadata: photo.metadata, urls: photo.urls })
    expect(back.version).toBeGreaterThan(better.version)
    const again = await api.as(manager).post(`/assets/${photo.id}/versions/1/restore`)
    expect([again.status, again.body.code]).toEqual([409, 'asset.version_is_current'])
    expect(await addVersion(photo.id, chelsea, 'third.png', 'image/png')).toBe(3)
    expect(numbers(await versionsOf(photo.id)).map(([number, current]) => [number, current])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ])
    const told = ['asset:version:added', 'asset:version:restored', 'asset:version:added']
    expect((await eventsOf(photo.id)).filter((type) => type !== 'asset:ready')).toEqual(['asset:added', ...told])
    expect(await auditOf(photo.id)).toEqual(['asset:added', ...told])
  })

  test('one that is refused leaves the asset as it is, and cannot be restored', async () => {
    const photo = await readyPhoto()
    const number = await addVersion(photo.id, svg, 'evil.png', 'image/png')
    expect(await read(photo.id)).toEqual(photo)
    const [refused] = await versionsOf(photo.id)
    expect(refused).toMatchObject({ number, processingStatus: 'rejected', rejectionReason: 'vector_image', urls: {} })
    const restore = await api.as(manager).post(`/assets/${photo.id}/versions/${number}/restore`)
    expect([restore.status, restore.body.code]).toEqual([409, 'asset.version_not_ready'])
    expect((await api.as(manager).post(`/assets/${photo.id}/versions/77/restore`)).status).toBe(404)
  })

  test('the list ends after two hundred, and still holds the present one', async () => {
    const photo = await readyPhoto()
    await api.owner.query(
      `insert into asset_versions (organization_id, asset_id, number, original_filename, mime_type, file_size, uploaded_at)
       select $1, $2, n, 'a.png', 'image/png', 1, now() from generate_series(2, 260) as n`,
      [organizationId, photo.id],
    )
    const listed = await versionsOf(photo.id)
    expect([listed.length, listed[0]?.number, listed.at(-1)]).toMatchObject([201, 260, { number: 1, current: true }])
  })

  test('one that cannot be processed leaves no bytes behind', async () => {
    const photo = await readyPhoto()
    const { number, upload } = (await reserve(photo.id, turnedPortrait, 'a.jpg', 'image/jpeg')).body
    const url = new URL(upload.url).pathname
    await api.app.inject({ method: 'PUT', url, headers: upload.headers, payload: turnedPortrait })
    expect((await api.as(manager).post(`/assets/${photo.id}/versions/${number}/complete`)).status).toBe(200)
    const left = () => api.deps.store.list(`${organizationId}/received/`)
    const [before, ref] = [await left(), { organizationId, assetId: photo.id, number }]
    await giveUpVersion(api.deps, system, ref)
    expect(await left(), 'it still waits').toEqual(before)
    await api.owner.query(
      `update asset_versions set processing_status = 'processing' where asset_id = $1 and number = $2`,
      [photo.id, number],
    )
    await giveUpVersion(api.deps, system, ref)
    expect((await left()).length).toBe(before.length - 1)
    expect((await versionsOf(photo.id))[0]).toMatchObject({ number, rejectionReason: 'failed' })
  })

  test('has to be of the same kind, and of the digest that was announced', async () => {
    const photo = await readyPhoto()
    const sound = await reserve(photo.id, svg, 'a.mp3', 'audio/mpeg')
    expect([sound.status, sound.body.code]).toEqual([415, 'asset.unsupported_type'])
    const asked = await reserve(photo.id, chelsea, 'a.png', 'image/png', { digest: sha256('other') })
    const { number, upload } = asked.body
    const url = new URL(upload.url).pathname
    await api.app.inject({ method: 'PUT', url, headers: upload.headers, payload: chelsea })
    const done = await api.as(manager).post(`/assets/${photo.id}/versions/${number}/complete`)
    expect([done.status, done.body.code]).toEqual([422, 'upload.digest_mismatch'])
    expect(numbers(await versionsOf(photo.id))).toEqual([[1, true, 'ready']])
  })

  test('a sprite is drawn anew from a better photo, and what refers to it stays', async () => {
    const [photo, better] = [await readyPhoto(), await readyPhoto(await sharp(chelsea).flop().png().toBuffer())]
    const ordered = await api
      .as(manager)
      .post(`/assets/${photo.id}/sprites`)
      .send({ size: 32, animations: ['idle'] })
    await run(ordered.body.id)
    const sprite = await read(ordered.body.id)
    const actor = { kind: 'user', organizationId, userId: manager.userId, role: 'manager', permissions: ['*'] } as never
    const recipe = sprite.recipe ?? expect.fail('a sprite has its recipe')
    const made = await inTenant(api.deps.db, system, (tx) =>
      addSpriteVersion(tx, () => '', actor, sprite.id, { recipe, sourceAssetId: better.id }),
    )
    await processVersion(api.deps, { organizationId, assetId: sprite.id, number: made.number })
    const redrawn = await read(sprite.id)
    expect(redrawn).toMatchObject({ id: sprite.id, revision: 2, sourceAssetId: better.id, recipe })
    expect(redrawn.digest).not.toBe(sprite.digest)
    const byFile = await reserve(sprite.id, chelsea, 'a.png', 'image/png')
    expect([byFile.status, byFile.body.code]).toEqual([409, 'asset.version_by_recipe'])
    const version = (number: number) => api.as(manager).get(`/assets/${sprite.id}/versions/${number}`)
    expect((await version(1).expect(200)).body).toMatchObject({ current: false, sourceAssetId: photo.id, recipe })
    expect((await version(2).expect(200)).body).toMatchObject({ current: true, sourceAssetId: better.id, recipe })
    await version(3).expect(404, /asset_version.not_found/)
    const listed = (await api.as(manager).get(`/assets/${sprite.id}/versions`).expect(200)).body.items
    expect(listed.map((one: { number: number }) => one.number)).toEqual([2, 1])
    for (const one of listed) expect(Object.keys(one)).not.toContain('recipe')

    const usage = await api.as(manager).get(`/assets/${better.id}/usage`)
    expect(usage.body).toMatchObject({ source: null, sprites: [{ id: sprite.id }], builds: [], urls: [] })
    expect((await api.as(manager).get(`/assets/${sprite.id}/usage`)).body.source).toMatchObject({ id: better.id })
  })

  test('all of them go when the asset is deleted', async () => {
    const photo = await readyPhoto()
    await addVersion(photo.id, turnedPortrait, 'better.jpg', 'image/jpeg')
    const folder = `${organizationId}/assets/${photo.id}/`
    expect(await api.deps.store.list(folder)).toHaveLength(8)
    expect((await api.as(manager).delete(`/assets/${photo.id}`)).status).toBe(204)
    await removeFiles(api.deps, system, photo.id)
    expect(await api.deps.store.list(folder)).toEqual([])
    expect((await download(photo.urls.thumb)).status).toBe(404)
  })
})
