import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './available.ts'
import { freePort, startProcess } from './process.ts'

export interface RedisServer {
  url: string
  port: number
  pid: number
  stop(): Promise<void>
}

/** A real Redis with nothing kept on disk and a password of its own, on `port` or a free one. */
export async function startRedis(onPort?: number): Promise<RedisServer> {
  const program = findProgram('redis-server')
  if (!program) throw new Error('redis-server is not on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-redis-'))
  const port = onPort ?? (await freePort())
  const password = 'redis-for-tests'
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder, requirepass: password }
  const server = startProcess(
    program,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
  )
  await server.listening(port)
  return {
    url: `redis://:${password}@127.0.0.1:${port}/0`,
    port,
    pid: server.pid,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
