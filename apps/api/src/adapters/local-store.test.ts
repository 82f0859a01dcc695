import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../test/parts/process.ts'
import { createCrypto } from '../core/crypto.ts'
import { newId } from '../core/ids.ts'
import { errors } from '../plugins/errors.ts'
import { localUploads } from '../plugins/local-uploads.ts'
import { serializerCompiler, validatorCompiler } from '../plugins/schemas.ts'
import type { App, Deps } from '../plugins/types.ts'
import { createLocalStore, type LocalStore } from './local-store.ts'
import { objectStoreContract } from './object-store.contract.ts'

let store: LocalStore
let root: string
const app = Fastify({ routerOptions: { maxParamLength: 400 } }) as unknown as App

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sparkle-store-'))
  const port = await freePort()
  const crypto = createCrypto([Buffer.alloc(32, 1)])
  store = createLocalStore({ root, crypto, publicOrigin: `http://127.0.0.1:${port}` })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  const deps: Pick<Deps, 'store'> = { store }
  app.decorate('deps', deps as Deps)
  await app.register(errors)
  await app.register(localUploads, { prefix: '/api/v1' })
  await app.listen({ host: '127.0.0.1', port })
})

afterAll(async () => {
  await app.close()
  await rm(root, { recursive: true, force: true })
})

describe('local store', () => {
  objectStoreContract(() => store)

  test('a body without a declared length is cut off at the first byte too many', async () => {
    const key = `${newId()}/uploads/${newId()}`
    const signed = await store.signUpload({ key, mimeType: 'image/png', sizeBytes: 1000, ttlSeconds: 60 })
    expect(await sendChunked(signed.url, [Buffer.alloc(900), Buffer.alloc(101)])).toBe(413)
    expect(await sendChunked(signed.url, [Buffer.alloc(900)])).toBe(422)
    expect(await store.head(key)).toBeUndefined()
    expect(await readdir(join(root, 'incoming'))).toEqual([])
    expect(await sendChunked(signed.url, [Buffer.alloc(900), Buffer.alloc(100)])).toBe(204)
    expect(await store.head(key)).toEqual({ sizeBytes: 1000, mimeType: 'image/png' })
  })

  test('many writers of one key leave one whole file', async () => {
    const key = `${newId()}/x`
    const bodies = Array.from({ length: 8 }, (_, i) => Buffer.alloc(200_000, i))
    await Promise.all(bodies.map((body) => store.put(key, body, 'text/plain')))
    const kept = Buffer.from((await store.get(key)) ?? [])
    expect(bodies.some((body) => body.equals(kept))).toBe(true)
  })
})

function sendChunked(url: string, chunks: Buffer[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'PUT', headers: { 'content-type': 'image/png' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sending.on('error', reject)
    for (const chunk of chunks) sending.write(chunk)
    sending.end()
  })
}
