import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { ensureDatabase, rolePasswords } from '../../src/embedded/database.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'

const folder = fileURLToPath(new URL('../../../../node_modules/.cache/sparkle/bench', import.meta.url))

export const studios = 50
export const studioId = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const benchUser = '00000000-0000-7000-8000-0000000000aa'
export const benchSession = '00000000-0000-7000-8000-0000000000bb'

/** An embedded server with one database for each size, filled once and kept for the next run. */
export async function openBenchData(sizes: readonly number[]) {
  await mkdir(folder, { recursive: true })
  const server = await startEmbeddedPostgres({ dataDir: folder, log: { info: () => undefined, warn: console.warn } })
  const passwords = rolePasswords(server.superUrl)
  for (const rows of sizes) {
    await ensureDatabase(server.superUrl, passwords, nameOf(rows))
    await migrateDatabase(server.urlOf('owner', passwords.owner, nameOf(rows)))
    await fill(server.urlOf('owner', passwords.owner, nameOf(rows)), rows)
  }
  return {
    appUrl: (rows: number) => server.urlOf('app', passwords.app, nameOf(rows)),
    ownerUrl: (rows: number) => server.urlOf('owner', passwords.owner, nameOf(rows)),
    stop: () => server.stop(),
  }
}

function nameOf(rows: number): string {
  return `bench_${rows}`
}

const breeds = "array['Ocicat','Beagle','Tabby','Whippet','Poodle','Siamese','Dachshund','Maine Coon']"
const names = "array['Chelsea','Butter','Momo','Rex','Luna','Otis','Pepper','Ziggy','Nala','Socks']"

async function fill(ownerUrl: string, rows: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows: found } = await client.query<{ n: number }>('select count(*)::int as n from projects')
    if (found[0]?.n === rows) return
    console.info(`filling ${rows} projects in ${studios} studios ...`)
    await client.query('begin')
    await client.query(
      `insert into organizations (id, slug, name) select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'bench-' || n, 'Bench ' || n
       from generate_series(1, $1::int) n`,
      [studios],
    )
    await client.query(
      `insert into users (id, email_cipher, email_index, password_hash, display_name) values ($1, 'none', 'bench', 'none', 'Bench')`,
      [benchUser],
    )
    await client.query(
      `insert into memberships (organization_id, user_id, role) select id, $1, 'manager' from organizations`,
      [benchUser],
    )
    await client.query(
      `insert into sessions (id, user_id, active_organization_id, refresh_hash, expires_at) values ($1, $2, $3, 'none', now() + interval '1 year')`,
      [benchSession, benchUser, studioId(7)],
    )
    await client.query(
      `insert into projects (organization_id, id, name, pet_name, pet_breed, customer_name, package_type, status, priority, game_config, notes, order_number, created_at)
       select ('00000000-0000-7000-8000-' || lpad((1 + n % $2)::text, 12, '0'))::uuid, gen_random_uuid(),
         (${names})[1 + (n / 7) % 10] || ' ' || n, (${names})[1 + (n / 7) % 10], (${breeds})[1 + (n / 11) % 8],
         'Customer ' || md5(n::text), (array['express','custom','premium'])[1 + n % 3],
         (array['backlog','in_progress','review','complete'])[1 + (n / 3) % 4], 'normal',
         '{"difficulty":"medium","features":[]}', 'Likes ' || md5((n * 31)::text) || ' and boxes', 'SP-' || n,
         timestamptz '2026-01-01' + n * interval '7 seconds'
       from generate_series(1, $1::int) n`,
      [rows, studios],
    )
    await client.query('commit')
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
