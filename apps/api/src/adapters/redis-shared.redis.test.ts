import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRedis } from '../../test/parts/redis.ts'
import { createRedisShared } from './redis-shared.ts'
import type { Shared } from './shared-state.ts'
import { sharedStateContract } from './shared-state.contract.ts'

let server: Awaited<ReturnType<typeof startRedis>>
let shared: Shared
let another: Shared
const lost: Error[] = []

beforeAll(async () => {
  server = await startRedis()
  shared = createRedisShared({ url: server.url, onError: (error) => lost.push(error) })
  another = createRedisShared({ url: server.url, onError: (error) => lost.push(error) })
})
afterAll(async () => {
  await Promise.all([shared.close(), another.close()])
  await server.stop()
})

describe('shared state in Redis', () => {
  sharedStateContract(() => shared)

  test('two processes share values, counts and messages', async () => {
    const heard: string[] = []
    const stop = await another.subscribe('between', (message) => heard.push(message))
    await shared.set('value', 'seen', 60)
    await shared.count('window', 60)
    await shared.publish('between', 'hello')
    expect(await another.get('value')).toBe('seen')
    expect((await another.count('window', 60)).count).toBe(2)
    await expect.poll(() => heard).toEqual(['hello'])
    await stop()
  })

  test('another prefix is another installation', async () => {
    const foreign = createRedisShared({ url: server.url, prefix: 'other:', onError: (error) => lost.push(error) })
    await shared.set('mine', 'x', 60)
    expect(await foreign.get('mine')).toBeUndefined()
    await foreign.close()
  })

  test('without a server it fails soon instead of waiting', async () => {
    const failures: Error[] = []
    const stranded = createRedisShared({ url: 'redis://127.0.0.1:1', onError: (error) => failures.push(error) })
    const began = Date.now()
    await expect(stranded.count('key', 60)).rejects.toThrow()
    expect(Date.now() - began).toBeLessThan(5000)
    expect(failures.length).toBeGreaterThan(0)
    await stranded.close()
  })
})
