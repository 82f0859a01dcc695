import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { slugPattern } from '@sparkle/shared/text'
import type { BundleFiles } from './bundle-files.ts'
import type { GameDirectory, LiveGame, Place } from './game-directory.ts'
import type { Representation } from './http/representation.ts'
import { send } from './http/send.ts'
import { type Audience, everybody, type HostNames, nobody } from './host-names.ts'
import type { LivePages } from './live-pages.ts'
import type { FriendlyPages } from './pages/friendly-page.ts'
import { picturePattern } from './pages/shell-page.ts'
import type { StudioPages } from './studio-pages.ts'

interface GameParts {
  directory: GameDirectory<LivePages>
  names: HostNames
  studioPages: StudioPages
  files: BundleFiles
  friendly: FriendlyPages
  worker: Representation
}

type SlugRequest = FastifyRequest<{ Params: { slug: string } }>
type FileRequest = FastifyRequest<{ Params: { slug: string; file: string } }>
type Show = (game: LiveGame<LivePages>, request: FastifyRequest, reply: FastifyReply) => void | Promise<void>

const readMethods = ['GET', 'HEAD']

/** The addresses of live games, and under each its worker, web manifest and pictures. */
export function gameRoutes(
  app: FastifyInstance,
  { directory, names, studioPages, files, friendly, worker }: GameParts,
): void {
  /** Without a promise where the slug is known, which is nearly always. */
  function withPlace(request: SlugRequest, reply: FastifyReply, rest: string, show: Show): void | Promise<void> {
    const { slug } = request.params
    const audience = names.audienceOf(request.raw.headers.host)
    const known = directory.known(slug)
    if (known) return answer(known, audience, request, reply, rest, show)
    const lower = slug.toLowerCase()
    if (lower !== slug && slugPattern.test(lower)) return redirect(request, reply, `/${lower}/${rest}`)
    return directory.find(slug).then((place) => answer(place, audience, request, reply, rest, show))
  }

  function answer(
    place: Place<LivePages>,
    audience: Audience,
    request: SlugRequest,
    reply: FastifyReply,
    rest: string,
    show: Show,
  ) {
    if (audience !== everybody && !isSeenBy(place, audience)) return sendMissing(request, reply, audience)
    switch (place.kind) {
      case 'live':
        return show(place, request, reply)
      case 'moved':
        return redirect(request, reply, `/${place.slug}/${rest}`)
      case 'expired':
        return studioPages.find(place.organizationId, 'expired').then((page) => send(request, reply, page))
      case 'erased':
        return send(request, reply, friendly.expired)
      case 'unknown':
        return sendMissing(request, reply, audience)
    }
  }

  /** On a studio's own domain in its words. */
  function sendMissing(request: FastifyRequest, reply: FastifyReply, audience: Audience): void | Promise<void> {
    if (audience === everybody || audience === nobody) return send(request, reply, friendly.missing)
    return studioPages.find(audience, 'missing').then((page) => send(request, reply, page))
  }
  app.setNotFoundHandler((request, reply) => sendMissing(request, reply, names.audienceOf(request.raw.headers.host)))

  app.route({
    method: readMethods,
    url: '/:slug/',
    handler: (request: SlugRequest, reply) => withPlace(request, reply, '', showPage),
  })
  app.route({
    method: readMethods,
    url: '/:slug',
    handler(request: SlugRequest, reply) {
      if (slugPattern.test(request.params.slug)) return redirect(request, reply, `/${request.params.slug}/`)
      return sendMissing(request, reply, names.audienceOf(request.raw.headers.host))
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
      if (!picturePattern.test(file)) return sendMissing(request, reply, names.audienceOf(request.raw.headers.host))
      return withPlace(request, reply, file, async ({ bundle }) => {
        send(request, reply, (await files.open(bundle, file, 'named')) ?? friendly.missing)
      })
    },
  })
}

function isSeenBy(place: Place<LivePages>, audience: Audience): boolean {
  return 'organizationId' in place && place.organizationId === audience
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
