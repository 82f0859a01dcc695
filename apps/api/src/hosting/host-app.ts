import Fastify, {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import type { AppError } from '../core/app-error.ts'
import { newId } from '../core/ids.ts'
import { recordBeacons } from '../db/system.ts'
import { openBeaconQueue } from './beacons/queue.ts'
import { beaconRoutes } from './beacons/routes.ts'
import { createBundleFiles } from './bundle-files.ts'
import { openGameDirectory } from './game-directory.ts'
import { gameRoutes, redirect } from './game-routes.ts'
import type { HostDeps } from './host-deps.ts'
import { represent } from './http/representation.ts'
import { send } from './http/send.ts'
import { livePages } from './live-pages.ts'
import { friendlyPages } from './pages/friendly-page.ts'
import { showPreview } from './previews.ts'
import { sendProblem, statusOfError } from './problem.ts'
import { compileShell } from './shell-assets.ts'

export interface HostOptions {
  logger?: FastifyServerOptions['logger']
  loggerInstance?: FastifyServerOptions['loggerInstance']
  /** Memory for game files (in all their encodings) and for the pages of live games. */
  fileCacheBytes?: number
  pageCacheBytes?: number
}

const mebibyte = 1024 * 1024
const readMethods = ['GET', 'HEAD']

/**
 * The game host: an application of its own, on an origin of its own, where nobody signs in. It has no hooks and does not
 * log requests, because what it does for nearly all of them is to send bytes that lie ready.
 */
export async function buildHost(deps: HostDeps, options: HostOptions = {}): Promise<FastifyInstance> {
  const { fileCacheBytes = 256 * mebibyte, pageCacheBytes = 128 * mebibyte, ...logging } = options
  const app = Fastify({
    ...logging,
    trustProxy: deps.config.trustProxy,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    exposeHeadRoutes: false,
    requestTimeout: 30_000,
    bodyLimit: 1024,
    routerOptions: { maxParamLength: 400, caseSensitive: true },
  }) as unknown as FastifyInstance
  const assets = await compileShell()
  const friendly = await friendlyPages(assets)

  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    if (statusOfError(error) >= 500) request.log.error({ err: error }, 'request failed')
    if (statusOfError(error) >= 500 && request.method !== 'POST') send(request, reply, friendly.unavailable)
    else sendProblem(request, reply, error)
  })
  app.setNotFoundHandler((request, reply) => send(request, reply, friendly.missing))

  const files = createBundleFiles(deps, fileCacheBytes)
  const directory = openGameDirectory(deps, livePages(assets, deps.config), pageCacheBytes)
  const queue = openBeaconQueue({ record: (rows) => recordBeacons(deps.db, rows), log: app.log })
  app.addHook('onClose', async () => {
    directory.close()
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

  beaconRoutes(app, { crypto: deps.crypto, directory, queue })
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
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  gameRoutes(app, { directory, files, friendly, worker })
  return app
}
