// `npm start`: runs on any Node >= 20.19 with nothing installed; the rest of the project runs on the Node it installs.
import { runTogether } from './lib/children.mjs'
import { runMain } from './lib/explain.mjs'
import { node24, workspaceEnvironment } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'
import { retireOrphans } from './lib/run-notes.mjs'

await runMain(async () => {
  await prepare({ web: true })
  await retireOrphans()
  console.log('Starting; the first time the demo is made, which takes some seconds more.')
  const args = ['apps/api/src/server.ts', ...process.argv.slice(2)]
  return runTogether([{ command: node24, args, env: workspaceEnvironment }])
})
