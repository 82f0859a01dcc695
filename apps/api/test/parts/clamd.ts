import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './available.ts'
import { freePort, startProcess } from './process.ts'

/** The harmless string that every scanner takes for a virus, in two halves so that none takes this file for one. */
export const eicar = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EIC', 'AR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
)

export interface ClamdServer {
  /** `tcp://127.0.0.1:<port>` */
  url: string
  /** The same clamd over its socket. */
  socketUrl: string
  /** More than this it refuses to read. */
  maxBytes: number
  pid: number
  stop(): Promise<void>
}

const maxBytes = 2 * 1024 * 1024

/** A real clamd whose database holds one signature, EICAR's, so that it starts at once and needs 16 MB. */
export async function startClamd(onPort?: number): Promise<ClamdServer> {
  const program = findProgram('clamd')
  if (!program) throw new Error('clamd is not on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-clamd-'))
  const port = onPort ?? (await freePort())
  const socket = join(folder, 'clamd.sock')
  await writeFile(join(folder, 'eicar.ndb'), `Eicar-Test-Signature:0:*:${eicar.toString('hex')}\n`)
  const settings = {
    Foreground: 'yes',
    DatabaseDirectory: folder,
    LocalSocket: socket,
    TCPSocket: port,
    TCPAddr: '127.0.0.1',
    StreamMaxLength: maxBytes,
    ...(process.getuid?.() === 0 && { User: 'root' }),
  }
  const file = join(folder, 'clamd.conf')
  await writeFile(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  )
  await chmod(folder, 0o755)
  const server = startProcess(program, ['--config-file', file])
  await server.listening(port)
  return {
    url: `tcp://127.0.0.1:${port}`,
    socketUrl: `unix://${socket}`,
    maxBytes,
    pid: server.pid,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
