import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { offRecord } from '../../apps/api/test/on-record.ts'
import { specOperations } from '../../apps/api/test/spec-ids.ts'
import { partAvailable, parts } from '../../apps/api/test/parts/available.ts'
import { cacheFolder, node24, root } from './place.mjs'
import { addTallies, tallyOf } from './tally.mjs'

const partNames = /** @type {import('../../apps/api/test/parts/available.ts').Part[]} */ (Object.keys(parts))
const args = process.argv.slice(2)
const absent = partNames.filter((part) => !partAvailable(part))
// A file that needs several parts is left out once.
const leftOut = new Set(absent.flatMap((part) => reportAbsent(part)))

// Unit and route tests first: they are quick, and a journey through a broken API only repeats their news. When files
// are named on the command line, a run in which none of them occurs is not a failure.
const narrowed = args.some((arg) => !arg.startsWith('-'))
const witnesses = join(cacheFolder, 'record-witnesses.ndjson')
rmSync(witnesses, { force: true })
const tallies = [vitest('unit', ['--project=!e2e*']), vitest('e2e', ['--project=e2e*'])]
// Only a whole run can tell what no test has seen.
if (args.length === 0) tallies.push(changesOnRecord())
const total = addTallies([...tallies, { passed: 0, failed: 0, skipped: leftOut.size }])
if (absent.length > 0 && process.env['REQUIRE_PARTS'] === '1') {
  console.error(`REQUIRE_PARTS=1, but these are absent: ${absent.map((part) => parts[part].title).join(', ')}`)
  total.failed += absent.length
}
if (narrowed && total.passed + total.failed === 0) {
  console.error(`No test matches ${args.join(' ')}`)
  total.failed += 1
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

/** @param {import('../../apps/api/test/parts/available.ts').Part} part */
function reportAbsent(part) {
  const { title, tests, debian } = parts[part]
  const files = globSync(
    tests.map((pattern) => `{apps,packages}/${pattern}`),
    {
      cwd: root,
      exclude: (name) => name === 'node_modules',
    },
  ).filter((file) => file.endsWith('.test.ts'))
  console.log(`${title} is not on this machine (Debian: apt-get install ${debian.join(' ')}). Skipped:`)
  for (const file of files) console.log(`  ${file}`)
  return files
}

/**
 * Holds every change and reading that succeeded in a test of the API against its row in the audit: one test of its own,
 * after all others, since a single file may only make calls that change nothing.
 */
function changesOnRecord() {
  const lines = existsSync(witnesses) ? readFileSync(witnesses, 'utf8').trim().split('\n') : []
  const faults = offRecord(
    specOperations.map(({ name }) => name),
    lines.map((line) => JSON.parse(line)),
  )
  for (const fault of faults) console.error(`NOT ON RECORD: ${fault}`)
  return { passed: faults.length > 0 ? 0 : 1, failed: faults.length > 0 ? 1 : 0, skipped: 0 }
}

/** @param {string} name @param {string[]} projects */
function vitest(name, projects) {
  const report = join(cacheFolder, `test-${name}.json`)
  mkdirSync(cacheFolder, { recursive: true })
  rmSync(report, { force: true })
  const excluded = absent.flatMap((part) => parts[part].tests.map((pattern) => `--exclude=${pattern}`))
  const { status } = spawnSync(
    node24,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...projects,
      ...excluded,
      ...args,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: args.length === 0 ? { ...process.env, RECORD_WITNESSES: witnesses } : process.env,
    },
  )
  return tallyOf(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, status)
}
