// `pnpm check`: everything that can be said about the code without running it. Name steps to run only those:
// `node tools/check.mjs lint types`.
import { spawn } from 'node:child_process'
import { Explained, runMain } from './lib/explain.mjs'
import { node24, root, workspaceEnvironment } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'
import { forgetStaleTypes } from './lib/stale-types.mjs'

/** @param {string} name @param {string[]} args @returns {[string, string[]]} */
const own = (name, ...args) => [node24, [`tools/${name}.mjs`, ...args]]

/** The slow ones first, so that the quick ones fill the second core. @type {Record<string, [string, string[]]>} */
const steps = {
  types: ['tsc', ['-b']],
  format: ['prettier', ['--check', '--log-level=warn', '.']],
  openapi: own('check-openapi'),
  migrations: own('check-migrations'),
  lint: ['oxlint', ['--deny-warnings']],
  boundaries: own('check-boundaries'),
  determinism: own('check-determinism'),
  messages: own('check-messages'),
  docker: own('check-docker'),
  tree: own('check-tree'),
}

await runMain(async () => {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((name) => !(name in steps))
  if (unknown.length > 0)
    throw new Explained(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.`)
  await prepare({ web: false })
  if (wanted.length === 0 || wanted.includes('types')) await forgetStaleTypes(root)

  const queue = Object.keys(steps).filter((name) => wanted.length === 0 || wanted.includes(name))
  let passed = 0
  let failed = 0
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      if (await runStep(name)) passed += 1
      else failed += 1
    }
  }
  await Promise.all([work(), work()])
  console.log(`\ncheck: ${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
})

/** @param {string} name @returns {Promise<boolean>} */
function runStep(name) {
  const [command, args] = steps[name] ?? ['false', []]
  const started = performance.now()
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env: workspaceEnvironment, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', fail)
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds} s`)
      if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '  | '))
      done(code === 0)
    })
  })
}
