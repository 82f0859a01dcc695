import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository, wherever the command was typed. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** What the tools remember between runs; below node_modules, so a fresh install forgets it too. */
export const cacheFolder = join(root, 'node_modules', '.cache', 'sparkle')

/** The pinned Node that the lockfile brings; `.bin/node` is a shell script in front of it, which adds a process. */
export const node24 = join(root, 'node_modules', 'node', 'bin', 'node')

/**
 * The environment in which every tool of the workspace is found first, and runs on the pinned Node, which keeps what it
 * compiled: a server's next start takes a quarter less of the processor.
 */
export const workspaceEnvironment = {
  NODE_COMPILE_CACHE: join(cacheFolder, 'compiled'),
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
}
