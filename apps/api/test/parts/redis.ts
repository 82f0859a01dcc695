import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './available.ts'
import { freePort, startProcess } from './process.ts'

/** A real Redis with nothing kept on disk and a password of its own, for one test file. */
export async function startRedis(): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const program = findProgram('redis-server')
  if (!program) throw new Error('redis-server is not on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-redis-'))
  const port = await freePort()
  const password = 'redis-for-tests'
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder, requirepass: password }
  const server = startProcess(
    program,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
  )
  await server.listening(port)
  return {
    url: `redis://:${password}@127.0.0.1:${port}/0`,
    pid: server.pid,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
