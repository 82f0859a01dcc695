import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../apps/api/test/parts/process.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules/node/bin/node')

export interface DemoStudio {
  studioUrl: string
  gamesUrl: string
  dataDir: string
  /** What the server has written so far. */
  output(): string
  /** SIGTERM, and its end; then the data is deleted. Answers the exit code. */
  stop(): Promise<number | null>
}

/** Where a studio is reached; both are free until its server listens. */
export interface StudioPlace {
  studioUrl: string
  gamesUrl: string
}

export const demoPassword = 'sparkle-demo-2026'

/** The real server with all its roles and the demo's data, in a folder and on ports of its own. */
export async function startDemoStudio(env: Record<string, string> = {}): Promise<DemoStudio> {
  const dataDir = await makeDemoFolder()
  const remove = () => rm(dataDir, { recursive: true, force: true })
  return runDemoStudio(await freePlace(), dataDir, { env, remove })
}

/** A new folder for a studio's data below the temporary ones. */
export async function makeDemoFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sparkle-demo-'))
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(dataDir, 0o755)
  return dataDir
}

export async function freePlace(): Promise<StudioPlace> {
  return { studioUrl: `http://localhost:${await freePort()}`, gamesUrl: `http://127.0.0.1:${await freePort()}` }
}

/**
 * Runs the server on what lies in `dataDir`, and waits until it is ready.
 * @param options `env`: settings beside those of a demo; `remove`: called once the server has ended; `readySeconds`: how
 *   long the start may take.
 */
export async function runDemoStudio(
  { studioUrl, gamesUrl }: StudioPlace,
  dataDir: string,
  {
    env,
    remove,
    readySeconds = 110,
  }: { env: Record<string, string>; remove: () => Promise<void>; readySeconds?: number },
): Promise<DemoStudio> {
  const child = spawn(node, ['apps/api/src/server.ts'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      PORT: new URL(studioUrl).port,
      GAMES_PORT: new URL(gamesUrl).port,
      PUBLIC_ORIGIN: studioUrl,
      GAMES_ORIGIN: gamesUrl,
      DATA_DIR: dataDir,
      DEMO: '1',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    const code = await ended
    await remove()
    return code
  }
  try {
    await ready(child, () => output, readySeconds)
  } catch (error) {
    await stop()
    throw error
  }
  return { studioUrl, gamesUrl, dataDir, output: () => output, stop }
}

async function ready(child: ChildProcess, output: () => string, seconds: number): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await pause(50)) {
    if (output().includes(' is ready after ')) return
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`)
  }
  throw new Error(`The server was not ready within ${seconds} seconds:\n${output()}`)
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
