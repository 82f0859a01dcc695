import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { chelsea } from '../../../test/photos.ts'
import { processAsset } from './process-asset.ts'

const { api, studio, manager, projectId, postFile, run, read, readyPhoto, download, eventsOf } = await openAssetKit()
afterAll(() => api.close())

describe('processing', () => {
  test('two workers at once and a third later: one outcome, told once', async () => {
    const added = await postFile(manager, projectId, chelsea)
    await Promise.all([run(added.body.id), run(added.body.id)])
    await run(added.body.id)
    expect(await eventsOf(added.body.id)).toEqual(['asset:added', 'asset:ready'])
    expect(await read(added.body.id)).toMatchObject({ processingStatus: 'ready' })
  })

  test('a worker that died half-way is followed by one that finishes', async () => {
    const added = await postFile(manager, projectId, chelsea)
    const broken = { ...api.deps.store, put: () => Promise.reject(new Error('disk full')) }
    await expect(
      processAsset({ ...api.deps, store: broken }, { organizationId: studio.organizationId, assetId: added.body.id }),
    ).rejects.toThrow('disk full')
    expect(await read(added.body.id)).toMatchObject({ processingStatus: 'processing' })
    await run(added.body.id)
    expect(await read(added.body.id)).toMatchObject({ processingStatus: 'ready' })
  })

  test('one that died before it deleted the upload is followed by one that does', async () => {
    const added = await postFile(manager, projectId, chelsea)
    const key = `${studio.organizationId}/uploads/${added.body.id}`
    const broken = { ...api.deps.store, delete: () => Promise.reject(new Error('killed')) }
    await expect(
      processAsset({ ...api.deps, store: broken }, { organizationId: studio.organizationId, assetId: added.body.id }),
    ).rejects.toThrow('killed')
    expect(await api.deps.store.head(key)).toBeDefined()
    await run(added.body.id)
    expect(await api.deps.store.head(key)).toBeUndefined()
    expect(await eventsOf(added.body.id)).toEqual(['asset:added', 'asset:ready'])
  })

  test('can be asked for again until it has succeeded', async () => {
    const added = await postFile(manager, projectId, chelsea)
    const again = await api.as(manager).post(`/assets/${added.body.id}/process`)
    expect([again.status, again.body.processingStatus]).toEqual([202, 'pending'])
    expect(await eventsOf(added.body.id)).toEqual(['asset:added', 'asset:reprocessed'])
    await run(added.body.id)
    const late = await api.as(manager).post(`/assets/${added.body.id}/process`)
    expect([late.status, late.body.code]).toEqual([409, 'asset.already_ready'])
  })
})

describe('sprites', () => {
  const make = (id: string, recipe: object) => api.as(manager).post(`/assets/${id}/sprites`).send(recipe)

  test('a photo becomes a sheet, its picture and its JSON', async () => {
    const photo = await readyPhoto()
    const ordered = await make(photo.id, { size: 48, colors: 8, animations: ['idle', 'walk'] })
    expect(ordered.status).toBe(202)
    expect(ordered.body).toMatchObject({
      assetType: 'sprite',
      processingStatus: 'pending',
      sourceAssetId: photo.id,
      recipe: { size: 48, dither: 'none' },
    })
    await run(ordered.body.id)
    const sprite = await read(ordered.body.id)
    expect(sprite.processingStatus).toBe('ready')
    expect(Object.keys(sprite.urls).sort()).toEqual(['meta', 'original', 'sheet', 'still', 'thumb', 'web'])
    const meta = JSON.parse(String((await download(sprite.urls.meta)).bytes))
    expect(meta.meta.frameTags.map((tag: { name: string }) => tag.name)).toEqual(['still', 'idle', 'walk'])
    const sheet = await sharp((await download(sprite.urls.sheet)).bytes).metadata()
    expect({ w: sheet.width, h: sheet.height }).toEqual(meta.meta.size)
    expect(sprite.metadata.colors?.length).toBeLessThanOrEqual(8)
  })

  test('a recipe that makes no sense is refused with the field, one of a photo that is not ready with 409', async () => {
    const photo = await readyPhoto()
    for (const [recipe, code] of [
      [{ palette: 'no-such' }, 'sprite.unknown_palette'],
      [{ crop: { x: 0, y: 0, width: 0, height: 1 } }, 'sprite.empty_crop'],
      [
        {
          mask: {
            shape: 'ellipse',
            points: [
              [0, 0],
              [0.5, 0.5],
              [1, 1],
            ],
          },
        },
        'sprite.mask_points',
      ],
      [
        {
          mask: {
            shape: 'polygon',
            points: [
              [0, 0],
              [1, 1],
            ],
          },
        },
        'sprite.mask_points',
      ],
      [{ outline: { mode: 'color' } }, 'sprite.outline_color'],
      [{ size: 50 }, 'request.invalid'],
    ] as const) {
      const refused = await make(photo.id, recipe)
      expect([refused.status, refused.body.code]).toEqual([422, code])
    }
    const waiting = await postFile(manager, projectId, chelsea)
    expect((await make(waiting.body.id, {})).body.code).toBe('asset.not_ready')
    const sprite = await make(photo.id, {})
    expect((await make(sprite.body.id, {})).body.code).toBe('asset.not_a_photo')
  })
})
