import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hash } from 'bcrypt'
import pg from 'pg'
import { createCrypto } from '../../src/core/crypto.ts'
import { newId } from '../../src/core/ids.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { ensureDatabase, rolePasswords } from '../../src/embedded/database.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
export const benchPassword = 'nine wet otters in a row'

export interface Worker {
  organizationId: string
  userId: string
  email: string
  /** A session's access token, good for the whole run. */
  token: string
}

export interface LoadWorld {
  address: string
  workers: Worker[]
  /** Past row-level security: to see afterwards what is really there. */
  owner: pg.Pool
  /** Starts a further server on the same database; it ends with the world. Answers its address. */
  another(env: Record<string, string>): Promise<string>
  stop(): Promise<void>
}

export interface LoadSize {
  studios?: number
  projectsEach?: number
}

/**
 * The real server with all its roles in a process of its own, on a database with studios (six of 5,000 projects, unless
 * it says otherwise) and `people` managers among them, each signed in. They hold sessions from the start: 300 sign-ins at bcrypt's cost
 * would be another benchmark.
 */
export async function openLoadWorld(
  people: number,
  env: Record<string, string> = {},
  { studios = 6, projectsEach = 5_000 }: LoadSize = {},
): Promise<LoadWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-load-'))
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(folder, 0o755)
  const log = { info: () => undefined, warn: console.warn }
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'database'), log })
  const passwords = rolePasswords(server.superUrl)
  await ensureDatabase(server.superUrl, passwords, 'load')
  const ownerUrl = server.urlOf('owner', passwords.owner, 'load')
  await migrateDatabase(ownerUrl)
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  const jwtSecret = randomBytes(32).toString('base64url')
  const dataKey = randomBytes(32)
  const children: ChildProcess[] = []

  async function startServer(origin: string, port: number, more: Record<string, string>): Promise<string> {
    const child = spawn(process.execPath, ['apps/api/src/server.ts'], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'development',
        DEMO: '0',
        LOG_LEVEL: 'warn',
        PORT: String(port),
        GAMES_PORT: String(await freePort()),
        PUBLIC_ORIGIN: origin,
        DATA_DIR: folder,
        DATABASE_URL: server.urlOf('app', passwords.app, 'load'),
        DATABASE_OWNER_URL: ownerUrl,
        JWT_SECRET: jwtSecret,
        DATA_KEYS: dataKey.toString('base64'),
        ...env,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    await ready(child)
    return `http://localhost:${port}`
  }

  const port = await freePort()
  const publicOrigin = `http://localhost:${port}`
  const workers = await fill(owner, people, { studios, projectsEach }, createCrypto([dataKey]), (worker) =>
    signToken(jwtSecret, publicOrigin, worker),
  )
  await startServer(publicOrigin, port, {})
  return {
    address: publicOrigin,
    workers,
    owner,
    another: async (more) => startServer(publicOrigin, await freePort(), more),
    async stop() {
      await Promise.all(children.map(endOf))
      await owner.end()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

async function fill(
  owner: pg.Pool,
  people: number,
  size: Required<LoadSize>,
  crypto: ReturnType<typeof createCrypto>,
  tokenOf: (worker: { userId: string; sessionId: string }) => string,
): Promise<Worker[]> {
  const studios = Array.from({ length: size.studios }, () => newId())
  const passwordHash = await hash(benchPassword, 12)
  for (const [n, id] of studios.entries()) {
    await owner.query('insert into organizations (id, slug, name) values ($1, $2, $3)', [id, `load-${n}`, `Load ${n}`])
    await owner.query(
      `insert into projects (organization_id, id, name, pet_name, pet_breed, customer_name, package_type, status, priority, game_config, notes, order_number, created_at)
       select $1, gen_random_uuid(), 'Otis ' || n, 'Otis', 'Beagle', 'Customer ' || md5(n::text), 'custom',
         (array['backlog','in_progress','review','complete'])[1 + n % 4], 'normal', '{"difficulty":"medium","features":[]}',
         'Likes ' || md5((n * 31)::text) || ' and boxes', 'SP-' || n, timestamptz '2026-01-01' + n * interval '7 minutes'
       from generate_series(1, $2::int) n`,
      [id, size.projectsEach],
    )
  }
  const workers: Worker[] = []
  for (let n = 0; n < people; n += 1) {
    const organizationId = studios[n % size.studios] as string
    const [userId, sessionId] = [newId(), newId()]
    const email = `worker-${n}@example.test`
    await owner.query(
      `insert into users (id, email_cipher, email_index, password_hash, display_name) values ($1, $2, $3, $4, $5)`,
      [
        userId,
        crypto.encrypt(email, 'users.email'),
        crypto.blindIndex(email, 'users.email'),
        passwordHash,
        `Worker ${n}`,
      ],
    )
    await owner.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'manager')`, [
      organizationId,
      userId,
    ])
    await owner.query(
      `insert into sessions (id, user_id, active_organization_id, refresh_hash, expires_at) values ($1, $2, $3, $4, now() + interval '1 day')`,
      [sessionId, userId, organizationId, randomUUID()],
    )
    workers.push({ organizationId, userId, email, token: tokenOf({ userId, sessionId }) })
  }
  await owner.query('vacuum analyze')
  return workers
}

/** A JSON Web Token (RFC 7519) as the server signs them. */
function signToken(secret: string, audience: string, { userId, sessionId }: { userId: string; sessionId: string }) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const claims = { sub: userId, sid: sessionId, iat: now, exp: now + 24 * 3600, iss: 'sparkleclassic', aud: audience }
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

async function ready(child: ChildProcess): Promise<void> {
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(' is ready after ')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
