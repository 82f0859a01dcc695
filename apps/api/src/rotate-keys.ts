import pino from 'pino'
import { readConfig } from './config.ts'
import { rotateKeys } from './operations/rotate-keys.ts'
import { recordRun } from './operations/runs.ts'
import { explain, start } from './runtime.ts'

/** `pnpm rotate-keys`: brings all encrypted columns under the first of DATA_KEYS, while the servers go on working. */
try {
  const config = readConfig(process.env)
  const { deps, stop } = await start(
    { ...config, roles: [], demo: false },
    pino({ level: config.logLevel }, pino.destination(2)),
  )
  const startedAt = new Date()
  const { rotated, counts, stale } = await rotateKeys(deps.db, deps.crypto, {
    onProgress: (done) => process.stderr.isTTY && process.stderr.write(`\r${done} values`),
  })
  await recordRun(deps.db, 'rotation', stale === 0 ? 'passed' : 'failed', startedAt, { rotated, stale })
  await stop()
  console.info(`\n${rotated} values were encrypted anew.`)
  console.table(counts)
  const { newestKeyId, keyIds } = deps.crypto
  const rest = keyIds.filter((id) => id !== newestKeyId)
  if (stale === 0) console.info(`All are under ${newestKeyId}. May leave DATA_KEYS now: ${rest.join(', ') || 'none'}.`)
  else {
    console.error(`${stale} values are under older keys still: is a process running that does not know the new one?`)
    process.exitCode = 1
  }
} catch (error) {
  console.error(explain(error) ?? error)
  process.exitCode = 1
}
