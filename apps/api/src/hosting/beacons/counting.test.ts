import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocalStore } from '../../adapters/local-store.ts'
import { createCrypto } from '../../core/crypto.ts'
import { cloneDatabase, type TestDatabase } from '../../../test/database.ts'
import { arrange, eventually, gameBuild, makeFolder, testDataKey } from '../../../test/hosting.ts'
import { openBeaconSender, type SentBeacon } from '../../../test/parts/beacon-sender.ts'
import { freePort } from '../../../test/parts/process.ts'

const total = 100_000
const perSecond = 5000
/** So many are sent to both hosts, as a browser does that retries: they must count once. */
const twice = 8000
const connections = 200

let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let urlId: string
const hosts: { child: ChildProcess; port: number }[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  const store = createLocalStore({
    root: place.folder,
    crypto: createCrypto([testDataKey]),
    publicOrigin: 'http://studio.example.test',
  })
  const studio = await arrange(owner, store, 'games.example.test')
  urlId = await studio.addUrl('counted', (await studio.addBuild(await gameBuild(1))).id)
  hosts.push(await startHost(), await startHost())
})

afterAll(async () => {
  for (const { child } of hosts) child.kill('SIGKILL')
  await owner.end()
  await database.drop()
  await place.remove()
})

/** A game host as a process of its own; both serve the same origin, as behind a load balancer. */
async function startHost() {
  const port = await freePort()
  const program = fileURLToPath(new URL('../../../test/host-process.ts', import.meta.url))
  const args = [program, database.appUrl, place.folder, String(port), 'http://games.example.test']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const up = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await eventually(up, 30_000)
  return { child, port }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** Loads of four beacons each; every so many of them come a second time right away. */
function makeBeacons(): SentBeacon[] {
  const beacons: SentBeacon[] = []
  const more = [{ type: 'view' }, { type: 'start' }, { type: 'finish', score: 9 }, { type: 'visible', seconds: 7 }]
  const every = Math.floor((total - twice) / twice)
  for (let i = 0, copies = 0; beacons.length < total; i += 1) {
    const loadId = `load-${String(i >> 2).padStart(16, '0')}`
    const body = JSON.stringify({ loadId, slug: 'counted', ...more[i & 3] })
    beacons.push({ body })
    if (i % every === 0 && copies < twice) {
      copies += 1
      beacons.push({ body })
    }
  }
  return beacons.slice(0, total)
}

/** Different beacons among those sent. */
const share = (total - twice) / total

/** About how many are stored, from the counters: each load views and starts once, and sends four. */
async function stored(): Promise<number> {
  const { rows } = await owner.query('select view_count + play_count as half from urls where id = $1', [urlId])
  return rows[0].half * 2
}

const keyOf = ({ body }: SentBeacon) => {
  const { loadId, type } = JSON.parse(body) as { loadId: string; type: string }
  return `${loadId} ${type}`
}

test(
  'of 100,000 beacons to two hosts, one killed in between, at most a second is lost and none counts twice',
  { timeout: 300_000 },
  async () => {
    const beacons = makeBeacons()
    const [first, second] = hosts
    if (!first || !second) throw new Error('two hosts were started')
    const senders = [openBeaconSender(first.port, connections), openBeaconSender(second.port, connections)] as const
    const began = performance.now()
    let killedAt = Number.POSITIVE_INFINITY
    let pausedMs = 0
    for (let sent = 0, asked = 0; sent < total;) {
      // A machine that cannot store the stated rate would only show how the queue overflows: wait for it, and say so.
      if (sent - asked >= perSecond / 20) {
        const pausedAt = performance.now()
        while (sent * share - (await stored()) > perSecond / 2) await sleep(20)
        pausedMs += performance.now() - pausedAt
        asked = sent
      }
      const due = Math.min(total, Math.ceil(((performance.now() - began - pausedMs) / 1000) * perSecond))
      for (; sent < due; sent += 1) {
        const beacon = beacons[sent]
        if (beacon) senders[killedAt < Number.POSITIVE_INFINITY ? 1 : sent % 2]?.send(beacon)
      }
      if (sent >= total / 2 && killedAt === Number.POSITIVE_INFINITY) {
        const toldAt = performance.now()
        await end(first.child, 'SIGKILL')
        killedAt = toldAt
        // Whoever got no answer asks again: nobody knows whether the beacon had been counted.
        for (const beacon of senders[0].unanswered()) senders[1].send(beacon)
      }
      await sleep(5)
    }
    await eventually(async () => senders[1].unanswered().length === 0, 60_000)
    const seconds = (performance.now() - began) / 1000
    for (const sender of senders) sender.close()
    expect(senders.flatMap((sender) => sender.refused())).toEqual([])
    await end(second.child, 'SIGTERM')

    const { rows } = await owner.query<{ load_id: string; type: string }>(
      'select load_id, type from game_events where url_id = $1',
      [urlId],
    )
    const counted = new Set(rows.map(({ load_id, type }) => `${load_id} ${type}`))
    const unique = new Set(beacons.map(keyOf))
    const lost = beacons.filter((beacon) => beacon.answeredAt && !counted.has(keyOf(beacon)))
    const oldestLostMs = Math.max(0, ...lost.map(({ answeredAt = 0 }) => killedAt - answeredAt))
    const acknowledged = beacons.filter(({ answeredAt }) => answeredAt !== undefined).length
    // The figures are what this test is run for.
    process.stdout.write(
      `${total} beacons (${unique.size} different) in ${seconds.toFixed(1)} s, ${Math.round(total / seconds)}/s: ` +
        `${acknowledged} acknowledged, ${counted.size} counted, ${unique.size - counted.size} lost, ` +
        `the oldest ${Math.round(oldestLostMs)} ms before the kill\n`,
    )
    expect(acknowledged).toBe(total)
    expect(rows.length).toBe(counted.size)
    expect([...counted].filter((key) => !unique.has(key))).toEqual([])
    expect(lost.filter(({ port }) => port !== first.port)).toEqual([])
    expect(oldestLostMs).toBeLessThan(1000)

    const of = (type: string) => rows.filter((row) => row.type === type).length
    const { rows: totals } = await owner.query('select view_count, play_count from urls where id = $1', [urlId])
    expect(totals).toEqual([{ view_count: of('view'), play_count: of('start') }])
    const visitors = await owner.query('select count(distinct visitor)::int as count from game_events')
    expect(visitors.rows).toEqual([{ count: connections }])
  },
)
