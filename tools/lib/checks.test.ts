import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBlemishes } from './blemishes.mjs'
import { firstDifference } from './first-difference.mjs'
import { changedMigrations, foundDrift } from './migrations.mjs'

// Written in two halves, so that this file passes the check that it tests.
const halves = (left: string, right: string) => left + right

const blemished: [path: string, text: string][] = [
  ['README.md', halves('https://registry.', 'npmjs.org/')],
  ['docs/a.md', halves('see /ro', 'ot/project/a.ts')],
  ['tools/a.mjs', halves('// TO', 'DO later')],
  ['apps/api/src/a.test.ts', halves('test.on', "ly('a', () => {})")],
  ['apps/api/src/a.test.ts', halves('test.each([]).sk', "ip('a', () => {})")],
  ['apps/api/src/a.ts', halves('try { a() } catch', ' {}')],
  ['apps/api/src/a.ts', halves('a().catch(()', ' => undefined)')],
  ['apps/api/src/a.ts', halves('// oxlint-dis', 'able-next-line no-console')],
  ['apps/web/src/app/a.tsx', halves('toast.success(', "'Saved')")],
  ['apps/web/src/app/a.tsx', halves('<img al', 't="A dog" />')],
  ['apps/web/src/app/a.tsx', halves("{open ? 'Hide ", "it' : 'Show it'}")],
]

test.each(blemished)('%s: %s', (path, text) => {
  expect(findBlemishes({ path, text })).toEqual([expect.stringMatching(new RegExp(`^${path}:\\d+ `))])
})

test('a source file of more than 400 lines is refused, a test may be longer', () => {
  expect(findBlemishes({ path: 'apps/api/src/a.ts', text: 'x\n'.repeat(401) })).toHaveLength(1)
  expect(findBlemishes({ path: 'apps/api/src/a.ts', text: 'x\n'.repeat(400) })).toEqual([])
  expect(findBlemishes({ path: 'apps/api/src/a.test.ts', text: 'x\n'.repeat(401) })).toEqual([])
})

test('what is sound passes', () => {
  const reason = halves('// oxlint-dis', 'able-next-line no-console -- a program for a terminal')
  const issue = halves('// TO', 'DO(#12): the second half')
  expect(findBlemishes({ path: 'apps/web/src/app/a.tsx', text: `${reason}\n${issue}\n<p>{t('a')}</p>` })).toEqual([])
})

test('only the words "No schema changes" mean that nothing is missing', () => {
  expect(foundDrift('12 tables\nNo schema changes, nothing to migrate')).toEqual([])
  expect(foundDrift('')).toHaveLength(1)
  expect(foundDrift('Your SQL migration file: drizzle/0002_x.sql')).toHaveLength(1)
})

test('a merged migration may not be edited or removed, a new one may come', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sparkle-migrations-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], { cwd: folder })
  const write = (name: string, text: string) => writeFileSync(join(folder, 'drizzle', name), text)
  try {
    git('init', '-q')
    mkdirSync(join(folder, 'drizzle'))
    write('0000_a.sql', 'select 1;\n')
    write('0001_b.sql', 'select 2;\n')
    git('add', '.')
    git('commit', '-qm', 'a')
    write('0002_c.sql', 'select 3;\n')
    expect(changedMigrations(folder, 'HEAD')).toEqual([])
    write('0000_a.sql', 'select 4;\n')
    rmSync(join(folder, 'drizzle', '0001_b.sql'))
    expect(changedMigrations(folder, 'HEAD').map((one) => one.split(':')[0])).toEqual([
      'drizzle/0000_a.sql',
      'drizzle/0001_b.sql',
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('names the first line that differs', () => {
  expect(firstDifference('a\nb\n', 'a\nb\n')).toBeUndefined()
  expect(firstDifference('a\nb\nc', 'a\nX\nc')).toEqual({ line: 2, shown: '- b\n+ X' })
  expect(firstDifference('a\n', 'a\nb\n')).toEqual({ line: 2, shown: '- \n+ b' })
})
