import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findBinaries } from './binaries.ts'
import { makeDataDir } from './data-dir.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { launch, type Place, serverEnvironment } from './launch.ts'
import { assertReachable, giveTo, resolveServerUser } from './posix-user.ts'
import {
  forgetPostmaster,
  isAlive,
  isServerOf,
  processMark,
  readIfThere,
  readPostmaster,
  stopServer,
} from './running-server.ts'

export type EmbeddedPostgresOptions = {
  /** Folder for everything the database keeps: the cluster and, beside it, its password, port and log. */
  dataDir: string
  /** A fixed port. Without one a free port is chosen and kept for the next start. */
  port?: number
  /** For tests only: no fsync, so a power cut may destroy the data. */
  fast?: boolean
  log: { info(message: string): void; warn(message: string): void }
}

export type EmbeddedPostgres = {
  /** Connection of the superuser `postgres` to the database `postgres`. Holds the password: never log it. */
  superUrl: string
  port: number
  /** `started` by this call, `reused` after its former owner was killed, or `shared` with an owner that is alive. */
  origin: 'started' | 'reused' | 'shared'
  /** The connection string of another role or database of this server. */
  urlOf(role: string, password: string, database: string): string
  /** Stops the server and waits for its end; does nothing where another living process owns it (`shared`). */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL 18 on 127.0.0.1 in `dataDir`, or takes over the one a killed owner left running there.
 * Makes no role, no database and no table. Throws {@link EmbeddedPostgresError} with advice when it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await preparePlace(resolve(options.dataDir))
  const password = await ensurePassword(place.passwordFile)
  const found = await findRunning(place, password, options.log)
  if (found?.origin === 'shared') return handle(place, password, found.port, 'shared')

  await writeFile(place.ownerFile, await processMark(process.pid))
  if (found) return handle(place, password, found.port, 'reused')

  await ensureCluster(place, password)
  const port = await launch(place, options)
  await assertOurPassword(place, password, port)
  return handle(place, password, port, 'started')
}

async function preparePlace(folder: string): Promise<Place> {
  const binaries = findBinaries()
  const user = await resolveServerUser()
  try {
    await makeDataDir(folder)
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new EmbeddedPostgresError(
      `The data folder ${folder} cannot be written (${code}). Set DATA_DIR to a folder that you may write to.`,
      { cause },
    )
  }
  const cluster = join(folder, 'postgres')
  await assertReachable(user, cluster, 'the data folder', 'Set DATA_DIR to a folder such as /var/lib/sparkleclassic.')
  await assertReachable(
    user,
    binaries.postgres,
    'the PostgreSQL program',
    'Move the project out of this folder (to /srv, for instance), or run it as an ordinary user.',
  )
  const beside = (suffix: string) => join(folder, `postgres.${suffix}`)
  return {
    folder,
    cluster,
    portFile: beside('port'),
    passwordFile: beside('password'),
    ownerFile: beside('owner'),
    logFile: beside('log'),
    user,
    binaries,
  }
}

async function ensurePassword(path: string): Promise<string> {
  const known = (await readIfThere(path))?.trim()
  if (known) return known
  const password = randomBytes(24).toString('base64url')
  await writeFile(path, password, { mode: 0o600 })
  return password
}

async function findRunning(
  place: Place,
  password: string,
  log: EmbeddedPostgresOptions['log'],
): Promise<{ port: number; origin: 'reused' | 'shared' } | undefined> {
  const left = await readPostmaster(place.cluster)
  if (!left) return undefined
  if (!(await isServerOf(place.cluster, left.pid))) {
    await forgetPostmaster(place.cluster)
    return undefined
  }
  if (await answers(superUrl(password, left.port))) {
    const shared = await hasLivingOwner(place.ownerFile)
    if (!shared) log.info('The database of a start that was killed is still running; it is used again.')
    return { port: left.port, origin: shared ? 'shared' : 'reused' }
  }
  log.warn('A database left by an earlier start does not answer; it is stopped and started again.')
  await stopServer(left.pid)
  return undefined
}

async function hasLivingOwner(ownerFile: string): Promise<boolean> {
  const mark = (await readIfThere(ownerFile))?.trim()
  const pid = Number(mark?.split(' ')[0])
  return pid > 0 && (await isAlive(pid)) && (await processMark(pid)) === mark
}

/**
 * Makes the cluster in a folder of another name and renames it when complete: initdb writes PG_VERSION first, so
 * one that was killed half-way would otherwise look like a cluster.
 */
async function ensureCluster({ cluster, folder, user, binaries }: Place, password: string): Promise<void> {
  if (await readIfThere(join(cluster, 'PG_VERSION'))) return
  const fresh = `${cluster}.new`
  const passwordFile = join(folder, 'postgres.initdb')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  await Promise.all([giveTo(user, fresh), giveTo(user, passwordFile)])
  try {
    const flags = [
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--lc-messages=C',
      '--no-instructions',
    ]
    await promisify(execFile)(
      binaries.initdb,
      [`--pgdata=${fresh}`, '--username=postgres', `--pwfile=${passwordFile}`, ...flags],
      { ...user, env: serverEnvironment, cwd: folder },
    )
  } catch (cause) {
    const said = (cause as { stderr?: string }).stderr?.trim() || String(cause)
    throw new EmbeddedPostgresError(`The database could not be created in ${cluster}:\n${said}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(fresh, cluster)
}

/** A password file that was lost or replaced would otherwise show later, as a refused sign-in somewhere else. */
async function assertOurPassword(place: Place, password: string, port: number): Promise<void> {
  if (await answers(superUrl(password, port))) return
  const postmaster = await readPostmaster(place.cluster)
  if (postmaster) await stopServer(postmaster.pid)
  throw new EmbeddedPostgresError(
    `The password in ${place.passwordFile} does not open the database in ${place.cluster}. Restore that file, or set DATA_DIR to another folder.`,
  )
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  // A connection that breaks later on emits `error`; unheard it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end()
  }
}

function superUrl(password: string, port: number): string {
  return urlFor('postgres', password, port, 'postgres')
}

function urlFor(role: string, password: string, port: number, database: string): string {
  return `postgres://${encodeURIComponent(role)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

function handle(place: Place, password: string, port: number, origin: EmbeddedPostgres['origin']): EmbeddedPostgres {
  return {
    superUrl: superUrl(password, port),
    port,
    origin,
    urlOf: (role, rolePassword, database) => urlFor(role, rolePassword, port, database),
    async stop() {
      if (origin === 'shared') return
      const running = await readPostmaster(place.cluster)
      if (running && (await isServerOf(place.cluster, running.pid))) await stopServer(running.pid)
      await rm(place.ownerFile, { force: true })
    },
  }
}
