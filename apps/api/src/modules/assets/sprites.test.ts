import sharp from 'sharp'
import { renderSprite } from '@sparkle/pixel/render'
import { completeRecipe } from '@sparkle/pixel/recipe'
import { toHash } from '@sparkle/pixel/sheet'
import { spriteRecipe } from '@sparkle/shared/sprites'
import type { Image } from '@sparkle/pixel/image'
import { afterAll, describe, expect, test } from 'vitest'
import { processVersion } from './process-version.ts'
import { openAssetKit } from '../../../test/asset-kit.ts'
import type { Person } from '../../../test/harness.ts'
import { chelsea } from '../../../test/photos.ts'

const { api, studio, manager, projectId, run, read, readyPhoto, download, eventsOf, auditOf } = await openAssetKit()
afterAll(() => api.close())

const { data, info } = await sharp(chelsea).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
const drawn = renderSprite({ ...info, data: new Uint8ClampedArray(data) }, completeRecipe({ size: 32 }))
const png = ({ width, height, data: pixels }: Image) =>
  sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
const sheetPng = await png(drawn.sheet)
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

function importSheet(person: Person | null, sheet: Buffer, meta: Buffer, key?: string) {
  const request = api.as(person).post(`/projects/${projectId}/sprites/import`)
  if (key) void request.set('idempotency-key', key)
  return request
    .attach('sheet', sheet, { filename: 'buttercup.png', contentType: 'image/png' })
    .attach('data', meta, { filename: 'buttercup.json', contentType: 'application/json' })
}

describe('a sheet from Aseprite', () => {
  test('is ready at once, with our own layout, and comes out again in either kind', async () => {
    const taken = await importSheet(manager, sheetPng, json(toHash(drawn.meta)))
    expect([taken.status, taken.body.processingStatus, taken.body.assetType]).toEqual([201, 'ready', 'sprite'])
    expect(taken.body.metadata).toMatchObject({ frames: drawn.meta.frames.length, width: drawn.still.width })
    const sheet = await download(taken.body.urls.sheet)
    expect(await sharp(sheet.bytes).raw().toBuffer()).toEqual(Buffer.from(drawn.sheet.data))
    const array = await api.as(manager).get(`/assets/${taken.body.id}/sheet`)
    const named = { ...drawn.meta, meta: { ...drawn.meta.meta, image: 'buttercup.png' } }
    expect(array.body).toEqual(named)
    const hash = await api.as(manager).get(`/assets/${taken.body.id}/sheet?format=hash`)
    expect(hash.body).toEqual(toHash(named))
    expect(Object.keys(hash.body.frames)).toEqual(named.frames.map(({ filename }) => filename))
    expect(hash.headers['content-disposition']).toContain('attachment')
    await run(taken.body.id)
    expect(await read(taken.body.id)).toEqual(taken.body)
    expect(await eventsOf(taken.body.id)).toEqual(['asset:added', 'asset:ready'])
    expect(await auditOf(taken.body.id)).toEqual(['asset:added'])
  })

  test('sent twice with one key is one sprite, and leaves no file behind', async () => {
    const [meta, key] = [json(drawn.meta), 'import-once']
    const first = await importSheet(manager, sheetPng, meta, key)
    const again = await importSheet(manager, sheetPng, meta, key)
    expect([again.status, again.body.id]).toEqual([201, first.body.id])
    const other = await importSheet(manager, sheetPng, json(toHash(drawn.meta)), key)
    expect(other.status).toBe(422)
  })

  test.each([
    ['sprite.not_png', () => importSheet(manager, chelsea.subarray(1), json(drawn.meta))],
    ['sprite.unreadable', () => importSheet(manager, sheetPng.subarray(0, 400), json(drawn.meta))],
    ['sprite.bad_json', () => importSheet(manager, sheetPng, Buffer.from('{"frames":'))],
    ['sprite.bad_json', () => importSheet(manager, sheetPng, Buffer.from([0xff, 0xfe]))],
    ['sprite.bad_data', () => importSheet(manager, sheetPng, json({ frames: [], meta: {} }))],
    ['sprite.size_mismatch', () => importSheet(manager, chelsea, json(drawn.meta))],
    [
      'sprite.no_data',
      () => api.as(manager).post(`/projects/${projectId}/sprites/import`).attach('sheet', sheetPng, 'a.png'),
    ],
    [
      'sprite.no_sheet',
      () => api.as(manager).post(`/projects/${projectId}/sprites/import`).attach('data', json(1), 'a.json'),
    ],
    [
      'sprite.unknown_part',
      () => api.as(manager).post(`/projects/${projectId}/sprites/import`).attach('file', sheetPng, 'a.png'),
    ],
    [
      'sprite.unknown_part',
      () =>
        api
          .as(manager)
          .post(`/projects/${projectId}/sprites/import`)
          .attach('sheet', sheetPng, { filename: '', contentType: 'image/png' }),
    ],
  ] as const)('is refused with 422 %s', async (code, send) => {
    const refused = await send()
    expect([refused.status, refused.body.code]).toEqual([422, code])
  })

  test('is refused where data is too long, where it is no form, and to those who may not', async () => {
    const long = await importSheet(manager, sheetPng, Buffer.alloc(1024 * 1024 + 1, 32))
    expect([long.status, long.body.code]).toEqual([413, 'sprite.data_too_large'])
    const plain = await api.as(manager).post(`/projects/${projectId}/sprites/import`)
    expect([plain.status, plain.body.code]).toEqual([415, 'asset.not_multipart'])
    for (const role of ['moderator', 'owner'] as const)
      expect((await importSheet(await studio.person(role), sheetPng, json(drawn.meta))).status).toBe(403)
    expect((await importSheet(await (await api.studio()).person('admin'), sheetPng, json(drawn.meta))).status).toBe(404)
  })

  test('a photo has no sheet', async () => {
    const photo = await readyPhoto()
    const none = await api.as(manager).get(`/assets/${photo.id}/sheet`)
    expect([none.status, none.body.code]).toEqual([409, 'sprite.no_sheet'])
  })
})

describe('a recipe', () => {
  test('with steps, edits and a palette taken over is kept and rendered', async () => {
    const photo = await readyPhoto()
    const imported = await importSheet(manager, sheetPng, json(drawn.meta))
    const recipe = {
      steps: [
        { kind: 'guess', mode: 'replace', box: { x: 0.02, y: 0, width: 0.9, height: 1 } },
        { kind: 'brush', mode: 'erase', radius: 0.05, points: [[0.9, 0.9], [0.95, 0.95]] }, // prettier-ignore
      ],
      edge: { specks: 20 },
      size: 32,
      dither: 'atkinson',
      edits: { width: 28, height: 22, pixels: [{ x: 3, y: 4, color: '#ffffff' }, { x: 5, y: 5, color: null, frame: 'walk 2' }] }, // prettier-ignore
      paletteFrom: imported.body.id,
    }
    const asked = await api.as(manager).post(`/assets/${photo.id}/sprites`).send(recipe)
    expect(asked.status).toBe(202)
    await run(asked.body.id)
    const sprite = await read(asked.body.id)
    expect(sprite.processingStatus).toBe('ready')
    expect(sprite.recipe).toMatchObject({ version: 2, palette: imported.body.metadata.colors, steps: recipe.steps })
    for (const color of sprite.metadata.colors ?? []) expect(imported.body.metadata.colors).toContain(color)
  })

  test('is carried out again on a better photo, as the next version of the same sprite', async () => {
    const [photo, better] = [await readyPhoto(), await readyPhoto(await sharp(chelsea).flop().png().toBuffer())]
    const asked = await api.as(manager).post(`/assets/${photo.id}/sprites`).send({ size: 32, dither: 'lines' })
    await run(asked.body.id)
    const before = await read(asked.body.id)
    const redraw = (body: object, id = before.id) => api.as(manager).post(`/assets/${id}/redraw`).send(body)
    const version = await redraw({ photoId: better.id })
    expect([version.status, version.body.number, version.body.sourceAssetId]).toEqual([202, 2, better.id])
    await processVersion(api.deps, { organizationId: studio.organizationId, assetId: before.id, number: 2 })
    const after = await read(before.id)
    expect(after).toMatchObject({ revision: 2, sourceAssetId: better.id, recipe: before.recipe })
    expect(after.digest).not.toBe(before.digest)
    expect((await redraw({ recipe: { size: 48 } })).body.recipe).toMatchObject({ size: 48, dither: 'none' })
    expect([(await redraw({}, photo.id)).body.code, (await redraw({ photoId: before.id })).status]).toEqual(['asset.not_a_sprite', 409]) // prettier-ignore
    expect((await redraw({ photoId: '01994d5e-0000-7000-8000-000000000000' })).status).toBe(404)
  })

  test('names a palette that is there', async () => {
    const photo = await readyPhoto()
    const ask = (paletteFrom: string) => api.as(manager).post(`/assets/${photo.id}/sprites`).send({ paletteFrom })
    const none = await ask(photo.id)
    expect([none.status, none.body.code]).toEqual([422, 'sprite.no_palette'])
    expect((await ask('01994d5e-0000-7000-8000-000000000000')).status).toBe(404)
  })

  test('from before steps reads as one without any', () => {
    const old = { mask: { shape: 'ellipse', points: [[0.1, 0.1], [0.9, 0.9]] }, size: 48, colors: 8, dither: 'ordered', outline: { mode: 'dark' }, animations: ['idle'], mirrored: true } // prettier-ignore
    expect(spriteRecipe.parse(old)).toEqual({ ...old, version: 2, steps: [], edge: { specks: 0, smooth: 0, grow: 0, feather: 0 }, ditherStrength: 100 }) // prettier-ignore
    expect(completeRecipe(spriteRecipe.parse(old))).toEqual(spriteRecipe.parse(old))
  })

  test.each([
    [{ steps: [{ kind: 'brush', mode: 'add', radius: 0.1, points: [] }] }],
    [{ steps: [{ kind: 'wand', mode: 'paint', at: [0, 0], tolerance: 3 }] }],
    [
      {
        steps: Array.from({ length: 11 }, () => ({
          kind: 'lasso',
          mode: 'add',
          points: Array.from({ length: 2000 }, () => [0, 0]),
        })),
      },
    ],
    [{ edits: { width: 10, height: 10, pixels: [{ x: 0, y: 0, color: 'red' }] } }],
    [{ edits: { width: 10, height: 10, pixels: [{ x: 0, y: 0, color: null, frame: 'run 1' }] } }],
    [{ animations: ['fly'] }],
  ])('is refused where it says what cannot be', (wrong) => {
    expect(spriteRecipe.safeParse(wrong).success).toBe(false)
  })
})
