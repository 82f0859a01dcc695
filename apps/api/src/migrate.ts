import { readConfig } from './config.ts'
import { openDatabase } from './embedded/database.ts'

/** `pnpm db:migrate`: brings the configured database, or the embedded one, to the newest schema. */
const database = await openDatabase(readConfig(process.env), { info: console.info, warn: console.warn })
await database.stop()
console.info('The database has the newest schema.')
