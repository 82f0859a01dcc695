import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Below those that systems give out by themselves (Linux begins at 32768), and none that browsers refuse to open. */
const portRange = { from: 15_000, until: 31_000 }
const given = new Set<number>()

/**
 * A port on 127.0.0.1 that nobody listens on and that stays free until its server comes, seconds later: no other call
 * gets it, and no connection or server that leaves its port to the system.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(portRange.from, portRange.until)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', () => done(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)))
  })
}

export type TestProcess = {
  pid: number
  /** Waits until the program accepts connections; throws with what it wrote when it ends or takes too long. */
  listening(port: number): Promise<void>
  /** Ends the program (by its pid, hard after five seconds) and waits for it. */
  stop(): Promise<void>
}

/** Starts a program for a test; its output is kept for the message when it does not come up. */
export function startProcess(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): TestProcess {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let written = ''
  let over = false
  child.stdout.on('data', (chunk) => (written += chunk))
  child.stderr.on('data', (chunk) => (written += chunk))
  const ended = new Promise<void>((done) => {
    const finish = (why?: Error) => {
      if (why instanceof Error) written += why.message
      over = true
      done()
    }
    child.once('exit', () => finish())
    child.once('error', finish)
  })
  async function stop(): Promise<void> {
    if (over) return
    child.kill('SIGTERM')
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
    await ended
    clearTimeout(hard)
  }
  async function listening(port: number): Promise<void> {
    for (const until = Date.now() + 60_000; Date.now() < until && !over; await sleep(15)) {
      if (await accepts(port)) return
    }
    await stop()
    throw new Error(`${program} does not listen on ${port}. It wrote:\n${written}`)
  }
  return { pid: child.pid ?? 0, listening, stop }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => done(false))
    socket.once('connect', () => {
      socket.destroy()
      done(true)
    })
  })
}
