import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A port on 127.0.0.1 that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has a port')
  return address.port
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
