import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createMemoryShared } from './adapters/memory-shared.ts'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { createCrypto } from './core/crypto.ts'
import type { Deps } from './plugins/types.ts'

/**
 * `pnpm openapi`: writes the specification of the routes to openapi/openapi.json; `--print` writes it to the standard
 * output instead. Needs no database: nothing is asked while routes are registered, and a `Deps` member that were used
 * would fail loudly.
 */
const unused = <T extends object>(what: string): T =>
  new Proxy({} as T, {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'then') return undefined
      throw new Error(`${what}.${key} was used while the routes were being registered.`)
    },
  })

const deps: Deps = {
  config: readConfig({}),
  db: unused('db'),
  listener: { on: () => () => undefined, close: async () => undefined },
  store: Object.assign(unused<Deps['store']>('store')),
  scanner: unused('scanner'),
  mailer: unused('mailer'),
  sms: unused('sms'),
  push: null,
  txtRecords: unused('txtRecords'),
  cdnPurge: null,
  shared: createMemoryShared(),
  crypto: createCrypto([Buffer.alloc(32)]),
  jwtSecret: 'only for writing the specification, never used',
}
const app = await buildApp(deps, { logger: false })
await app.ready()
const text = `${JSON.stringify(app.swagger(), null, 2)}\n`
if (process.argv.includes('--print')) process.stdout.write(text)
else await writeFile(fileURLToPath(new URL('../../../openapi/openapi.json', import.meta.url)), text)
await app.close()
await deps.shared.close()
