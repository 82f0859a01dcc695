import { parseArgs } from 'node:util'
import pino from 'pino'
import { readConfig } from './config.ts'
import type { Database } from './core/in-tenant.ts'
import { findStudio } from './db/system-studios.ts'
import { listOrganizations } from './db/system.ts'
import { describeFault } from './modules/audit/describe-fault.ts'
import { verifyChain } from './modules/audit/verify-chain.ts'
import { explain, start } from './runtime.ts'

/**
 * `pnpm audit:verify [--studio slug]`: walks the audit chains of all studios, or of one, and names the first link of each
 * that does not hold. Ends with 1 where there is one, with 2 where it could not look.
 */
try {
  const { values } = parseArgs({ options: { studio: { type: 'string' } } })
  const config = readConfig(process.env)
  const log = pino({ level: 'warn' }, pino.destination(2))
  const { deps, stop } = await start({ ...config, roles: [], demo: false }, log)
  try {
    const studios = values.studio ? [await idOf(deps.db, values.studio)] : await listOrganizations(deps.db, false)
    for (const organizationId of studios) {
      const chain = await verifyChain(deps, organizationId, new Date())
      const place = chain.fault ? describeFault(chain.fault) : `holds, ${chain.verifiedSeals} records`
      console.info(`${values.studio ?? organizationId}: ${place}; head ${chain.head?.hash ?? 'none'}`)
      if (chain.fault) process.exitCode = 1
    }
  } finally {
    await stop()
  }
} catch (error) {
  console.error(explain(error) ?? error)
  process.exitCode = 2
}

async function idOf(db: Database, slug: string): Promise<string> {
  const studio = await findStudio(db, slug)
  if (!studio) throw new Error(`There is no studio "${slug}".`)
  return studio.organizationId
}
