import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface WorkerSettings {
  /** The runtime role's database: `api.appUrl`. */
  databaseUrl: string
  /** Where files lie: `api.deps.config.dataDir`, so that API and worker see the same. */
  dataDir: string
  /** Kills itself with SIGKILL right after this step has been recorded, as `<handler>:<step>`. */
  dieAfter?: string
  /** Address (file URL) of a module that exports `handlers`; without it the worker has the real ones. */
  handlers?: string
}

export interface LogLine {
  msg: string
  job?: string
  step?: string
  attempt?: number
  eventId?: string
  [fact: string]: unknown
}

export interface WorkerProcess {
  pid: number
  lines: LogLine[]
  /** Resolves with the first log line (written already or later) that fits; rejects after `seconds`. */
  waitFor(fits: (line: LogLine) => boolean, seconds?: number): Promise<LogLine>
  /** The signal that ended it, or null for a proper end. */
  ended: Promise<NodeJS.Signals | null>
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('worker-main.ts', import.meta.url))

/** Starts a worker as a process of its own and reads its log. Resolves when it takes jobs. */
export async function startWorkerProcess(settings: WorkerSettings): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [main, JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: LogLine[] = []
  const waiting = new Set<() => void>()
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push(JSON.parse(text) as LogLine)
    for (const wake of waiting) wake()
  })
  let over = false
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => {
      over = true
      resolve(signal)
      for (const wake of waiting) wake()
    })
  })

  async function waitFor(fits: (line: LogLine) => boolean, seconds = 60): Promise<LogLine> {
    for (const until = Date.now() + seconds * 1000; ;) {
      const line = lines.find(fits)
      if (line) return line
      if (over || Date.now() >= until)
        throw new Error(
          `The worker did not say that. It said:\n${lines.map((one) => JSON.stringify(one)).join('\n')}\n${complaint}`,
        )
      await nextLine(until - Date.now())
    }
  }

  function nextLine(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, milliseconds)
      waiting.add(wake)
    })
  }

  async function stop(): Promise<void> {
    if (over) return
    child.kill('SIGTERM')
    const hard = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(hard)
  }

  await waitFor((line) => line.msg === 'ready')
  return { pid: child.pid ?? 0, lines, waitFor, ended, stop }
}
