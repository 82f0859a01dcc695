import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { isAlive, processMark, readIfThere } from './running-server.ts'

/** A start found a port taken by the studio of its own data folder; the message says what to do. */
export class StudioRunsError extends Error {
  override name = 'StudioRunsError'

  constructor(pid: number, address: string) {
    super(`The studio of this folder is running already at ${address} (process ${pid}).
Go on using it, or stop it with: kill ${pid}`)
  }
}

/**
 * Notes in the data folder who serves it and where: the process's mark, its address and its ports, a line each. Called
 * once it listens; returns what takes the note back.
 */
export async function noteStudio(config: Config): Promise<() => Promise<void>> {
  const file = noteFile(config)
  const ports = config.roles.includes('host') ? [config.port, config.gamesPort] : [config.port]
  const note = [await processMark(process.pid), config.publicOrigin, ports.join(' '), ''].join('\n')
  await writeFile(file, note)
  return async () => {
    // Another process of the same folder, on ports of its own, may have written over it.
    if ((await readIfThere(file)) === note) await rm(file, { force: true })
  }
}

/**
 * What to say of a fault where it is a port that is taken, and taken by the process that noted it for this data folder.
 * The note of one that was killed names nobody: pids are given out again, so its start time has to fit too.
 */
export async function studioThatRuns(config: Config, fault: unknown): Promise<StudioRunsError | undefined> {
  const { code, port } = fault as NodeJS.ErrnoException & { port?: number }
  if (code !== 'EADDRINUSE') return undefined
  const [mark = '', address = '', ports = ''] = (await readIfThere(noteFile(config)))?.split('\n') ?? []
  const pid = Number.parseInt(mark, 10)
  const fits = pid > 0 && ports.split(' ').includes(String(port))
  return fits && (await isAlive(pid)) && (await processMark(pid)) === mark
    ? new StudioRunsError(pid, address)
    : undefined
}

function noteFile({ dataDir }: Config): string {
  return join(resolve(dataDir), 'studio.running')
}
