import Fastify, { type FastifyError } from 'fastify'
import type { FastifySerializerCompiler } from 'fastify/types/schema.js'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { serializerCompiler, strictSerializerCompiler } from './schemas.ts'

const view = z.object({ id: z.uuid(), slug: z.string().max(5) })
const good = { id: '01890000-0000-7000-8000-000000000000', slug: 'cat' }

/** What a route with this view answers when its handler returns `value`. */
async function answer(compiler: FastifySerializerCompiler<z.ZodType>, value: unknown) {
  const faults: (string | undefined)[] = []
  const app = Fastify()
  app.setSerializerCompiler(compiler)
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    faults.push(error.code)
    return reply.code(500).serializer(JSON.stringify).send({})
  })
  app.get('/', { schema: { response: { 200: view } } }, async () => value)
  const reply = await app.inject('/')
  await app.close()
  return { status: reply.statusCode, body: reply.json(), faults }
}

describe('in the tests’ strict mode', () => {
  test.each([
    ['a field is missing', { id: good.id }],
    ['a field has the wrong type', { ...good, slug: 7 }],
    ['a value breaks its bounds', { ...good, slug: 'chelsea' }],
    ['an id is none', { ...good, id: 'x' }],
  ])('a reply is a fault where %s', async (_what, value) => {
    const { status, faults } = await answer(strictSerializerCompiler, value)
    expect([status, faults]).toEqual([500, ['FST_ERR_RESPONSE_SERIALIZATION']])
  })

  test('a reply that keeps its view goes out: the control', async () => {
    expect(await answer(strictSerializerCompiler, good)).toEqual({ status: 200, body: good, faults: [] })
  })
})

test('nothing but the view’s fields gets out', async () => {
  const row = { ...good, passwordHash: '$2b$12$' }
  expect((await answer(serializerCompiler, row)).body).toEqual(good)
  expect((await answer(strictSerializerCompiler, row)).body).toEqual(good)
})
