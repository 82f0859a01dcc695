import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cloneDatabase } from './database.ts'
import { startNginx } from './parts/nginx.ts'
import { freePort } from './parts/process.ts'
import { startRedis } from './parts/redis.ts'
import { type S3Server, startS3 } from './parts/s3.ts'
import { type ServerProcess, startServerProcess } from './parts/server-process.ts'
import { type MailCatcher, startSmtp } from './parts/smtp.ts'

export interface SplitWorld {
  studioOrigin: string
  gamesOrigin: string
  /** Addresses of the single processes, behind the proxy's back. */
  apis: [string, string]
  hosts: [string, string]
  /** All six of them: api, worker and host, two of each. */
  processes: ServerProcess[]
  /** The folder they would keep things in if they kept any. */
  dataDir: string
  s3: S3Server & { bucket: string }
  mails: MailCatcher
  stop(): Promise<void>
}

/**
 * What docker-compose.yml describes, as plain processes under production's rules: schema by `migrate.ts` as the owner,
 * api, worker and host twice each, PostgreSQL, Redis, S3 and SMTP, nginx in front. The demo is put in by `seed.ts`.
 */
export async function startSplitWorld(): Promise<SplitWorld> {
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const close of stops.splice(0).reverse()) await close()
  }
  const keep = <T extends { stop(): Promise<unknown> }>(part: T): T => {
    stops.push(() => part.stop())
    return part
  }
  try {
    const database = await cloneDatabase()
    stops.push(() => database.drop())
    const dataDir = await mkdtemp(join(tmpdir(), 'sparkle-split-'))
    stops.push(() => rm(dataDir, { recursive: true, force: true }))
    const [redis, s3, mails] = [keep(await startRedis()), keep(await startS3()), keep(await startSmtp())]
    const ports = await Promise.all(Array.from({ length: 6 }, freePort))
    const [port = 0, gamesPort = 0, apiA = 0, apiB = 0, hostA = 0, hostB = 0] = ports
    const bucket = 'sparkle-split'
    const studioOrigin = `http://localhost:${port}`
    const gamesOrigin = `http://127.0.0.1:${gamesPort}`
    const settings = {
      NODE_ENV: 'production',
      PUBLIC_ORIGIN: studioOrigin,
      GAMES_ORIGIN: gamesOrigin,
      DATABASE_URL: database.appUrl,
      REDIS_URL: redis.url,
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      SMTP_URL: mails.url,
      JWT_SECRET: randomBytes(32).toString('base64url'),
      DATA_KEYS: randomBytes(32).toString('base64'),
      VAPID_PRIVATE_KEY: randomBytes(32).toString('base64url'),
      TRUST_PROXY: '1',
      DATA_DIR: dataDir,
    }
    const asOwner = { ...settings, DATABASE_OWNER_URL: database.ownerUrl }
    await runToEnd('migrate.ts', asOwner)
    // Its passwords are public, so production refuses to seed the demo.
    await runToEnd('demo/seed.ts', { ...asOwner, NODE_ENV: 'development' })

    const run = (own: Record<string, string>) => keep(startServerProcess('server.ts', { ...settings, ...own }))
    const processes = [
      run({ ROLES: 'api', PORT: String(apiA) }),
      run({ ROLES: 'api', PORT: String(apiB) }),
      run({ ROLES: 'worker' }),
      run({ ROLES: 'worker' }),
      run({ ROLES: 'host', GAMES_PORT: String(hostA) }),
      run({ ROLES: 'host', GAMES_PORT: String(hostB) }),
    ]
    await Promise.all(processes.map((one) => one.ready()))
    keep(await startNginx({ port, apis: [apiA, apiB], gamesPort, hosts: [hostA, hostB], filesOrigin: s3.endpoint }))
    return {
      studioOrigin,
      gamesOrigin,
      apis: [`http://127.0.0.1:${apiA}`, `http://127.0.0.1:${apiB}`],
      hosts: [`http://127.0.0.1:${hostA}`, `http://127.0.0.1:${hostB}`],
      processes,
      dataDir,
      s3: { ...s3, bucket },
      mails,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function runToEnd(program: string, settings: Record<string, string>): Promise<void> {
  const one = startServerProcess(program, settings)
  const { code } = await one.ended
  if (code !== 0) throw new Error(`${program} ended with ${code}. It said:\n${one.output()}`)
}
