import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { App } from './types.ts'

const root = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Serves the built SPA where it is there: files by name, and its page for every other address that wants HTML. */
export async function spa(app: App): Promise<void> {
  if (!existsSync(`${root}/index.html`)) {
    app.log.info('no built web app found; serving the API alone')
    return
  }
  const page = readFileSync(`${root}/index.html`, 'utf8')
  const files = listFiles()
  await app.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  // One route for all of the hundreds of files, which would each take their time at the start.
  // A new visitor's service worker fetches most of them: they must not use up what is left for orders.
  const config = { access: 'public', limit: false } as const
  app.get<{ Params: { '*': string } }>('/*', { config, schema: { hide: true } }, async (request, reply) => {
    const path = request.params['*']
    if (files.has(path)) return reply.sendFile(path)
    const wantsPage = (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/api/')
    if (!wantsPage) return reply.callNotFound()
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
}

/** The built files' paths below the root. */
function listFiles(): Set<string> {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  return new Set(entries.map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join('/')))
}
