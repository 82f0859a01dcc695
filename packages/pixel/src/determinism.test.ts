import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../../tools/check-determinism.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'determinism-'))
afterAll(() => rmSync(folder, { recursive: true }))

function check(target: string) {
  const { status, stderr } = spawnSync(process.execPath, [script, target], { encoding: 'utf8' })
  return { status, lines: stderr.trim().split('\n') }
}

test('this package passes', () => {
  expect(check(fileURLToPath(new URL('.', import.meta.url)))).toEqual({ status: 0, lines: [''] })
})

test('each banned construct is named by file and line', () => {
  const banned = [
    'a ** b',
    'a **= 2',
    'Math.sin(1)',
    'Math.cbrt(1)',
    'Math.pow(2, 3)',
    'Math.round(2.5)',
    'Math.random()',
    'Math.PI',
    "Math['sin'](1)",
    'const { exp } = Math',
    'Date.now()',
    'new Date()',
    'performance.now()',
    'Temporal.Now.instant()',
    'crypto.getRandomValues(bytes)',
    'new Intl.NumberFormat()',
    '(1.5).toLocaleString()',
    'name.toLocaleUpperCase()',
    'a.localeCompare(b)',
    'for (const key in table) {}',
    'for (let key in table) {}',
    '`${Math.exp(1)}`',
  ]
  writeFileSync(join(folder, 'bad.ts'), ['/* a comment', 'of two lines */', ...banned].join('\n'))
  const { status, lines } = check(join(folder, 'bad.ts'))
  expect(status).toBe(1)
  expect(lines.map((line) => Number(/bad\.ts:(\d+) /.exec(line)?.[1]))).toEqual(banned.map((_, index) => index + 3))
})

test('what is allowed, in comments or in tests is not named', () => {
  const allowed = [
    '// a ** b by Math.sin at a Date',
    "const text = 'Math.random() in a string'",
    'Math.floor(Math.sqrt(2)) + Math.imul(2, 3) + Math.abs(Math.trunc(Math.min(1, Math.max(2, 3))))',
    'const updated = holidays.performances',
    'for (const item of list) {}',
    'if (key in table) {}',
  ]
  writeFileSync(join(folder, 'good.ts'), allowed.join('\n'))
  writeFileSync(join(folder, 'some.test.ts'), 'Math.cbrt(8)')
  expect(check(join(folder, 'good.ts'))).toEqual({ status: 0, lines: [''] })
  expect(check(join(folder, 'some.test.ts')).status).toBe(0)
})

test('what guarded code imports is guarded too, types apart', () => {
  writeFileSync(
    join(folder, 'entry.ts'),
    "import {\n  one,\n} from './imported.ts'\nimport type { Two } from './types.ts'\n",
  )
  writeFileSync(join(folder, 'imported.ts'), "export { three } from './deep.ts'")
  writeFileSync(join(folder, 'deep.ts'), '\nexport const three = Math.random()')
  writeFileSync(join(folder, 'types.ts'), 'export type Two = Date')
  const { status, lines } = check(join(folder, 'entry.ts'))
  expect(status).toBe(1)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('deep.ts:2 Math beyond')
})

test('a guarded folder that is gone is an error, not a pass', () => {
  expect(check(join(folder, 'absent')).status).toBe(1)
})
