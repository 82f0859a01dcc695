import { tmpdir } from 'node:os'
import Fastify from 'fastify'
import pg from 'pg'
import pino from 'pino'
import { createFolderSms } from '../../src/adapters/folder-sms.ts'
import { createFolderMailer } from '../../src/adapters/folder-mail.ts'
import { createLocalStore } from '../../src/adapters/local-store.ts'
import { createMemoryShared } from '../../src/adapters/memory-shared.ts'
import { noScanner } from '../../src/adapters/virus-scan.ts'
import { createTxtRecords } from '../../src/adapters/txt-records.ts'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createCrypto } from '../../src/core/crypto.ts'
import { connect } from '../../src/core/in-tenant.ts'
import { openListener } from '../../src/core/listener.ts'
import { openPool } from '../../src/db/pool.ts'
import { benchSession, benchUser, studioId } from './api-data.ts'

/**
 * One server of the comparison, in a process of its own: `real` is `buildApp` with every plugin, logging each request
 * as in production; `bare` is Fastify and `pg` with the same statement, prepared, as a role without row-level security.
 */
const [, , kind, url] = process.argv as [string, string, 'real' | 'bare', string]
const origin = kind === 'real' ? await real(url) : await bare(url)
process.send?.(origin)

async function real(appUrl: string) {
  const config = readConfig({ RATE_LIMIT_PER_MINUTE: '1000000000', DATA_DIR: tmpdir() })
  const crypto = createCrypto([Buffer.alloc(32, 1)])
  const app = await buildApp(
    {
      config,
      db: connect(openPool(appUrl, 8, 'bench'), crypto),
      listener: await openListener(appUrl, console),
      store: createLocalStore({ root: tmpdir(), crypto, publicOrigin: config.publicOrigin }),
      scanner: noScanner,
      mailer: createFolderMailer({ folder: tmpdir(), from: config.mailFrom }),
      sms: createFolderSms({ folder: tmpdir() }),
      push: null,
      txtRecords: createTxtRecords(),
      cdnPurge: null,
      shared: createMemoryShared(),
      crypto,
      jwtSecret: 'a secret that only the benchmark uses',
    },
    { loggerInstance: pino({ level: 'info' }, pino.destination('/dev/null')) },
  )
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  return { address, token: app.jwt.sign({ sub: benchUser, sid: benchSession }) }
}

async function bare(ownerUrl: string) {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 8, options: '-c timezone=UTC' })
  pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, String)
  const app = Fastify()
  const text = process.env['BENCH_STATEMENT'] ?? ''
  app.get('/projects', async () => {
    const { rows } = await pool.query({ name: 'list', text, values: [studioId(7)] })
    return { items: rows.slice(0, 20), nextCursor: rows.length > 20 ? rows[19].id : null }
  })
  return { address: await app.listen({ port: 0, host: '127.0.0.1' }), token: '' }
}
