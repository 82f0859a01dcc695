import { type ChildProcess, spawn } from 'node:child_process'
import { open, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { EmbeddedPostgresError } from './errors.ts'
import type { ServerUser } from './posix-user.ts'
import { readIfThere, readPostmaster, stopServer } from './running-server.ts'

/** Where one embedded database keeps its things, and who runs it. */
export type Place = {
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

/** Nothing of ours leaks into the server's environment, and its messages stay English for `explain`. */
export const serverEnvironment = { LANG: 'C', LC_MESSAGES: 'C', TZ: 'UTC' }

/** Starts the server of a finished cluster and waits until it takes connections; returns its port. */
export async function launch(place: Place, options: { port?: number; fast?: boolean }): Promise<number> {
  const kept = Number(await readIfThere(place.portFile)) || undefined
  for (const port of [options.port ?? kept ?? (await freePort()), await freePort(), await freePort()]) {
    const trouble = await tryLaunch(place, port, options.fast ?? false)
    if (!trouble) {
      await writeFile(place.portFile, String(port))
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
    return undefined
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
    if (postmaster && postmaster.pid === server.pid && postmaster.ready) return true
  }
  if (server.pid) await stopServer(server.pid)
  return false
}

function explainPort(port: number): string {
  return `Port ${port} on 127.0.0.1 is taken by another program, so the database cannot listen there.`
}

function explain(place: Place, said: string): string {
  const version = /initialized by PostgreSQL version (\S+),/.exec(said)?.[1]
  if (version)
    return `${place.cluster} was made by PostgreSQL ${version}, this release brings 18. Set another DATA_DIR.`
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
