import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { listStatement } from '../src/modules/projects/projects.list.ts'
import { openBenchData, studioId } from './lib/api-data.ts'
import { interleave, measure, median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:api`: the project list (20 of 1,000,000 rows in 50 studios, signed in, under row-level security, every
 * plugin) against bare Fastify + pg running the same statement; the same with 10,000 rows; and text search.
 * Servers run on core 0, the load on core 1, PostgreSQL wherever the system puts it.
 */
const large = 1_000_000
const small = 10_000
const rounds = 5
const seconds = 5

const data = await openBenchData([large, small])
const children: ChildProcess[] = []
try {
  const filter = { limit: 20, sort: '-createdAt', deleted: 'false', archived: 'false', unscheduled: 'false' } as const
  // The peer filters by studio in plain sight, because nothing else does it there.
  const statement = listStatement(filter, false).text.replace(
    'where ("projects"."deleted_at"',
    'where ("projects"."organization_id" = $1 and "projects"."deleted_at"',
  )
  if (!statement.includes('= $1')) throw new Error('The list statement has changed: the peer would read every studio.')
  const real = await serve('real', data.appUrl(large))
  const realSmall = await serve('real', data.appUrl(small))
  const bare = await serve('bare', data.ownerUrl(large), statement)
  const load = { connections: 16, seconds }
  const list = (server: Server) => () =>
    measure({
      ...load,
      url: `${server.address}/api/v1/projects?limit=20`,
      headers: { authorization: `Bearer ${server.token}` },
    })
  const peer = () => measure({ ...load, url: `${bare.address}/projects` })
  await Promise.all([list(real)(), list(realSmall)(), peer()])

  const results = await interleave({ real: list(real), bare: peer, realSmall: list(realSmall) }, rounds)
  const ratios = (results['real'] ?? []).map((rate, i) => rate / (results['bare']?.[i] ?? Number.NaN))
  const growth = (results['realSmall'] ?? []).map((rate, i) => rate / (results['real']?.[i] ?? Number.NaN))
  console.info(`project list, median of ${rounds} interleaved runs of ${seconds} s (lowest to highest)`)
  console.info(`  buildApp, ${large} rows      ${spread(results['real'] ?? [])} req/s`)
  console.info(`  bare Fastify + pg          ${spread(results['bare'] ?? [])} req/s`)
  console.info(`  ratio                      ${spread(ratios, 2)}   (at least 0.70)`)
  console.info(`  cost of ${large} over ${small} ${spread(growth, 2)}   (at most 1.30)`)
  const search = await searchTimes(data.appUrl(large))
  console.info(`text search over ${large} rows under row-level security, database time as EXPLAIN ANALYZE measures it`)
  for (const [words, times] of search) console.info(`  ${words.padEnd(24)} ${spread(times, 1)} ms   (under 30)`)
  const failed = median(ratios) < 0.7 || median(growth) > 1.3 || search.some(([, times]) => median(times) >= 30)
  process.exitCode = failed ? 1 : 0
} finally {
  for (const child of children) child.kill('SIGKILL')
  await data.stop()
}

interface Server {
  address: string
  token: string
}

async function serve(kind: 'real' | 'bare', url: string, statement = ''): Promise<Server> {
  const script = fileURLToPath(new URL('lib/api-server.ts', import.meta.url))
  const child = fork(script, [kind, url], {
    execPath: 'taskset',
    execArgv: ['-c', '0', process.execPath],
    env: { ...process.env, NODE_ENV: 'production-like', BENCH_STATEMENT: statement },
  })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Server))
    child.once('exit', (code) => reject(new Error(`the ${kind} server ended with ${code}`)))
  })
}

async function searchTimes(appUrl: string): Promise<[string, number[]][]> {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  const searches = ["'chelsea':*", "'chelsea':* & 'ocicat':*", "'sp':* & '700007':*", "'nothing':*"]
  const found: [string, number[]][] = []
  for (const words of searches) {
    const times: number[] = []
    for (let i = 0; i < 11; i += 1) {
      await client.query('begin')
      await client.query("select set_config('app.current_org', $1, true)", [studioId(7)])
      const { rows } = await client.query(
        `explain (analyze, format json) select * from sys.search_projects($1::tsquery, null, 1000)`,
        [words],
      )
      await client.query('commit')
      times.push(rows[0]['QUERY PLAN'][0]['Execution Time'])
    }
    found.push([words, times.slice(1)])
  }
  await client.end()
  return found
}
