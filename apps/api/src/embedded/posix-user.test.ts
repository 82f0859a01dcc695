import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertReachable } from './posix-user.ts'

/** A user that owns nothing here: only the permissions of "others" count for it. */
const stranger = { uid: 54_321, gid: 54_321 }
let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sparkle-home-'))
  await mkdir(join(home, 'project', 'data'), { recursive: true })
})
afterEach(() => rm(home, { recursive: true, force: true }))

const check = (user = stranger) => assertReachable(user, join(home, 'project', 'data'), 'the data folder', 'Move it.')

test('a folder under a closed home is named, with its mode and the cure', async () => {
  await chmod(home, 0o700)
  await expect(check()).rejects.toThrow(
    `cannot reach the data folder: the folder ${home} (mode 0700) is closed to it. Move it.`,
  )
})

test('a folder that others may pass through is accepted', async () => {
  await chmod(home, 0o711)
  await expect(check()).resolves.toBeUndefined()
})

test('the owner and the group of a closed folder may pass', async () => {
  await chmod(home, 0o710)
  const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  await expect(check({ uid, gid: 54_321 })).resolves.toBeUndefined()
  await expect(check({ uid: 54_321, gid })).resolves.toBeUndefined()
})
