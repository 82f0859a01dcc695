import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocalStore } from '../../adapters/local-store.ts'
import { createCrypto } from '../../core/crypto.ts'
import { cloneDatabase, type TestDatabase } from '../../../test/database.ts'
import { arrange, eventually, gameBuild, makeFolder, testDataKey } from '../../../test/hosting.ts'
import { freePort } from '../../../test/parts/process.ts'

let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let port: number
let urlId: string

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  port = await freePort()
  const store = createLocalStore({
    root: place.folder,
    crypto: createCrypto([testDataKey]),
    publicOrigin: 'http://studio.example.test',
  })
  const studio = await arrange(owner, store, `127.0.0.1:${port}`)
  urlId = await studio.addUrl('counted', (await studio.addBuild(await gameBuild(1))).id)
})

afterAll(async () => {
  await owner.end()
  await database.drop()
  await place.remove()
})

/** Starts a host, posts a beacon every few milliseconds, ends it in the middle, and tells what was answered with 204 when. */
async function postUntil(signal: 'SIGTERM' | 'SIGKILL') {
  const program = fileURLToPath(new URL('../../../test/host-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, database.appUrl, place.folder, String(port)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const origin = `http://127.0.0.1:${port}`
  await eventually(
    () =>
      fetch(`${origin}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    20_000,
  )

  const accepted: { loadId: string; at: number }[] = []
  let number = 0
  const until = Date.now() + 1700
  while (Date.now() < until) {
    const loadId = `${signal}-${String((number += 1)).padStart(16, '0')}`
    const body = JSON.stringify({ loadId, slug: 'counted', type: 'view' })
    const reply = await fetch(`${origin}/_e`, {
      method: 'POST',
      body,
      headers: { 'user-agent': 'Mozilla/5.0 Firefox/139.0' },
    })
    if (reply.status === 204) accepted.push({ loadId, at: performance.now() })
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const endedAt = performance.now()
  const code = await end(child, signal)
  const { rows } = await owner.query<{ load_id: string }>(
    'select load_id from game_events where url_id = $1 and load_id like $2',
    [urlId, `${signal}-%`],
  )
  const kept = new Set(rows.map((row) => row.load_id))
  const lost = accepted.filter(({ loadId }) => !kept.has(loadId))
  return { code, accepted, lost, kept, lostMs: lost[0] ? endedAt - lost[0].at : 0 }
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return ended
}

test('SIGTERM loses no beacon that was accepted', async () => {
  const { code, accepted, lost, kept } = await postUntil('SIGTERM')
  expect(code).toBe(0)
  expect(accepted.length).toBeGreaterThan(100)
  expect(lost).toEqual([])
  const { rows } = await owner.query('select view_count from urls where id = $1', [urlId])
  expect(rows[0].view_count).toBe(kept.size)
})

test('kill -9 loses at most the last second', async () => {
  const { accepted, lost, kept, lostMs } = await postUntil('SIGKILL')
  expect(kept.size).toBeGreaterThan(100)
  const measured = `${lost.length} of ${accepted.length} beacons lost, all from the last ${Math.round(lostMs)} ms`
  expect(lostMs, measured).toBeLessThan(1000)
})
