import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../test/database.ts'
import { startS3, type S3Server } from '../../test/parts/s3.ts'
import { createS3Store } from '../adapters/s3-store.ts'
import { readConfig } from '../config.ts'
import { newId } from '../core/ids.ts'
import { createBackupJob } from './backup-job.ts'
import { restoreBackup } from './restore-backup.ts'

let server: S3Server
let folder: string
let from: TestDatabase
let to: TestDatabase

beforeAll(async () => {
  server = await startS3()
  folder = await mkdtemp(join(tmpdir(), 'sparkle-backup-s3-'))
  ;[from, to] = [await cloneDatabase(), await cloneDatabase()]
})
afterAll(async () => {
  await from.drop()
  await to.drop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

test('files of a real store come back into another one, and the backup is copied to a third', async () => {
  const { endpoint, region, accessKeyId, secretAccessKey } = server
  const storeIn = async (bucket: string) => {
    const store = createS3Store({ endpoint, region, accessKeyId, secretAccessKey, bucket })
    await store.prepare('http://localhost:3000')
    return store
  }
  const [source, target] = [await storeIn('before'), await storeIn('after')]
  const organizationId = newId()
  for (let i = 0; i < 5; i += 1)
    await source.put(`${organizationId}/a/${i}`, Buffer.alloc(100_000 + i, i), i % 2 ? 'image/png' : 'audio/mpeg')
  const config = readConfig({
    DATA_DIR: folder,
    BACKUP_S3_ENDPOINT: endpoint,
    BACKUP_S3_REGION: region,
    BACKUP_S3_BUCKET: 'copies',
    BACKUP_S3_ACCESS_KEY_ID: accessKeyId,
    BACKUP_S3_SECRET_ACCESS_KEY: secretAccessKey,
  })
  const job = createBackupJob({
    config,
    store: source,
    indexKey: Buffer.alloc(32, 7),
    ownerUrl: from.ownerUrl,
    adminUrl: undefined,
  })
  const taken = await job.run()
  expect(taken).toMatchObject({ objects: 5, copies: ['s3'] })
  await restoreBackup(taken.file, job.key, { ownerUrl: to.ownerUrl, store: target })
  for (const { key } of await source.list('')) {
    const digest = async (store: typeof source) =>
      createHash('sha256')
        .update((await store.get(key)) ?? '')
        .digest('hex')
    expect(await digest(target)).toBe(await digest(source))
    expect(await target.head(key)).toEqual(await source.head(key))
  }
  expect((await target.list('')).length).toBe(5)
})
