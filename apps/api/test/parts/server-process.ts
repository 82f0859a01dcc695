import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface ServerLine {
  level: number
  msg: string
  [fact: string]: unknown
}

export interface ServerProcess {
  pid: number
  /** What it has said on both streams so far. */
  output(): string
  /** The lines of its log so far. Fails on a line that begins like one and is none. */
  log(): ServerLine[]
  /** Waits until it says that it is ready; throws with its words when it ends before that. */
  ready(): Promise<void>
  signal(name: NodeJS.Signals): void
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** Ends it, hard after twenty seconds, and waits for it; for the clean-up of a test. */
  stop(): Promise<void>
}

const sources = fileURLToPath(new URL('../../src/', import.meta.url))

/**
 * Starts one of the programs in `src` (`server.ts`, `migrate.ts`) as a plain process, as the container would: with these
 * settings and nothing else of this process's environment but PATH, and the place of compiled code.
 */
export function startServerProcess(program: string, settings: Record<string, string>): ServerProcess {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env
  const child = spawn(process.execPath, [program], {
    cwd: sources,
    env: { PATH, NODE_COMPILE_CACHE, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let over = false
  const waiting = new Set<() => void>()
  const rouse = () => waiting.forEach((wake) => wake())
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk
      rouse()
    })
  // `close` and not `exit`: its last words have arrived by then.
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      over = true
      resolve({ code, signal })
      rouse()
    })
  })

  return {
    pid: child.pid ?? 0,
    output: () => said,
    log: () =>
      said
        .slice(0, said.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as ServerLine),
    async ready() {
      while (!/ is ready after /.test(said)) {
        if (over) throw new Error(`${program} did not start. It said:\n${said}`)
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
    signal: (name) => void child.kill(name),
    ended,
    async stop() {
      if (over) return
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(hard)
    },
  }
}
