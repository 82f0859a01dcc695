import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from './lib/place.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sparkle-lint-'))
  // The folders that the configuration names count from where it lies.
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The rules that our configuration reports for a file of this name and text. */
function lint(files: Record<string, string>): string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return (JSON.parse(stdout) as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code)
}

const page = (inside: string) => `export function Page() {\n  return <p>${inside}</p>\n}\n`

const refused: [rule: string, path: string, text: string][] = [
  ['typescript(no-explicit-any)', 'apps/api/src/core/a.ts', 'export const a: any = 1\n'],
  ['typescript(ban-ts-comment)', 'apps/api/src/core/a.ts', '// @ts-ignore\nexport const a = 1\n'],
  ['node(no-process-env)', 'apps/api/src/core/a.ts', 'export const a = process.env.PORT\n'],
  ['eslint(no-console)', 'apps/api/src/core/a.ts', 'console.log(1)\n'],
  ['eslint(no-empty)', 'apps/api/src/core/a.ts', 'export function a() {\n  try {\n    a()\n  } catch {\n  }\n}\n'],
  ['react(jsx-no-literals)', 'apps/web/src/app/a.tsx', page('Bare words')],
  ['react(jsx-no-literals)', 'apps/web/src/app/a.tsx', page("{'Bare words'}")],
  ['react(jsx-no-literals)', 'apps/web/src/app/a.tsx', page('<b aria-label="Bare words" />')],
  ['react(button-has-type)', 'apps/web/src/app/a.tsx', page('<button />')],
  [
    'react(hooks)',
    'apps/web/src/app/a.tsx',
    "import { useId } from 'react'\nexport function A(p: { on: boolean }) {\n  if (p.on) useId()\n  return <p />\n}\n",
  ],
  ['jsx-a11y(alt-text)', 'apps/web/src/app/a.tsx', page('<img src="/a.png" />')],
]

test.each(refused)('%s is refused in %s', (rule, path, text) => {
  expect(lint({ [path]: text })).toContain(rule)
})

test('a cycle of imports is refused', () => {
  const found = lint({
    'apps/api/src/core/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
    'apps/api/src/core/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
  })
  expect(found).toContain('import(no-cycle)')
})

test('sound code passes, and config.ts may read the environment', () => {
  const found = lint({
    'apps/api/src/config.ts': 'export const port = process.env.PORT\n',
    'apps/web/src/app/a.tsx':
      "import type { Translate } from '../t.ts'\nexport function A({ t }: { t: Translate }) {\n  return <p className=\"x\">{t('a')}</p>\n}\n",
  })
  expect(found).toEqual([])
})
