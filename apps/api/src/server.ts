import { readConfig } from './config.ts'
import { main } from './runtime.ts'

/** One process with the roles that `ROLES` names; by default all of them. */
await main(() => readConfig(process.env))
