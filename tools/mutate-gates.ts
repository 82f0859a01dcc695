/**
 * `pnpm mutate:gates`: takes each gate of tenancy and permission away, one at a time, in a copy of the sources, and
 * runs the tests that must notice. Reports the tests that went red; fails where one gate can go without any of them. The
 * unchanged copy runs first and must be green.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { node24, root } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'
import { trackedPaths } from './lib/tracked.mjs'

interface Gate {
  removed: string
  /** Path -> its text without the gate. Throws where the text is not as expected any more. */
  change: (copy: string) => Promise<void>
  /** Test files of `apps/api` that must notice. */
  tests: string[]
}

const gates: Gate[] = [
  {
    removed: 'the tenant policy of the table projects',
    change: (copy) => addMigration(copy, 'DROP POLICY tenant_isolation ON projects;'),
    tests: ['test/catalogue.test.ts', 'test/isolation-walk.test.ts'],
  },
  {
    removed: 'row-level security of the table assets',
    change: (copy) => addMigration(copy, 'ALTER TABLE assets DISABLE ROW LEVEL SECURITY;'),
    tests: ['test/catalogue.test.ts', 'test/isolation-walk.test.ts'],
  },
  {
    removed: 'the tenant setter of transactions',
    change: replace('apps/api/src/core/in-tenant.ts', "set_config('app.current_org', ${organizationId}, true)", '1'),
    tests: ['src/modules/projects/projects.test.ts'],
  },
  {
    removed: 'the access of one route',
    change: replace('apps/api/src/modules/urls/urls.routes.ts', "config: { access: 'urls:read' },", ''),
    tests: ['test/route-walk.test.ts'],
  },
  {
    removed: 'the permission of one route, which everybody signed in may then call',
    change: replace('apps/api/src/modules/urls/urls.routes.ts', "access: 'urls:delete'", "access: 'signed-in'"),
    tests: ['test/permission-walk.test.ts'],
  },
  {
    removed: 'the check of permissions',
    change: replace('apps/api/src/plugins/access.ts', 'if (!decision.allowed) refuse', 'if (false) refuse'),
    tests: ['test/permission-walk.test.ts'],
  },
]

await prepare({ web: false })
const copy = await makeCopy()
try {
  const all = [...new Set(gates.flatMap(({ tests }) => tests))]
  const control = await run(copy, all)
  if (control.failed.length > 0 || control.passed === 0)
    throw new Error(`The unchanged copy is not green: ${control.failed.join(', ') || control.output}`)
  console.log(`unchanged: ${control.passed} tests green`)

  let unnoticed = 0
  for (const gate of gates) {
    await gate.change(copy)
    const { failed, output } = await run(copy, gate.tests)
    await restore(copy)
    if (failed.length === 0) unnoticed += 1
    console.log(`\nwithout ${gate.removed}: ${failed.length > 0 ? `${failed.length} red` : `NOTHING RED\n${output}`}`)
    for (const name of failed.slice(0, 5)) console.log(`  ${name}`)
    if (failed.length > 5) console.log(`  and ${failed.length - 5} more`)
  }
  console.log(`\n${gates.length - unnoticed} of ${gates.length} removed gates were noticed.`)
  process.exitCode = unnoticed > 0 ? 1 : 0
} finally {
  await rm(copy, { recursive: true, force: true })
}

/** The tracked files in a folder of their own, with the installed packages of this clone. */
async function makeCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-gates-'))
  await restore(folder)
  for (const place of ['', 'apps/api', 'packages/shared', 'packages/games', 'packages/pixel'])
    await symlink(join(root, place, 'node_modules'), join(folder, place, 'node_modules'))
  return folder
}

async function restore(folder: string): Promise<void> {
  const needed = trackedPaths().filter((file: string) =>
    /^(apps\/api|packages|drizzle|openapi|docs)\/|^[^/]+$/.test(file),
  )
  await rm(join(folder, 'drizzle'), { recursive: true, force: true })
  for (const file of needed) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await cp(join(root, file), join(folder, file))
  }
}

function replace(file: string, gate: string, without: string) {
  return async (folder: string) => {
    const text = await readFile(join(folder, file), 'utf8')
    if (!text.includes(gate)) throw new Error(`${file} does not hold \`${gate}\` any more.`)
    await writeFile(
      join(folder, file),
      text.replace(gate, () => without),
    )
  }
}

async function addMigration(folder: string, statement: string): Promise<void> {
  const journalFile = join(folder, 'drizzle/meta/_journal.json')
  const journal = JSON.parse(await readFile(journalFile, 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[]
  }
  const last = journal.entries.at(-1)
  if (!last) throw new Error('There is no migration to follow.')
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: 'without_a_gate' })
  await writeFile(journalFile, JSON.stringify(journal))
  await writeFile(join(folder, 'drizzle/without_a_gate.sql'), statement)
}

interface Outcome {
  passed: number
  failed: string[]
  output: string
}

async function run(folder: string, tests: string[]): Promise<Outcome> {
  const report = join(folder, 'report.json')
  await rm(report, { force: true })
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(
      node24,
      [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', `--outputFile=${report}`, ...tests],
      { cwd: join(folder, 'apps/api'), stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
    child.once('error', reject)
    child.once('exit', () => resolve(text))
  })
  if (!existsSync(report)) throw new Error(`The tests did not run:\n${output}`)
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
  }
  const each = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = each.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
  // Where the set-up broke, the file is red without a red test.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  return {
    passed: each.filter(({ status }) => status === 'passed').length,
    failed: [...failed, ...broken.map(({ name }) => `${name.slice(join(folder, 'apps/api').length + 1)} (its set-up)`)],
    output,
  }
}
