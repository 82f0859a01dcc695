import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstDifference } from './lib/first-difference.mjs'
import { node24, root, workspaceEnvironment } from './lib/place.mjs'
import { report } from './lib/tracked.mjs'

const committed = 'openapi/openapi.json'
report(
  'openapi',
  existsSync(join(root, committed)) ? [...drift(), ...lint()] : [`${committed} is absent (pnpm openapi)`],
)

/** The specification is made from the code; the committed copy is what gets reviewed, so it has to be the same. */
function drift() {
  const made = run(node24, ['apps/api/src/openapi.ts', '--print'])
  if (made.status !== 0) return [`the specification could not be made:\n${made.stderr}`]
  const difference = firstDifference(readFileSync(join(root, committed), 'utf8'), made.stdout)
  return difference
    ? [`${committed}:${difference.line} is not what the code says (pnpm openapi):\n${difference.shown}`]
    : []
}

function lint() {
  const { status, stdout, stderr } = run('redocly', ['lint', committed, '--format=stylish'])
  return status === 0 ? [] : [`redocly lint ${committed}:\n${stdout}\n${stderr}`]
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const env = { ...workspaceEnvironment, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  return spawnSync(command, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
}
