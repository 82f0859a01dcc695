import { expect, test } from 'vitest'
import type { BeaconRow } from '../../db/system-games.ts'
import { openBeaconQueue } from './queue.ts'

const row = (loadId: string): BeaconRow => ({
  organizationId: 'o',
  urlId: 'u',
  buildId: null,
  loadId,
  type: 'view',
  visitor: 'v',
  score: null,
  seconds: null,
  referrerHost: null,
  device: null,
  at: '2026-11-21T00:00:00Z',
})
const quiet = { warn: () => undefined, error: () => undefined }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('beacons are recorded in their order, in batches, within the time promised', async () => {
  const batches: string[][] = []
  const queue = openBeaconQueue({
    record: async (rows) => batches.push(rows.map(({ loadId }) => loadId)),
    log: quiet,
    flushAfterMs: 30,
    batchRows: 3,
  })
  queue.add(row('a'))
  queue.add(row('b'))
  expect(batches).toEqual([])
  await pause(60)
  expect(batches).toEqual([['a', 'b']])
  for (const loadId of ['c', 'd', 'e', 'f']) queue.add(row(loadId))
  await pause(5)
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ])
  await queue.close()
  expect(batches.flat()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('what fails is tried again and nothing is lost; what does not fit is said', async () => {
  let down = true
  const recorded: string[] = []
  const queue = openBeaconQueue({
    async record(rows) {
      if (down) throw Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' })
      recorded.push(...rows.map(({ loadId }) => loadId))
    },
    log: quiet,
    flushAfterMs: 5,
    batchRows: 2,
    mostRows: 5,
  })
  expect(['1', '2', '3', '4', '5'].map((id) => queue.add(row(id)))).toEqual([true, true, true, true, true])
  expect(queue.add(row('6'))).toBe(false)
  await pause(40)
  expect(recorded).toEqual([])
  down = false
  await queue.close()
  expect(recorded).toEqual(['1', '2', '3', '4', '5'])
})

test('a row the database refuses does not hold up the others', async () => {
  const recorded: string[] = []
  const queue = openBeaconQueue({
    async record(rows) {
      const ids = rows.map(({ loadId }) => loadId)
      if (ids.includes('bad')) throw Object.assign(new Error('wrapped'), { cause: { code: '23503' } })
      recorded.push(...ids)
    },
    log: quiet,
    flushAfterMs: 5,
  })
  for (const id of ['a', 'b', 'bad', 'c', 'd']) queue.add(row(id))
  await queue.close()
  expect(recorded).toEqual(['a', 'b', 'c', 'd'])
})

test('closing gives up in time when the database stays away, and says how many are lost', async () => {
  const said: unknown[] = []
  const queue = openBeaconQueue({
    record: () => Promise.reject(new Error('away')),
    log: { warn: () => undefined, error: (facts: unknown) => said.push(facts) },
    flushAfterMs: 5,
    closeWithinMs: 150,
  })
  queue.add(row('a'))
  await queue.close()
  expect(said).toEqual([{ lost: 1 }])
})
