import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { slugPattern } from '@sparkle/shared/text'
import type { BundleFiles } from './bundle-files.ts'
import type { GameDirectory, LiveGame, Place } from './game-directory.ts'
import type { Representation } from './http/representation.ts'
import { send } from './http/send.ts'
import type { LivePages } from './live-pages.ts'
import type { FriendlyPages } from './pages/friendly-page.ts'
import { picturePattern } from './pages/shell-page.ts'

interface GameParts {
  directory: GameDirectory<LivePages>
  files: BundleFiles
  friendly: FriendlyPages
  worker: Representation
}

type SlugRequest = FastifyRequest<{ Params: { slug: string } }>
type FileRequest = FastifyRequest<{ Params: { slug: string; file: string } }>
type Show = (game: LiveGame<LivePages>, request: FastifyRequest, reply: FastifyReply) => void | Promise<void>

const readMethods = ['GET', 'HEAD']

/** The addresses of live games, and under each its worker, web manifest and pictures. */
export function gameRoutes(app: FastifyInstance, { directory, files, friendly, worker }: GameParts): void {
  /** Without a promise where the slug is known, which is nearly always. */
  function withPlace(request: SlugRequest, reply: FastifyReply, rest: string, show: Show): void | Promise<void> {
    const { slug } = request.params
    const known = directory.known(slug)
    if (known) return answer(known, request, reply, rest, show)
    const lower = slug.toLowerCase()
    if (lower !== slug && slugPattern.test(lower)) return redirect(request, reply, `/${lower}/${rest}`)
    return directory.find(slug).then((place) => answer(place, request, reply, rest, show))
  }

  function answer(place: Place<LivePages>, request: SlugRequest, reply: FastifyReply, rest: string, show: Show) {
    switch (place.kind) {
      case 'live':
        return show(place, request, reply)
      case 'moved':
        return redirect(request, reply, `/${place.slug}/${rest}`)
      case 'expired':
        return send(request, reply, friendly.expired)
      case 'unknown':
        return send(request, reply, friendly.missing)
    }
  }

  app.route({
    method: readMethods,
    url: '/:slug/',
    handler: (request: SlugRequest, reply) => withPlace(request, reply, '', showPage),
  })
  app.route({
    method: readMethods,
    url: '/:slug',
    handler(request: SlugRequest, reply) {
      if (slugPattern.test(request.params.slug)) redirect(request, reply, `/${request.params.slug}/`)
      else send(request, reply, friendly.missing)
    },
  })
  app.route({
    method: readMethods,
    url: '/:slug/manifest.webmanifest',
    handler: (request: SlugRequest, reply) => withPlace(request, reply, 'manifest.webmanifest', showManifest),
  })
  app.route({
    method: readMethods,
    url: '/:slug/sw.js',
    handler: (request: SlugRequest, reply) => withPlace(request, reply, 'sw.js', () => send(request, reply, worker)),
  })
  app.route({
    method: readMethods,
    url: '/:slug/:file',
    handler(request: FileRequest, reply) {
      const { file } = request.params
      if (!picturePattern.test(file)) return send(request, reply, friendly.missing)
      return withPlace(request, reply, file, async ({ bundle }) => {
        send(request, reply, (await files.open(bundle, file, 'named')) ?? friendly.missing)
      })
    },
  })
}

const showPage: Show = ({ shown }, request, reply) => send(request, reply, shown.page)
const showManifest: Show = ({ shown }, request, reply) => send(request, reply, shown.webManifest)

/** Permanent, method and query kept; short-lived in caches, because an address may be given back. */
export function redirect(request: FastifyRequest, reply: FastifyReply, path: string): void {
  const mark = request.url.indexOf('?')
  const location = mark < 0 ? path : path + request.url.slice(mark)
  reply.hijack()
  reply.raw
    .writeHead(308, ['location', location, 'content-length', '0', 'cache-control', 'public, max-age=0, s-maxage=60'])
    .end()
}
