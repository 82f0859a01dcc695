import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheFolder } from './place.mjs'

const notes = join(cacheFolder, 'runs')
const patienceSeconds = 15

/**
 * Notes which servers this process started, for `retireOrphans` of a later run.
 * @param {number[]} pids
 * @returns {() => void} takes the note back once they have ended
 */
export function noteRun(pids) {
  mkdirSync(notes, { recursive: true })
  const file = join(notes, `${process.pid}.json`)
  writeFileSync(file, JSON.stringify(pids))
  return () => rmSync(file, { force: true })
}

/**
 * Waits for servers whose launcher was killed hard: they stop by themselves (follow-parent.mjs), but still hold
 * their ports for a moment. One that hangs is ended.
 */
export async function retireOrphans() {
  for (const name of existsSync(notes) ? readdirSync(notes) : []) {
    if (isAlive(Number.parseInt(name, 10))) continue
    const file = join(notes, name)
    const pids = /** @type {number[]} */ (JSON.parse(readFileSync(file, 'utf8')))
    await Promise.all(pids.map(retire))
    rmSync(file, { force: true })
  }
}

/** @param {number} pid */
async function retire(pid) {
  for (const until = Date.now() + patienceSeconds * 1000; Date.now() < until; await sleep(50)) {
    if (!isOurs(pid)) return
  }
  process.kill(pid, 'SIGKILL')
}

/** A pid is given out again after a while: only a process that runs our server is waited for. @param {number} pid */
function isOurs(pid) {
  if (!isAlive(pid)) return false
  const commandLine = `/proc/${pid}/cmdline`
  if (!existsSync('/proc/self/cmdline')) return true
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('follow-parent.mjs')
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
