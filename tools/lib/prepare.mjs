import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Explained } from './explain.mjs'
import { fingerprint, manifestPaths, webSourcePaths } from './fingerprint.mjs'
import { cacheFolder, node24, root, workspaceEnvironment } from './place.mjs'

/** The one place that names pnpm's version for people who have none; 10.x, because 11 does not run on Node 20. */
export const pnpmVersion = '10.34.8'

const oldestNode = [20, 19]
const preparedFile = join(cacheFolder, 'prepared.json')

/**
 * Brings a clone to where it can run: packages installed as the lockfile says, the SPA built. What is already right
 * is left alone, which takes some 30 ms. Throws an `Explained` with what to do.
 * @param {{ web: boolean }} wanted `web`: the built SPA is needed too
 */
export async function prepare(wanted) {
  assertNodeVersion(process.versions.node)
  const done = readPrepared()
  const install = fingerprint(manifestPaths(), `${process.platform}-${process.arch}`)
  if (done.install !== install || !existsSync(node24)) {
    assertWritable(root)
    // Forget first: an install that is cut off half-way must not look finished.
    rmSync(preparedFile, { force: true })
    await pnpm('Installing packages, Node 24 and PostgreSQL among them', ['install', '--frozen-lockfile'])
    remember({ install })
  }
  if (!wanted.web) return
  const web = fingerprint(webSourcePaths())
  if (done.web === web && existsSync(join(root, 'apps/web/dist/index.html'))) return
  assertWritable(join(root, 'apps/web'))
  await pnpm('Building the studio', ['--filter', '@sparkle/web', 'build'])
  remember({ install, web })
}

/** @param {string} version */
export function assertNodeVersion(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [needMajor = 0, needMinor = 0] = oldestNode
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return
  throw new Explained(`SparkleClassic needs Node ${oldestNode.join('.')} or newer; this is Node ${version}.`)
}

/** @param {string} folder */
function assertWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Explained(`The folder ${folder} is read-only, and packages or the built studio have to be written there.
Make it writable, or copy the project to a folder of your own.`)
  }
}

/** @returns {{ install?: string, web?: string }} */
function readPrepared() {
  if (!existsSync(preparedFile)) return {}
  try {
    return JSON.parse(readFileSync(preparedFile, 'utf8'))
  } catch (error) {
    // A note cut off by a full disk or a crash only costs doing the work again.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** @param {{ install: string, web?: string }} done */
function remember(done) {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(preparedFile, JSON.stringify(done))
}

/**
 * Runs the pinned pnpm in the clone's root, telling how far it is where it takes its time, and how long it took.
 * @param {string} title @param {string[]} args
 */
export async function pnpm(title, args) {
  const started = performance.now()
  process.stdout.write(`${title} ... `)
  const [command, ...first] = await pnpmCommand()
  const { code, output } = await run(command, [...first, ...args], { hear: progressTeller(started) })
  if (code === 0) {
    process.stdout.write(`done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
    return
  }
  process.stdout.write('failed\n')
  throw new Explained(`${output.trim()}\n\n${title} failed: "pnpm ${args.join(' ')}" ended with ${code} (see above).`)
}

const tellEverySeconds = 5

/**
 * Passes pnpm's own lines of progress on, one every few seconds, so that a first install is not silent for a minute.
 * @param {number} started
 */
function progressTeller(started) {
  let toldAt = started
  return (/** @type {string} */ chunk) => {
    const progress = /^Progress: (.+)$/m.exec(chunk)?.[1]
    if (!progress || performance.now() - toldAt < tellEverySeconds * 1000) return
    toldAt = performance.now()
    process.stdout.write(`\n  ${progress} ... `)
  }
}

/** pnpm from the PATH where it is the right version, else through npx, which comes with Node. */
async function pnpmCommand() {
  const found = await run('pnpm', ['--version'], { mayBeAbsent: true })
  if (found.code === 0 && found.output.trim().endsWith(pnpmVersion)) return /** @type {const} */ (['pnpm'])
  const npx = await run('npx', ['--version'], { mayBeAbsent: true })
  if (npx.code === 0) return /** @type {const} */ (['npx', '-y', `pnpm@${pnpmVersion}`])
  throw new Explained(`Neither pnpm ${pnpmVersion} nor npx was found. npx comes with npm: install npm (with Node from
nodejs.org it is there already; Debian has it in the package "npm"), or pnpm ${pnpmVersion} itself.`)
}

/**
 * @param {string} command @param {string[]} args
 * @param {{ mayBeAbsent?: boolean, hear?: (chunk: string) => void }} [options] `hear`: is given what the program says
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    // CI=true: pnpm must never wait for an answer.
    const env = { ...workspaceEnvironment, CI: 'true' }
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      options.hear?.(String(chunk))
    })
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => {
      const absent = 'code' in error && error.code === 'ENOENT'
      if (absent && options.mayBeAbsent) done({ code: null, output: '' })
      else fail(error)
    })
    child.once('close', (code) => done({ code, output }))
  })
}
