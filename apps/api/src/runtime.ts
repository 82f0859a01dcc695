import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pino, { type Logger } from 'pino'
import { createClamdScanner } from './adapters/clamd-scan.ts'
import { createCdnPurge } from './adapters/cdn-purge.ts'
import { createFolderMailer } from './adapters/folder-mail.ts'
import { createLocalStore } from './adapters/local-store.ts'
import { createMemoryShared } from './adapters/memory-shared.ts'
import { createRedisShared } from './adapters/redis-shared.ts'
import type { ObjectStore } from './adapters/object-store.ts'
import { createS3Store, type S3Settings } from './adapters/s3-store.ts'
import { createFolderSms } from './adapters/folder-sms.ts'
import { createSmtpMailer } from './adapters/smtp-mail.ts'
import { noScanner } from './adapters/virus-scan.ts'
import { createTwilioSms } from './adapters/twilio-sms.ts'
import { createTxtRecords } from './adapters/txt-records.ts'
import { createPushSender } from './adapters/web-push.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError } from './config.ts'
import { createCrypto } from './core/crypto.ts'
import { withoutValues } from './core/db-fault.ts'
import { connect } from './core/in-tenant.ts'
import { openListener } from './core/listener.ts'
import { seldom } from './core/seldom.ts'
import { addAuditPartitions, auditPartitionsState } from './db/system-audit.ts'
import { assertRuntimeRole, UnsafeRoleError } from './db/assert-role.ts'
import { MigrationError } from './db/migrate.ts'
import { closePool, openPool } from './db/pool.ts'
import { openDatabase } from './embedded/database.ts'
import { EmbeddedPostgresError } from './embedded/errors.ts'
import { noteStudio, StudioRunsError, studioThatRuns } from './embedded/studio-note.ts'
import { openSecrets } from './embedded/secrets.ts'
import { openVapidKey } from './embedded/vapid.ts'
import { buildHost } from './hosting/host-app.ts'
import { startWorker } from './jobs/worker.ts'
import { type BackupJob, createBackupJob } from './operations/backup-job.ts'
import { operatorChores } from './operations/chores.ts'
import { assertIndexKey, WrongIndexKeyError } from './operations/index-key.ts'
import type { Deps } from './plugins/types.ts'

type Stop = () => Promise<unknown>

export interface Running {
  deps: Deps
  backups: BackupJob
  /** The schema's owner, where this process knows it. */
  ownerUrl: string | undefined
  /** Ends in reverse order of the start: no new requests, then jobs, then connections, then the database. */
  stop(): Promise<void>
}

/** Opens everything that `config.roles` need and starts them. What was opened is closed again when a later step fails. */
export async function start(config: Config, log: Logger): Promise<Running> {
  const stops: Stop[] = []
  const stop = async () => {
    for (const close of stops.splice(0).reverse()) await close()
  }
  try {
    const { deps, appUrl, ownerUrl, embedded, backups } = await open(config, log, stops)
    if (config.roles.includes('worker')) {
      const worker = await startWorker(deps, { databaseUrl: appUrl, log, chores: operatorChores(backups) })
      stops.push(() => worker.stop())
    }
    if (config.demo && ownerUrl) {
      const { seedDemo } = await import('./demo/seed-demo.ts')
      await seedDemo(deps, ownerUrl, log)
    }
    if (config.roles.includes('host'))
      stops.push(await listen(await buildHost(deps, { loggerInstance: log }), config.host, config.gamesPort))
    if (config.roles.includes('api')) {
      const app = await buildApp(deps, { loggerInstance: log })
      stops.push(await listen(app as unknown as FastifyInstance, config.host, config.port))
      if (embedded) stops.push(await noteStudio(config))
    }
    return { deps, backups, ownerUrl, stop }
  } catch (error) {
    await stop()
    throw (await studioThatRuns(config, error)) ?? error
  }
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<Stop> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw error
  }
  return () => app.close()
}

async function open(config: Config, log: Logger, stops: Stop[]) {
  const secrets = await openSecrets(config)
  const database = await openDatabase(config, {
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
  })
  stops.push(() => database.stop())
  const pool = openPool(database.appUrl, config.databasePool, `sparkle-${config.roles.join('-')}`)
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'))
  stops.push(() => closePool(pool))
  await assertRuntimeRole(pool)
  const crypto = createCrypto(secrets.dataKeys, secrets.indexKey)
  await assertIndexKey(connect(pool, crypto))
  const listener = await openListener(database.appUrl, log)
  stops.push(() => listener.close())
  const shared = config.redisUrl
    ? createRedisShared({
        url: config.redisUrl,
        onError: seldom(60, (error: Error) => log.warn({ err: error }, 'Redis does not answer')),
      })
    : createMemoryShared()
  stops.push(() => shared.close())
  if (!config.redisUrl && config.roles.length < 3)
    log.warn('REDIS_URL is not set: rate limits and presence are counted by each process for itself')

  if (!config.clamavUrl && config.production) log.warn('CLAMAV_URL is not set: uploads are not scanned for viruses')

  const folder = resolve(config.dataDir)
  const store = config.s3
    ? await openS3(config.s3, config.publicOrigin, log)
    : createLocalStore({ root: join(folder, 'objects'), crypto, publicOrigin: config.publicOrigin })
  const mailer = config.smtpUrl
    ? createSmtpMailer({ url: config.smtpUrl, from: config.mailFrom })
    : createFolderMailer({ folder: join(folder, 'mail'), from: config.mailFrom })
  stops.push(() => mailer.close())
  const vapidKey = await openVapidKey(config)
  if (!vapidKey) log.warn('VAPID_PRIVATE_KEY is not set: nobody can get notifications as web push')
  const db = connect(pool, crypto)
  await turnAuditMonths(db, log)
  const deps: Deps = {
    config,
    db,
    listener,
    store,
    scanner: config.clamavUrl ? createClamdScanner(config.clamavUrl) : noScanner,
    mailer,
    sms: config.sms ? createTwilioSms(config.sms, config.outgoing) : createFolderSms({ folder: join(folder, 'sms') }),
    push: vapidKey ? createPushSender({ privateKey: vapidKey, subject: config.vapidSubject }, config.outgoing) : null,
    txtRecords: createTxtRecords(config.dnsServers),
    cdnPurge: config.cdnPurge ? createCdnPurge(config.cdnPurge, config.outgoing) : null,
    shared,
    crypto,
    jwtSecret: secrets.jwtSecret,
  }
  const { ownerUrl, adminUrl } = database
  const backups = createBackupJob({ config, store, indexKey: secrets.indexKey, ownerUrl, adminUrl })
  return { deps, appUrl: database.appUrl, ownerUrl, embedded: database.embedded, backups }
}

/** Rows of a month without a partition are kept all the same, so that this never keeps the studio from starting. */
async function turnAuditMonths(db: Deps['db'], log: Logger): Promise<void> {
  try {
    await addAuditPartitions(db)
    const { strays } = await auditPartitionsState(db)
    if (strays > 0) log.warn({ strays }, 'rows of the audit log lie outside of any month')
  } catch (error) {
    log.warn({ err: error }, 'the audit log has no partitions for the months to come; the worker tries again')
  }
}

/** A store that is down does not keep the studio from starting: all but files works, and deep health tells. */
async function openS3(settings: S3Settings, publicOrigin: string, log: Logger): Promise<ObjectStore> {
  const store = createS3Store(settings)
  try {
    await store.prepare(publicOrigin)
  } catch (error) {
    log.error({ err: error }, 'the object store cannot be used: check the S3 settings and that its server is running')
  }
  return store
}

const unwritable = new Set(['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'])

/** What a person at the terminal can do about a failed start; undefined where only the stack helps. */
export function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof UnsafeRoleError || error instanceof WrongIndexKeyError)
    return error.message
  if (error instanceof EmbeddedPostgresError || error instanceof MigrationError || error instanceof StudioRunsError)
    return error.message
  const { code, port, path, address } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or set PORT (studio) or GAMES_PORT (games) to a free one.`
  if (code === 'EADDRNOTAVAIL') return `HOST ${address ?? ''} is not an address of this machine.`
  if (code && unwritable.has(code))
    return `${path ?? 'The data folder'} cannot be written (${code}). Set DATA_DIR to a folder that you may write to.`
  if (code === 'ENOSPC') return 'The disk is full. Make room, or set DATA_DIR to a folder on another one.'
  if (code === 'ECONNREFUSED') return 'The database does not answer. Check DATABASE_URL and that the server is running.'
  if (code === '28P01') return 'The database refuses the password in DATABASE_URL.'
  return undefined
}

const hurrySeconds = 15

/** The life of a server process: start, say where to look, stop cleanly on SIGTERM and SIGINT. */
export async function main(read: () => Config, narrow: (config: Config) => Config = (config) => config): Promise<void> {
  const began = performance.now()
  let running: Running
  let config: Config
  try {
    config = narrow(read())
    const log = pino(
      {
        level: config.logLevel,
        redact: ['req.headers.authorization', 'req.headers.cookie'],
        serializers: { err: (error: Error) => pino.stdSerializers.err(withoutValues(error) as Error) },
      },
      pino.destination(2),
    )
    running = await start(config, log)
  } catch (error) {
    const advice = explain(error)
    console.error(advice ? `SparkleClassic does not start.\n${advice}` : error)
    process.exit(1)
  }
  announce(config, Math.round(performance.now() - began))

  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), hurrySeconds * 1000).unref()
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`The stop after ${signal} was not clean:`, error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
}

function announce(config: Config, milliseconds: number): void {
  const lines = [`SparkleClassic ${config.version} is ready after ${milliseconds} ms (${config.roles.join(', ')}).`]
  if (config.roles.includes('api'))
    lines.push(`  Studio  ${config.publicOrigin}`, `  API     ${config.publicOrigin}/api/docs`)
  if (config.roles.includes('host')) lines.push(`  Games   ${config.gamesOrigin}`)
  if (config.roles.includes('api') && config.demo)
    lines.push(
      `  Demo    sign in as manager@sparkle.test (or admin@, artist@, client@) with sparkle-demo-2026`,
      `          order a game at ${config.publicOrigin}/order/sparkle, play one at ${config.gamesOrigin}/buttercup/`,
    )
  if (!config.smtpUrl) lines.push(`  Mail    is caught in ${join(config.dataDir, 'mail')}`)
  console.info(lines.join('\n'))
}
