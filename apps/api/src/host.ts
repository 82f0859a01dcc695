import { readConfig } from './config.ts'
import { main } from './runtime.ts'

/** A process of its own for the role `host`, whatever `ROLES` says. */
await main(
  () => readConfig(process.env),
  (config) => ({ ...config, roles: ['host'] }),
)
