import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { changedMigrations, foundDrift } from './lib/migrations.mjs'
import { cacheFolder, node24, root } from './lib/place.mjs'
import { report } from './lib/tracked.mjs'

const base = findBase()
if (!base) console.log('no base branch to compare with: edits to merged migrations were not looked for')
report('migrations', [...drift(), ...(base ? changedMigrations(root, base) : [])])

/** Generates into a copy: whatever drizzle-kit would add there is missing from drizzle/. */
function drift() {
  if (!existsSync(join(root, 'drizzle/meta/_journal.json'))) return ['drizzle/ holds no migrations (pnpm db:generate)']
  const copy = join(cacheFolder, 'migrations')
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  cpSync(join(root, 'drizzle'), join(copy, 'drizzle'), { recursive: true })
  const settings = {
    dialect: 'postgresql',
    schema: './apps/api/src/db/tables/*.ts',
    out: `./${relative(root, copy)}/drizzle`,
  }
  const config = join(copy, 'drizzle.config.json')
  writeFileSync(config, JSON.stringify(settings))
  // No terminal on stdin: a question (was this column renamed?) then ends the run without an answer, and without the
  // words that `foundDrift` asks for.
  const { stdout, stderr } = spawnSync(
    node24,
    [join(root, 'node_modules/drizzle-kit/bin.cjs'), 'generate', `--config=${relative(root, config)}`],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  )
  return foundDrift(`${stdout}\n${stderr}`)
}

/** Where this branch left the one it will be merged into; undefined in a repository without a remote. */
function findBase() {
  const branch = `origin/${process.env['GITHUB_BASE_REF'] || 'main'}`
  try {
    return execFileSync('git', ['merge-base', 'HEAD', branch], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    // git knows no such branch, which is an answer.
    return undefined
  }
}
