import { execFile } from 'node:child_process'
import { chown, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedPostgresError } from './errors.ts'

const run = promisify(execFile)

/** The user that PostgreSQL runs as; undefined means "the one who runs node". */
export type ServerUser = { uid: number; gid: number } | undefined

/** PostgreSQL refuses to run as root. Root therefore lends it the system user `postgres`, made where it is absent. */
export async function resolveServerUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return undefined
  return (await lookUpPostgres()) ?? (await createPostgres())
}

async function lookUpPostgres(): Promise<ServerUser> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch (error) {
    // `id` ends with 1 when there is no such user; anything else (no `id` at all) is a fault to show.
    if ((error as { code?: unknown }).code === 1) return undefined
    throw error
  }
}

async function createPostgres(): Promise<ServerUser> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'PostgreSQL refuses to run as root, and a system user "postgres" for it could not be made. Run this as an ordinary user instead.',
      { cause },
    )
  }
  return lookUpPostgres()
}

/** Hands a file or folder to the server's user; nothing to do when that is the one who runs node. */
export async function giveTo(user: ServerUser, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid)
}

/**
 * Throws when `user` cannot pass through every folder above `path`. The usual case is root working under its own
 * home (mode 0700): PostgreSQL would then end with a bare EACCES.
 */
export async function assertReachable(user: ServerUser, path: string, what: string, cure: string): Promise<void> {
  if (!user) return
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const mayPass = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001
    if (!mayPass) {
      throw new EmbeddedPostgresError(
        `PostgreSQL runs as the user "postgres" when root starts it, and that user cannot reach ${what}: ` +
          `the folder ${folder} (mode 0${(mode & 0o777).toString(8)}) is closed to it. ${cure}`,
      )
    }
    if (folder === dirname(folder)) return
  }
}
