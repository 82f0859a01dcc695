// `pnpm dev`: the API restarts and the SPA reloads itself on every change. The browser talks to Vite alone, which
// passes /api on, so that cookies and origins are the same as in production.
import { join } from 'node:path'
import { runTogether } from './lib/children.mjs'
import { runMain } from './lib/explain.mjs'
import { node24, root, workspaceEnvironment } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'
import { retireOrphans } from './lib/run-notes.mjs'

await runMain(async () => {
  await prepare({ web: false })
  await retireOrphans()
  const webPort = process.env['PORT'] ?? '3000'
  const apiPort = process.env['API_PORT'] ?? '3010'
  const publicOrigin = process.env['PUBLIC_ORIGIN'] ?? `http://localhost:${webPort}`
  const env = { ...workspaceEnvironment, PUBLIC_ORIGIN: publicOrigin }
  const vite = join(root, 'apps/web/node_modules/vite/bin/vite.js')
  const code = await runTogether([
    {
      command: node24,
      args: ['--watch', '--watch-preserve-output', 'apps/api/src/server.ts'],
      env: { ...env, PORT: apiPort },
    },
    {
      command: node24,
      args: [vite, 'apps/web', '--port', webPort, '--strictPort'],
      env: { ...env, API_TARGET: `http://127.0.0.1:${apiPort}` },
    },
  ])
  // Both watchers end with 128 + the signal, which is how this is meant to end.
  return code === 130 || code === 143 ? 0 : code
})
