import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { createCrypto } from '../src/core/crypto.ts'
import { connect, inTenant } from '../src/core/in-tenant.ts'
import { migrateDatabase } from '../src/db/migrate.ts'
import { openPool } from '../src/db/pool.ts'
import { ensureDatabase, rolePasswords } from '../src/embedded/database.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import { recordsQuery } from '../src/modules/audit/audit.queries.ts'
import { median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:audit`: the history of one thing in a log of 1,000,000 entries of 20 studios over seven years of monthly
 * partitions, as `EXPLAIN ANALYZE` measures it under the runtime role and row-level security.
 */
const entries = 1_000_000
const studios = 20
/** Things that each studio's entries are about: 50 entries for each. */
const things = entries / studios / 50
const limitMs = 20
const runs = 21
const id = (kind: number, n: number) => `00000000-0000-7000-800${kind}-${String(n).padStart(12, '0')}`

const folder = fileURLToPath(new URL('../../../node_modules/.cache/sparkle/bench', import.meta.url))
await mkdir(folder, { recursive: true })
const server = await startEmbeddedPostgres({ dataDir: folder, log: { info: () => undefined, warn: console.warn } })
try {
  const passwords = rolePasswords(server.superUrl)
  const name = 'bench_audit'
  await ensureDatabase(server.superUrl, passwords, name)
  const ownerUrl = server.urlOf('owner', passwords.owner, name)
  await migrateDatabase(ownerUrl)
  await fill(ownerUrl)
  const pool = openPool(server.urlOf('app', passwords.app, name), 2, 'bench')
  const db = connect(pool, createCrypto([Buffer.alloc(32, 1)]))
  const actor = { kind: 'system', organizationId: id(0, 7), job: 'bench' } as const
  const views = {
    'history of one thing': { entity: 'project' as const, entityId: id(1, 77) },
    'newest of the studio': {},
    'of one project, in one month': { projectId: id(1, 77), from: '2023-03-01T00:00:00Z', to: '2023-04-01T00:00:00Z' },
  }
  console.info(`${entries} entries, database time of one page of 21 (lowest to highest of ${runs} runs)`)
  for (const [label, filter] of Object.entries(views)) {
    const times: number[] = []
    for (let run = 0; run < runs; run += 1)
      times.push(
        await inTenant(db, actor, async (tx) => {
          const { rows } = await tx.execute<{ 'QUERY PLAN': [{ 'Planning Time': number; 'Execution Time': number }] }>(
            sql`explain (analyze, format json) ${recordsQuery(tx, filter, 21).getSQL()}`,
          )
          const [plan] = rows[0]?.['QUERY PLAN'] ?? []
          return (plan?.['Planning Time'] ?? Number.NaN) + (plan?.['Execution Time'] ?? Number.NaN)
        }),
      )
    console.info(`  ${label.padEnd(30)} ${spread(times.slice(1), 1)} ms   (under ${limitMs})`)
    if (!(median(times.slice(1)) < limitMs)) process.exitCode = 1
  }
  await pool.end()
} finally {
  await server.stop()
}

/** Once; kept for the next run. */
async function fill(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from audit')
    if (rows[0]?.n === entries) return
    console.info(`filling ${entries} entries ...`)
    await client.query('begin')
    await client.query(
      `insert into organizations (id, slug, name)
       select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'bench-' || n, 'Bench ' || n from generate_series(1, $1::int) n`,
      [studios],
    )
    await client.query(
      `select sys.add_audit_partition(m::date) from generate_series(now() - interval '7 years', now(), interval '1 month') m`,
    )
    await client.query(
      `insert into audit (organization_id, id, action, entity, entity_id, project_id, actor_kind, changes, before, after, at)
       select ('00000000-0000-7000-8000-' || lpad((1 + n % $2)::text, 12, '0'))::uuid,
         overlay(sys.id_floor(moment)::text placing substr(md5(n::text), 1, 12) from 25)::uuid, 'project:updated', 'project',
         thing, thing, 'user', '{}', row, row, moment
       from (
         select n, now() - n * interval '7 years' / $1::int as moment,
           ('00000000-0000-7000-8001-' || lpad((1 + (n / $2) % $3)::text, 12, '0'))::uuid as thing,
           jsonb_build_object('petName', 'Rex ' || n, 'status', 'backlog', 'notes', md5(n::text) || md5((n + 1)::text)) as row
         from generate_series(1, $1::int) n
       ) made`,
      [entries, studios, things],
    )
    await client.query('commit')
    await client.query('vacuum analyze audit')
  } finally {
    await client.end()
  }
}
