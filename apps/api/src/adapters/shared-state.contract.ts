import { expect, test } from 'vitest'
import { newId } from '../core/ids.ts'
import type { Shared } from './shared-state.ts'

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** What shared state has to do; run against the embedded and the real one. `open` answers the same state each time. */
export function sharedStateContract(open: () => Shared): void {
  test('keeps a value until it is deleted or its time is over', async () => {
    const [shared, key] = [open(), newId()]
    expect(await shared.get(key)).toBeUndefined()
    await shared.set(key, 'kept', 60)
    expect(await shared.get(key)).toBe('kept')
    await shared.delete(key)
    expect(await shared.get(key)).toBeUndefined()
    await shared.set(key, 'short', 0.1)
    await pause(200)
    expect(await shared.get(key)).toBeUndefined()
  })

  test('counts within a window and begins again after it', async () => {
    const [shared, key] = [open(), newId()]
    const first = await shared.count(key, 0.5)
    expect(first.count).toBe(1)
    expect(first.remainingMs).toBeGreaterThan(400)
    expect(first.remainingMs).toBeLessThanOrEqual(500)
    await pause(100)
    const second = await shared.count(key, 0.5)
    expect(second.count).toBe(2)
    expect(second.remainingMs).toBeLessThanOrEqual(400)
    await pause(500)
    expect((await shared.count(key, 0.5)).count).toBe(1)
    expect((await shared.count(newId(), 0.5)).count).toBe(1)
    await shared.delete(key)
    expect((await shared.count(key, 0.5)).count).toBe(1)
  })

  test('counts at the same time are all counted', async () => {
    const [shared, key] = [open(), newId()]
    const counts = await Promise.all(Array.from({ length: 100 }, () => shared.count(key, 60)))
    expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
  })

  test('a message reaches every listener of its channel, until it stops listening', async () => {
    const [shared, channel] = [open(), newId()]
    const heard: string[] = []
    const stopOne = await shared.subscribe(channel, (message) => heard.push(`one ${message}`))
    const stopTwo = await shared.subscribe(channel, (message) => heard.push(`two ${message}`))
    await shared.publish(channel, 'a')
    await shared.publish(newId(), 'elsewhere')
    await pause(100)
    await stopOne()
    await shared.publish(channel, 'b')
    await pause(100)
    await stopTwo()
    await shared.publish(channel, 'c')
    await pause(100)
    expect(heard).toEqual(['one a', 'two a', 'two b'])
  })

  test('a name is in a roster as long as anybody keeps it there; who let their time run out is told of once', async () => {
    const [shared, roster] = [open(), newId()]
    expect(await shared.enter(roster, 'ann', 'one', 60)).toBe(true)
    expect(await shared.enter(roster, 'ann', 'one', 60)).toBe(false)
    expect(await shared.enter(roster, 'ann', 'two', 60)).toBe(false)
    expect(await shared.enter(roster, 'anna', 'two', 60)).toBe(true)
    expect((await shared.present(roster)).toSorted()).toEqual(['ann', 'anna'])
    expect(await shared.leave(roster, 'ann', 'one')).toBe(false)
    expect(await shared.leave(roster, 'ann', 'two')).toBe(true)
    expect(await shared.leave(roster, 'ann', 'two')).toBe(false)
    expect(await shared.present(roster)).toEqual(['anna'])

    await shared.enter(roster, 'anna', 'dies', 0.1)
    await shared.enter(roster, 'bob', 'dies', 0.1)
    await shared.enter(roster, 'eve', 'dies', 0.1)
    await pause(200)
    expect(await shared.present(roster)).toEqual(['anna'])
    expect(await shared.enter(roster, 'eve', 'two', 60)).toBe(false)
    const told = await Promise.all([shared.lapsed(roster), shared.lapsed(roster)])
    expect(told.flat()).toEqual(['bob'])
    expect(await shared.enter(roster, 'bob', 'two', 60)).toBe(true)
    expect(await shared.present(newId())).toEqual([])
    await shared.enter(roster, 'dan', 'one', 0.3)
    for (let i = 0; i < 3; i += 1) {
      await pause(150)
      await shared.keep(roster, ['dan'], 'one', 0.3)
    }
    expect(await shared.present(roster)).toContain('dan')
  })

  test('the probe succeeds', async () => {
    await expect(open().probe()).resolves.toBeUndefined()
  })
}
