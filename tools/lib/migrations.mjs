import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Only these words mean that nothing is missing: drizzle-kit also ends with 0 when it wrote nothing because it could
 * not ask a question, and its own `check` passes with real drift.
 * @param {string} output @returns {string[]}
 */
export function foundDrift(output) {
  if (/No schema changes/.test(output)) return []
  return [`drizzle/ does not match the tables (pnpm db:generate). drizzle-kit said:\n${output.trim()}`]
}

/**
 * The migrations of the commit `base` that are changed or gone in the working tree: they have run somewhere already.
 * @param {string} repository folder @param {string} base @returns {string[]}
 */
export function changedMigrations(repository, base) {
  /** @param {string[]} args */
  const git = (...args) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' })
  return git('ls-tree', '-r', '--name-only', base, '--', 'drizzle/')
    .split('\n')
    .filter((path) => path.endsWith('.sql'))
    .filter((path) => {
      const now = join(repository, path)
      return !existsSync(now) || readFileSync(now, 'utf8') !== git('show', `${base}:${path}`)
    })
    .map((path) => `${path}:1 is merged already and must stay as it is: write a new migration`)
}
