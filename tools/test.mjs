// `npm test`: prepares the clone like `npm start`, then runs every test on the pinned Node (lib/run-tests.mjs).
import { spawnSync } from 'node:child_process'
import { runMain } from './lib/explain.mjs'
import { node24, root, workspaceEnvironment } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'

await runMain(async () => {
  await prepare({ web: true })
  const args = ['tools/lib/run-tests.mjs', ...process.argv.slice(2)]
  const { status } = spawnSync(node24, args, { cwd: root, env: workspaceEnvironment, stdio: 'inherit' })
  return status ?? 1
})
