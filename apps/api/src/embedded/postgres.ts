import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Binaries, findBinaries } from './binaries.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { assertReachable, giveTo, resolveServerUser, type ServerUser } from './posix-user.ts'
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

type Place = {
  folder: string
  cluster: string
  portFile: string
  passwordFile: string
  ownerFile: string
  logFile: string
  user: ServerUser
  binaries: Binaries
}

const startSeconds = 60

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
  const port = await launch(place, password, options)
  return handle(place, password, port, 'started')
}

async function preparePlace(folder: string): Promise<Place> {
  const binaries = findBinaries()
  const user = await resolveServerUser()
  try {
    await mkdir(folder, { recursive: true })
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

/** Nothing of ours leaks into the server's environment, and its messages stay English for `explain`. */
const serverEnvironment = { LANG: 'C', LC_MESSAGES: 'C', TZ: 'UTC' }

async function launch(place: Place, password: string, options: EmbeddedPostgresOptions): Promise<number> {
  const kept = Number(await readIfThere(place.portFile)) || undefined
  for (const port of [options.port ?? kept ?? (await freePort()), await freePort(), await freePort()]) {
    const trouble = await tryLaunch(place, port, options.fast ?? false)
    if (!trouble) {
      await writeFile(place.portFile, String(port))
      await assertOurPassword(place, password, port)
      return port
    }
    const portTaken = /could not bind|Address already in use/.test(trouble)
    if (portTaken && options.port === undefined) continue
    throw new EmbeddedPostgresError(portTaken ? explainPort(port) : explain(place, trouble))
  }
  throw new EmbeddedPostgresError('No free port for the database was found on 127.0.0.1.')
}

/** Returns what the server wrote before it ended, or undefined once it answers. */
async function tryLaunch(place: Place, port: number, fast: boolean): Promise<string | undefined> {
  // A file and not a pipe: the server must be able to outlive a node that is killed. Detached: a Ctrl-C in the
  // terminal goes to the whole process group and would stop the database before the requests in flight are done.
  const logFile = await open(place.logFile, 'w', 0o600)
  try {
    const server = spawn(place.binaries.postgres, ['-D', place.cluster, '-p', String(port), ...serverFlags(fast)], {
      ...place.user,
      env: serverEnvironment,
      cwd: place.folder,
      detached: true,
      stdio: ['ignore', logFile.fd, logFile.fd],
    })
    if (!(await untilReady(server, place.cluster))) return (await readIfThere(place.logFile)) ?? ''
    server.unref()
  } finally {
    await logFile.close()
  }
}

function serverFlags(fast: boolean): string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200']
  if (fast) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  return settings.flatMap((setting) => ['-c', setting])
}

async function untilReady(server: ChildProcess, cluster: string): Promise<boolean> {
  let ended = false
  server.once('exit', () => (ended = true))
  server.once('error', () => (ended = true))
  for (const until = Date.now() + startSeconds * 1000; Date.now() < until; await sleep(20)) {
    if (ended) return false
    const postmaster = await readPostmaster(cluster)
    if (postmaster?.pid === server.pid && postmaster.ready) return true
  }
  if (server.pid) await stopServer(server.pid)
  return false
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

function explainPort(port: number): string {
  return `Port ${port} on 127.0.0.1 is taken by another program, so the database cannot listen there.`
}

function explain(place: Place, said: string): string {
  const version = /initialized by PostgreSQL version (\S+),/.exec(said)?.[1]
  if (version)
    return `${place.cluster} was made by PostgreSQL ${version}; this release brings 18. Set DATA_DIR to another folder.`
  if (/No space left on device/.test(said)) return `The disk that holds ${place.folder} is full.`
  const tail = said.trim().split('\n').slice(-8).join('\n')
  return `The database in ${place.cluster} did not start. Its log (${place.logFile}) ends with:\n${tail}`
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has a port')
  return address.port
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
