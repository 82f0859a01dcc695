import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import multipart from '@fastify/multipart'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { partBytes } from './part-bytes.ts'

const limit = 1000

/** What becomes of a file that arrives in these pieces: its length, or the code of the refusal. */
async function send(pieces: string[]): Promise<string> {
  const app = fastify()
  await app.register(multipart)
  app.post('/', async (request) => {
    const part = await request.file({ limits: { fileSize: limit } })
    if (!part) return 'no file'
    try {
      return String((await partBytes(part, () => new AppError('too_large', 'asset.too_large', 'Too large.'))).length)
    } catch (error) {
      if (error instanceof AppError) return error.code
      throw error
    } finally {
      request.raw.unpipe()
      request.raw.resume()
    }
  })
  const [first = '', ...others] = pieces
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
  const body = Readable.from(apart([head + first, ...others, '\r\n--b--\r\n']), { objectMode: false })
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const reply = await app.inject({ method: 'POST', url: '/', headers, payload: body })
  await app.close()
  return reply.body
}

/** As over a network: a piece comes when the one before it has been read. */
async function* apart(pieces: string[]) {
  for (const piece of pieces) {
    yield piece
    for (let turn = 0; turn < 20; turn += 1) await setImmediate()
  }
}

test('a file over its limit is refused wherever its pieces end, and is never taken cut off', async () => {
  expect(await send(['x'.repeat(limit)])).toBe('1000')
  expect(await send(['x'.repeat(limit + 1)])).toBe('asset.too_large')
  expect(await send(['x'.repeat(limit), 'x'])).toBe('asset.too_large')
  expect(await send(['x'.repeat(limit - 1), 'x', 'x'.repeat(5000)])).toBe('asset.too_large')
  expect(await send(['x'.repeat(limit - 1), 'x'])).toBe('1000')
})
