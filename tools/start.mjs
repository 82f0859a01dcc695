// `npm start`: runs on any Node >= 20.19 with nothing installed; the rest of the project runs on the Node it installs.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runTogether } from './lib/children.mjs'
import { runMain } from './lib/explain.mjs'
import { node24, root, workspaceEnvironment } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'
import { retireOrphans } from './lib/run-notes.mjs'

await runMain(async () => {
  await prepare({ web: true })
  await retireOrphans()
  const isFirst = !existsSync(resolve(root, process.env['DATA_DIR'] ?? '.data'))
  console.log(
    isFirst ? 'Starting; this first time the demo is made as well, which takes some seconds more.' : 'Starting ...',
  )
  const args = ['apps/api/src/server.ts', ...process.argv.slice(2)]
  return runTogether([{ command: node24, args, env: workspaceEnvironment }])
})
