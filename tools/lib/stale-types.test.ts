import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forgetStaleTypes } from './stale-types.mjs'

test('what the compiler remembers is forgotten once a message is newer, and kept otherwise', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sparkle-types-'))
  try {
    const messages = join(root, 'packages/shared/src/messages/en')
    const info = join(root, 'apps/web/tsconfig.tsbuildinfo')
    await mkdir(messages, { recursive: true })
    await mkdir(join(root, 'apps/web'), { recursive: true })
    await writeFile(join(messages, 'web.json'), '{}')
    await writeFile(info, '{}')
    const soon = new Date(Date.now() + 60_000)
    await utimes(info, soon, soon)
    expect([await forgetStaleTypes(root), existsSync(info)]).toEqual([false, true])
    const later = new Date(Date.now() + 120_000)
    await utimes(join(messages, 'web.json'), later, later)
    expect([await forgetStaleTypes(root), existsSync(info)]).toEqual([true, false])
    expect(await forgetStaleTypes(root)).toBe(false)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})
