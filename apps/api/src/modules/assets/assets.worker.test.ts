import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { chelsea } from '../../../test/photos.ts'
import { startWorker, type Worker } from '../../jobs/worker.ts'

const { api, manager, projectId, postFile, read } = await openAssetKit()
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
let worker: Worker

beforeAll(async () => {
  worker = await startWorker(api.deps, { databaseUrl: api.appUrl, log })
})
afterAll(async () => {
  await worker.stop()
  await api.close()
})

test('a worker makes a photo ready, then its sprite, and cleans up after a deletion', async () => {
  const ready = (id: string) =>
    expect.poll(async () => (await read(id)).processingStatus, { timeout: 30_000, interval: 100 }).toBe('ready')
  const photo = await postFile(manager, projectId, chelsea)
  await ready(photo.body.id)
  const sprite = await api.as(manager).post(`/assets/${photo.body.id}/sprites`).send({ size: 32 })
  await ready(sprite.body.id)

  const { rows } = await api.owner.query('select storage_key from asset_variants where asset_id = $1', [sprite.body.id])
  expect((await api.as(manager).delete(`/assets/${sprite.body.id}`)).status).toBe(204)
  for (const { storage_key: key } of rows)
    await expect.poll(() => api.deps.store.head(key), { timeout: 30_000, interval: 100 }).toBeUndefined()
})
