import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createLocalStore } from '../../src/adapters/local-store.ts'
import { createCrypto } from '../../src/core/crypto.ts'
import { migrateDatabase } from '../../src/db/migrate.ts'
import { ensureDatabase, rolePasswords } from '../../src/embedded/database.ts'
import { startEmbeddedPostgres } from '../../src/embedded/postgres.ts'
import { arrange, gameBuild, testDataKey } from '../../test/hosting.ts'

export interface HostingData {
  appUrl: string
  /** Where the objects lie. */
  objects: string
  /** A folder for what the peers need. */
  folder: string
  digest: string
  stop(): Promise<void>
}

/** A PostgreSQL of its own with one studio and one game, live at `slug` on `host`. */
export async function openHostingData(host: string, slug: string): Promise<HostingData> {
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-bench-hosting-'))
  // PostgreSQL and nginx give up root, and have to get through.
  await chmod(folder, 0o755)
  const database = 'bench_hosting'
  const log = { info: () => undefined, warn: (message: string) => console.warn(message) }
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data'), fast: true, log })
  const passwords = rolePasswords(server.superUrl)
  await ensureDatabase(server.superUrl, passwords, database)
  const ownerUrl = server.urlOf('owner', passwords.owner, database)
  await migrateDatabase(ownerUrl)

  const objects = join(folder, 'objects')
  const store = createLocalStore({
    root: objects,
    crypto: createCrypto([testDataKey]),
    publicOrigin: 'http://localhost',
  })
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 })
  const studio = await arrange(owner, store, host)
  const { id, digest } = await studio.addBuild(await gameBuild(1))
  await studio.addUrl(slug, id)
  await owner.end()
  return {
    appUrl: server.urlOf('app', passwords.app, database),
    objects,
    folder,
    digest,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What the host answers with, to be served alike by the peers. */
export interface Specimen {
  /** Path under which the peers serve it. */
  name: string
  body: Buffer
  /** Headers that the peers have to be told to send. */
  headers: [string, string][]
}

const ofTheServer = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'etag',
  'accept-ranges',
  'content-type',
])

/** A request as it is: `fetch` would decode the body, and add headers of its own to a conditional one. */
export function ask(url: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const asking = request(url, { headers }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) }),
      )
    })
    asking.on('error', reject).end()
  })
}

export async function takeSpecimen(url: string, name: string): Promise<Specimen> {
  const { headers, body } = await ask(url, { 'accept-encoding': 'br' })
  const told = Object.entries(headers).filter(([key]) => !ofTheServer.has(key))
  return { name, body, headers: told.map(([key, value]) => [key, String(value)]) }
}

/** Writes specimens and a configuration by which nginx, with one worker, sends the same bytes with the same headers. */
export async function writeNginx(folder: string, port: number, specimens: readonly Specimen[]): Promise<string> {
  const root = join(folder, 'nginx')
  await mkdir(root, { recursive: true })
  await chmod(root, 0o755)
  const places: string[] = []
  for (const { name, body, headers } of specimens) {
    await writeFile(join(root, name), body)
    const lines = headers.map(([key, value]) => `      add_header ${key} "${value.replaceAll('"', '\\"')}";`)
    places.push(`    location = /${name} {\n${lines.join('\n')}\n    }`)
  }
  const file = join(folder, 'nginx.conf')
  await writeFile(
    file,
    `daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
error_log stderr crit;
events { worker_connections 1024; }
http {
  default_type "text/html; charset=utf-8";
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  open_file_cache_valid 60s;
  client_body_temp_path ${join(folder, 'temp-body')};
  proxy_temp_path ${join(folder, 'temp-proxy')};
  fastcgi_temp_path ${join(folder, 'temp-fastcgi')};
  uwsgi_temp_path ${join(folder, 'temp-uwsgi')};
  scgi_temp_path ${join(folder, 'temp-scgi')};
  server {
    listen 127.0.0.1:${port};
    root ${root};
${places.join('\n')}
  }
}
`,
  )
  return file
}
