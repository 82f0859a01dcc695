import { existsSync, readFileSync } from 'node:fs'
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
  app.routesArePublic = true
  // A new visitor's service worker fetches a hundred small files: they must not use up what is left for orders.
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, limit: false }
  })
  const page = readFileSync(`${root}/index.html`, 'utf8')
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  })
  app.get('/*', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const wantsPage = (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/api/')
    if (!wantsPage) return reply.callNotFound()
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
}
