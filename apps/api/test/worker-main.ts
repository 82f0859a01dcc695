import { join } from 'node:path'
import pino from 'pino'
import { createFolderMailer } from '../src/adapters/folder-mail.ts'
import { createFolderSms } from '../src/adapters/folder-sms.ts'
import { createLocalStore } from '../src/adapters/local-store.ts'
import { createMemoryShared } from '../src/adapters/memory-shared.ts'
import { noScanner } from '../src/adapters/virus-scan.ts'
import { createTxtRecords } from '../src/adapters/txt-records.ts'
import { readConfig } from '../src/config.ts'
import type { EventHandler } from '../src/core/event-handlers.ts'
import { createCrypto } from '../src/core/crypto.ts'
import { connect } from '../src/core/in-tenant.ts'
import { openListener } from '../src/core/listener.ts'
import { openPool } from '../src/db/pool.ts'
import { startWorker } from '../src/jobs/worker.ts'
import type { Deps } from '../src/plugins/types.ts'
import type { WorkerSettings } from './worker-process.ts'

/** A worker as a process of its own, for tests that kill it; started by `startWorkerProcess`. */
const settings = JSON.parse(process.argv[2] ?? '') as WorkerSettings
const log = pino(pino.destination({ fd: 1, sync: true }))
const config = readConfig({ NODE_ENV: 'test', DATA_DIR: settings.dataDir })
const pool = openPool(settings.databaseUrl, 6, 'test-worker')
const crypto = createCrypto([Buffer.alloc(32, 7)])
const deps: Deps = {
  config,
  db: connect(pool, crypto),
  listener: await openListener(settings.databaseUrl, log),
  crypto,
  store: createLocalStore({ root: join(settings.dataDir, 'objects'), crypto, publicOrigin: config.publicOrigin }),
  scanner: noScanner,
  mailer: createFolderMailer({ folder: join(settings.dataDir, 'mail'), from: config.mailFrom }),
  sms: createFolderSms({ folder: join(settings.dataDir, 'sms') }),
  push: null,
  txtRecords: createTxtRecords(config.dnsServers),
  cdnPurge: null,
  shared: createMemoryShared(),
  jwtSecret: 'a secret that only tests use, 32 bytes or more',
}
const own = settings.handlers
  ? ((await import(settings.handlers)) as { handlers: readonly EventHandler<Deps>[] }).handlers
  : undefined

const worker = await startWorker(deps, {
  databaseUrl: settings.databaseUrl,
  log,
  takeOverSeconds: 0.3,
  ...(own && { handlers: own, sweeps: [] }),
  onStep(handler, step) {
    // No handler of a signal runs, no connection is closed, no finally: as if the machine had lost its power.
    if (settings.dieAfter === `${handler}:${step}`) process.kill(process.pid, 'SIGKILL')
  },
})
log.info('ready')
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)))
