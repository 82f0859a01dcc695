import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { newId } from '../src/core/ids.ts'
import { startRedis } from '../test/parts/redis.ts'
import { type LoadWorld, openLoadWorld } from './lib/load-world.ts'
import type { Answer, Order } from './lib/realtime-clients.ts'
import { median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:realtime`: how long an event takes from before its row is written until the last of 1,000 pages has it,
 * through database, relay, rights and rooms, in one process and in two with Redis; the same payload sent to the same
 * clients by a bare `ws` server in the same run; and whether 200 clients that drop and come back all the time during
 * 10,000 events end with all of them, once and in order. Server, peer, clients and database share the machine.
 */
const { values: args } = parseArgs({
  options: {
    clients: { type: 'string', default: '1000' },
    samples: { type: 'string', default: '40' },
    runs: { type: 'string', default: '5' },
    dropping: { type: 'string', default: '200' },
    events: { type: 'string', default: '10000' },
  },
})
const [clients, samples, runs] = [Number(args.clients), Number(args.samples), Number(args.runs)]
const [dropping, events] = [Number(args.dropping), Number(args.events)]
const limitMs = 50
const pauseMs = 40
const warmUp = 20

const redis = await startRedis()
const world = await openLoadWorld(
  Math.max(clients, dropping),
  { REDIS_URL: redis.url, RATE_LIMIT_PER_MINUTE: '1000000' },
  { studios: 1, projectsEach: 100 },
)
const organizationId = world.workers[0]?.organizationId ?? ''
const children: ChildProcess[] = []
try {
  const peer = start('bare-sockets')
  const { address: bare } = (await next(peer)) as { address: string }
  const [ours, theirs] = [start('realtime-clients'), start('realtime-clients')]
  const tokens = world.workers.slice(0, clients).map(({ token }) => token)

  await ask(ours, { do: 'open', sockets: tokens.map((token) => ({ url: eventsOf(world.address), token })) })
  await ask(theirs, { do: 'open', sockets: tokens.map(() => ({ url: bare.replace('http', 'ws'), token: '' })) })
  const viaUs = (n: number) => heardAfter(ours, n, () => write(world, n))
  const viaPeer = (n: number) => heardAfter(theirs, n, async () => void peer.send(payloadOf(n)))
  let n = 0
  for (let i = 0; i < warmUp; i += 1) await Promise.all([viaUs(++n), viaPeer(n)])
  const mine: number[][] = []
  const others: number[][] = []
  for (let run = 0; run < runs; run += 1) {
    mine.push(await measure(() => viaUs(++n)))
    others.push(await measure(() => viaPeer(++n)))
  }
  console.info(`${clients} pages of one studio, ${samples} events a run, median of ${runs} runs (lowest to highest)`)
  print('one process', mine, limitMs)
  print('bare ws', others)
  const ratios = mine.map((times, run) => median(times) / median(others[run] ?? []))
  console.info(`  ratio of the medians       ${spread(ratios, 2)}`)
  const p99 = quantile(mine.flat(), 0.99)
  await ask(ours, { do: 'close' })

  const second = await world.another({ REDIS_URL: redis.url })
  const halves = [world.address, second]
  await ask(ours, {
    do: 'open',
    sockets: tokens.map((token, i) => ({ url: eventsOf(halves[i % 2] ?? second), token })),
  })
  for (let i = 0; i < warmUp; i += 1) await viaUs(++n)
  const both: number[][] = []
  for (let run = 0; run < runs; run += 1) both.push(await measure(() => viaUs(++n)))
  print('two processes and Redis', both)
  await ask(ours, { do: 'close' })

  const good = await dropAndComeBack(world, ours)
  process.exitCode = good && p99 < limitMs ? 0 : 1
} finally {
  for (const child of children) child.kill('SIGTERM')
  await world.stop()
  await redis.stop()
}

function start(name: string): ChildProcess {
  const child = fork(new URL(`lib/${name}.ts`, import.meta.url))
  children.push(child)
  return child
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`A process of the benchmark ended with ${code}.`)))
  })
}

async function ask(child: ChildProcess, order: Order): Promise<Answer> {
  child.send(order)
  return (await next(child)) as Answer
}

function eventsOf(address: string): string {
  return `${address.replace('http', 'ws')}/api/v1/events`
}

function payloadOf(n: number): string {
  const event = { id: newId(), type: 'studio:updated', at: new Date().toISOString(), projectId: null }
  return JSON.stringify({ seq: n, ...event, actor: { id: null, name: null }, data: { n } })
}

/** Milliseconds from before `begin` until the last client has the sample. */
async function heardAfter(child: ChildProcess, n: number, begin: () => Promise<void>): Promise<number> {
  const heard = new Promise<bigint>((resolve) => {
    const listen = (message: Answer) => {
      if (message.is !== 'heard' || message.n !== n) return
      child.off('message', listen)
      resolve(BigInt(message.at))
    }
    child.on('message', listen)
  })
  const from = process.hrtime.bigint()
  await begin()
  return Number((await heard) - from) / 1e6
}

async function write({ owner }: LoadWorld, n: number): Promise<void> {
  await owner.query('insert into outbox (organization_id, id, type, data) values ($1, $2, $3, $4)', [
    organizationId,
    newId(),
    'studio:updated',
    JSON.stringify({ n }),
  ])
}

async function measure(one: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < samples; i += 1) {
    times.push(await one())
    await sleep(pauseMs)
  }
  return times
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function print(label: string, series: readonly number[][], limit?: number): void {
  const medians = series.map((times) => median(times))
  const p99 = quantile(series.flat(), 0.99).toFixed(1)
  const goal = limit === undefined ? '' : `   (less than ${limit})`
  console.info(`  ${label.padEnd(26)} p50 ${spread(medians, 1)} ms, p99 ${p99} ms${goal}`)
}

async function dropAndComeBack({ owner, address, workers }: LoadWorld, child: ChildProcess): Promise<boolean> {
  const newest = async () => {
    const { rows } = await owner.query(
      'select coalesce(max(seq), 0)::int as seq from event_log where organization_id = $1',
      [organizationId],
    )
    return rows[0].seq as number
  }
  const after = await newest()
  const order = { url: eventsOf(address), tokens: workers.slice(0, dropping).map(({ token }) => token) }
  const settled = ask(child, { do: 'churn', ...order, after, total: after + events })
  for (let written = 0; written < events; written += 100)
    await owner.query(
      `insert into outbox (organization_id, id, type, data)
       select $1, gen_random_uuid(), 'studio:updated', jsonb_build_object('i', n) from generate_series(1, $2::int) n`,
      [organizationId, Math.min(100, events - written)],
    )
  const { digests, drops } = (await settled) as Extract<Answer, { is: 'settled' }>
  const { rows } = await owner.query<{ line: string }>(
    "select seq || ' ' || id as line from event_log where organization_id = $1 and seq > $2 order by seq",
    [organizationId, after],
  )
  const whole = createHash('sha256')
    .update(rows.map(({ line }) => `${line}\n`).join(''))
    .digest('hex')
  const equal = digests.filter((digest) => digest === whole).length
  console.info(
    `  ${dropping} pages that drop        ${drops} times during ${events} events: ${equal} have all of them, once and in order`,
  )
  return equal === dropping && rows.length === events
}
