import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, realpath, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './errors.ts'

const run = promisify(execFile)

/** What `postmaster.pid` says about the server of a cluster. */
export type Postmaster = { pid: number; port: number; ready: boolean }

/** Reads `postmaster.pid`; undefined where there is none or it is still being written. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const text = await readIfThere(join(cluster, 'postmaster.pid'))
  const lines = text?.split('\n') ?? []
  const pid = Number(lines[0])
  const port = Number(lines[3])
  return Number.isInteger(pid) && pid > 0 && port > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : undefined
}

/** The text of a file, undefined where there is none. A file of /proc ends with ESRCH when its process does. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}

/** True while the process exists; a zombie nobody has reaped (a container without init) counts as gone. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return (await processStat(pid))?.state !== 'Z'
}

/** Pids are given out again; pid and start time together name one process. Without /proc the pid alone has to do. */
export async function processMark(pid: number): Promise<string> {
  return `${pid} ${(await processStat(pid))?.startedTicks ?? ''}`.trim()
}

/** proc(5): the second field of `stat` is the name in brackets and may hold blanks, so count from its end. */
async function processStat(pid: number): Promise<{ state: string; startedTicks: string } | undefined> {
  const text = await readIfThere(`/proc/${pid}/stat`)
  if (!text) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', startedTicks: fields[19] ?? '' }
}

/** True when the process is a postgres working on this cluster, and not a stranger that was given its old pid. */
export async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  const command = await commandLine(pid)
  const [program = '', ...rest] = command
  if (!/^postgres(\.exe)?$/.test(basename(program))) return false
  const folder = await realpath(cluster)
  return rest.some((word) => word === cluster || word === folder)
}

async function commandLine(pid: number): Promise<string[]> {
  if (existsSync('/proc/self/cmdline')) {
    return ((await readIfThere(`/proc/${pid}/cmdline`)) ?? '').split('\0').filter((word) => word !== '')
  }
  const { stdout } = await run('ps', ['-p', String(pid), '-o', 'command='])
  return stdout.trim().split(' ')
}

/**
 * Stops a server: first "fast" (SIGINT: roll back, checkpoint, end), then "immediate" (SIGQUIT), both as
 * pg_ctl does. SIGKILL is left out on purpose: it orphans the server's children, which then hold the data folder.
 */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, seconds] of [
    ['SIGINT', 20],
    ['SIGQUIT', 5],
  ] as const) {
    if (!(await isAlive(pid))) return
    process.kill(pid, signal)
    if (await hasEnded(pid, seconds)) return
  }
  throw new EmbeddedPostgresError(`The embedded PostgreSQL (process ${pid}) does not stop. End it by hand.`)
}

async function hasEnded(pid: number, seconds: number): Promise<boolean> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await sleep(10)) {
    if (!(await isAlive(pid))) return true
  }
  return false
}

/** Removes the pid file of a server that is gone, whose pid now belongs to somebody else. */
export async function forgetPostmaster(cluster: string): Promise<void> {
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}
