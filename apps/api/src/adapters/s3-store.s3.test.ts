import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../core/ids.ts'
import { startS3, type S3Server } from '../../test/parts/s3.ts'
import { objectStoreContract } from './object-store.contract.ts'
import { createS3Store, type S3Settings, type S3Store } from './s3-store.ts'

let server: S3Server
let settings: S3Settings
let store: S3Store

beforeAll(async () => {
  server = await startS3()
  const { endpoint, region, accessKeyId, secretAccessKey } = server
  settings = { endpoint, region, accessKeyId, secretAccessKey, bucket: 'studio-files' }
  store = createS3Store(settings)
  await store.prepare('http://localhost:3000')
})
afterAll(() => server.stop())

describe('S3 store', () => {
  objectStoreContract(() => store)

  test('preparing again, and from two processes at once, is no error', async () => {
    const others = [
      createS3Store({ ...settings, bucket: 'another' }),
      createS3Store({ ...settings, bucket: 'another' }),
    ]
    await Promise.all(others.map((other) => other.prepare('http://localhost:3000')))
    await expect(Promise.all(others.map((other) => other.probe()))).resolves.toHaveLength(2)
  })

  test('a wrong secret is refused', async () => {
    const thief = createS3Store({ ...settings, secretAccessKey: 'guessed' })
    await expect(thief.put(`${newId()}/x`, Buffer.from('x'), 'text/plain')).rejects.toThrow()
    await expect(thief.probe()).rejects.toThrow()
  })
})
