import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify'
import type { AppError } from '../core/app-error.ts'
import { closeInTime } from '../core/close-in-time.ts'
import { recordBeacons, visitorSalt } from '../db/system-games.ts'
import { openBeaconQueue } from './beacons/queue.ts'
import { beaconRoutes } from './beacons/routes.ts'
import { createBundleFiles } from './bundle-files.ts'
import { openGameDirectory } from './game-directory.ts'
import { gameRoutes, redirect } from './game-routes.ts'
import type { HostDeps } from './host-deps.ts'
import { nobody, openHostNames } from './host-names.ts'
import { represent } from './http/representation.ts'
import { send } from './http/send.ts'
import { livePages } from './live-pages.ts'
import { friendlyPages } from './pages/friendly-page.ts'
import { showPreview } from './previews.ts'
import { sendProblem, statusOfError } from './problem.ts'
import { compileShell } from './shell-assets.ts'
import { openStudioPages } from './studio-pages.ts'

export interface HostOptions {
  /** Hears of failures only. */
  loggerInstance?: Pick<FastifyBaseLogger, 'warn' | 'error'>
  /** Memory for game files (in all their encodings) and for the pages of live games. */
  fileCacheBytes?: number
  pageCacheBytes?: number
}

const mebibyte = 1024 * 1024
const readMethods = ['GET', 'HEAD']
const silent = { warn: () => undefined, error: () => undefined }

/**
 * The game host: an application of its own, on an origin of its own, where nobody signs in. It has no hooks and does not
 * log requests, because what it does for nearly all of them is to send bytes that lie ready.
 */
export async function buildHost(deps: HostDeps, options: HostOptions = {}): Promise<FastifyInstance> {
  const { loggerInstance: log = silent, fileCacheBytes = 256 * mebibyte, pageCacheBytes = 128 * mebibyte } = options
  const app = Fastify({
    // Fastify's own logger would be made anew for each request and listen to each reply, for lines nobody writes here.
    logger: false,
    trustProxy: deps.config.trustProxy,
    exposeHeadRoutes: false,
    requestTimeout: 30_000,
    // A GET has no body, so its stream need not be set up, drained and ended: an eighth of the time of a request.
    http: { optimizeEmptyRequests: true },
    bodyLimit: 1024,
    // An address that cannot be decoded is one where no game is.
    frameworkErrors: (_error, request, reply) => send(request, reply, friendly.missing),
    routerOptions: { maxParamLength: 400, caseSensitive: true },
  })
  closeInTime(app)
  const assets = await compileShell()
  const friendly = await friendlyPages(assets)

  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    if (statusOfError(error) >= 500)
      log.error({ err: error, method: request.method, url: request.url }, 'request failed')
    if (statusOfError(error) >= 500 && request.method !== 'POST') send(request, reply, friendly.unavailable)
    else sendProblem(request, reply, error)
  })

  const files = createBundleFiles(deps, fileCacheBytes)
  const directory = openGameDirectory(deps, livePages(assets, deps.config), pageCacheBytes)
  const queue = openBeaconQueue({ record: (rows) => recordBeacons(deps.db, rows), log })
  const names = await openHostNames(deps, log)
  const studioPages = openStudioPages(deps, assets, friendly)
  app.addHook('onClose', async () => {
    directory.close()
    names.close()
    studioPages.close()
    await queue.close()
  })

  const worker = await represent({
    body: assets.worker,
    mimeType: 'text/javascript; charset=utf-8',
    cacheControl: 'no-cache',
    headers: { 'content-security-policy': "default-src 'none'; connect-src 'self'" },
  })
  const robots = await represent({
    body: 'User-agent: *\nDisallow: /_b/\nDisallow: /_p/\nDisallow: /_e\n',
    mimeType: 'text/plain; charset=utf-8',
    cacheControl: 'public, max-age=86400',
  })

  beaconRoutes(app, { crypto: deps.crypto, directory, queue, fetchSalt: () => visitorSalt(deps.db) })
  app.route({
    method: readMethods,
    url: '/_b/*',
    handler(request: FastifyRequest<{ Params: { '*': string } }>, reply) {
      const name = request.params['*']
      const known = files.known(name)
      if (known) return send(request, reply, known)
      return files.find(name).then((file) => send(request, reply, file ?? friendly.missing))
    },
  })
  app.route({
    method: readMethods,
    url: '/_p/:token/',
    async handler(request: FastifyRequest<{ Params: { token: string } }>, reply) {
      send(request, reply, (await showPreview(deps, assets, request.params.token)) ?? friendly.previewEnded)
    },
  })
  app.route({
    method: readMethods,
    url: '/_p/:token',
    handler: (request: FastifyRequest<{ Params: { token: string } }>, reply) =>
      redirect(request, reply, `/_p/${encodeURIComponent(request.params.token)}/`),
  })
  app.route({ method: readMethods, url: '/robots.txt', handler: (request, reply) => send(request, reply, robots) })
  // Asked by a proxy before it fetches a certificate for a name (Caddy's `on_demand_tls`, docs/deployment.md).
  app.get('/_tls', (request: FastifyRequest<{ Querystring: { domain?: string } }>, reply) => {
    const audience = names.audienceOf(String(request.query.domain ?? ''))
    return reply
      .code(audience === nobody ? 404 : 200)
      .header('cache-control', 'no-store')
      .send()
  })
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  gameRoutes(app, { directory, names, studioPages, files, friendly, worker })
  return app
}
