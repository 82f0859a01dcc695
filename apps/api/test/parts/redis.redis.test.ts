import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { startRedis } from './redis.ts'

test('gives a Redis that asks for its password and is gone after stop', async () => {
  const server = await startRedis()
  const client = new Redis(server.url)
  expect(await client.set('pet', 'buttercup', 'EX', 10)).toBe('OK')
  expect(await client.get('pet')).toBe('buttercup')
  const stranger = new Redis(server.url.replace(/:[^:@]*@/, ':wrong@'), {
    lazyConnect: true,
    retryStrategy: () => null,
  })
  stranger.on('error', () => undefined)
  await expect(stranger.get('pet')).rejects.toThrow()
  stranger.disconnect()
  client.disconnect()
  await server.stop()
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH')
})
