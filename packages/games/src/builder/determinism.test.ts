import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

// Three processes, one after the other.
vi.setConfig({ testTimeout: 60_000 })

const packageDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
let elsewhere = ''

beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'games-'))
  for (const part of ['src', 'fixtures', 'package.json']) {
    cpSync(join(packageDir, part), join(elsewhere, 'a', 'longer', 'path', part), { recursive: true })
  }
  symlinkSync(join(packageDir, 'node_modules'), join(elsewhere, 'a', 'longer', 'path', 'node_modules'))
})
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

/** Builds in a fresh process and returns one digest over all its bytes. */
function digestIn(dir: string, cwd: string, env: Record<string, string>, preload: string[], config = {}): string {
  const script = join(dir, 'fixtures', 'print-digest.ts')
  return execFileSync(process.execPath, [...preload, script, JSON.stringify(config)], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    encoding: 'utf8',
  })
}

describe('two fresh processes', () => {
  it('give the same bytes in another folder, time zone, language and year, and others for another input', () => {
    const here = digestIn(packageDir, packageDir, { TZ: 'UTC', LANG: 'C' }, [])
    const there = join(elsewhere, 'a', 'longer', 'path')
    const clock = ['--import', join(there, 'fixtures', 'other-clock.mjs')]
    const away = digestIn(there, tmpdir(), { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, clock)
    expect(here).toMatch(/^[0-9a-f]{64}$/)
    expect(away).toBe(here)
    expect(digestIn(there, tmpdir(), {}, [], { theme: 'snow' })).not.toBe(here)
  })
})
