import pino from 'pino'
import { readConfig } from '../config.ts'
import { explain, start } from '../runtime.ts'

/** `pnpm db:seed`: the demo's studios, people and projects in the configured database. Safe to run again. */
try {
  const config = readConfig(process.env)
  if (config.production) throw new Error('The demo has public passwords, so it is not seeded in production.')
  const running = await start(
    { ...config, roles: [], demo: true },
    pino({ level: config.logLevel }, pino.destination(2)),
  )
  await running.stop()
  console.info('The demo is in place. Sign in as manager@sparkle.test with sparkle-demo-2026.')
} catch (error) {
  console.error(explain(error) ?? error)
  process.exitCode = 1
}
