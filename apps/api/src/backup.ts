import pino from 'pino'
import { readConfig } from './config.ts'
import { onRecord } from './operations/chores.ts'
import { explain, start } from './runtime.ts'

/** `pnpm backup`: takes a backup now; `pnpm backup --drill` restores the newest one on trial. */
const drill = process.argv.includes('--drill')
try {
  const config = readConfig(process.env)
  const { deps, backups, stop } = await start(
    { ...config, roles: [], demo: false },
    pino({ level: config.logLevel }, pino.destination(2)),
  )
  const work = drill ? () => backups.drill() : async () => ({ ...(await backups.run()) })
  const { outcome, facts } = await onRecord(deps.db, drill ? 'drill' : 'backup', work)
  await stop()
  console.info(`${drill ? 'Drill' : 'Backup'}: ${outcome}.`, facts)
  if (outcome !== 'passed') process.exitCode = 1
} catch (error) {
  console.error(explain(error) ?? error)
  process.exitCode = 1
}
