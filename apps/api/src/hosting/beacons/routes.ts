import type { FastifyInstance, FastifyRequest } from 'fastify'
import { beacon, type Beacon } from '@sparkle/shared/urls'
import { AppError } from '../../core/app-error.ts'
import type { GameDirectory } from '../game-directory.ts'
import type { HostDeps } from '../host-deps.ts'
import { createAddressLimit } from './address-limit.ts'
import { deviceOf, isBot } from './agents.ts'
import type { BeaconQueue } from './queue.ts'
import { type DaySalt, visitorNamer } from './visitor.ts'

const largestBodyBytes = 1024
/** A page load sends four, and a household or a school shares one address. */
const perAddress = { most: 600, windowSeconds: 60 }

interface BeaconParts {
  crypto: HostDeps['crypto']
  directory: Pick<GameDirectory<{ weightBytes: number }>, 'find'>
  queue: Pick<BeaconQueue, 'add'>
  fetchSalt(): Promise<DaySalt>
}

/**
 * `POST /_e`: the shell's beacon. Accepted ones are answered 204 whether they count or not: an unknown slug, a bot and a
 * visitor who asks not to be tracked (docs/decisions/0010-counting-players.md) leave no trace, and nobody learns which it was.
 */
export function beaconRoutes(app: FastifyInstance, { crypto, directory, queue, fetchSalt }: BeaconParts): void {
  const nameVisitor = visitorNamer(crypto, fetchSalt)
  const secondsToWait = createAddressLimit(perAddress)
  app.removeContentTypeParser('application/json')

  app.post('/_e', { bodyLimit: largestBodyBytes }, async (request, reply) => {
    const wait = secondsToWait(request.ip)
    if (wait > 0) {
      reply.header('retry-after', wait)
      throw new AppError('rate_limited', 'beacon.rate_limited', `Too many beacons. Try again in ${wait} s.`)
    }
    refuseForeign(request)
    const sent = readBeacon(request.body)
    const { 'user-agent': agent, dnt, 'sec-gpc': gpc } = request.headers
    const counts = !isBot(agent) && dnt !== '1' && gpc !== '1'
    const place = counts ? await directory.find(sent.slug) : undefined
    if (place?.kind === 'live') {
      const { urlId, buildId, bundle } = place
      const at = new Date().toISOString()
      const visitor = await nameVisitor({ urlId, address: request.ip, userAgent: agent ?? '' })
      const { loadId, type, score = null, seconds = null, referrer: referrerHost = null } = sent
      const taken = queue.add({
        organizationId: bundle.organizationId,
        urlId,
        buildId,
        loadId,
        type,
        visitor,
        score,
        seconds,
        referrerHost,
        device: deviceOf(request.headers),
        at,
      })
      if (!taken) throw new AppError('unavailable', 'beacon.queue_full', 'Beacons cannot be taken right now.')
    }
    return reply.code(204).header('cache-control', 'no-store').send()
  })
}

/** A sandboxed game could post beacons of its own; its origin is opaque, and the browser says so. */
function refuseForeign({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site']
  const foreign = site === undefined ? headers.origin === 'null' : site !== 'same-origin'
  if (foreign) throw new AppError('forbidden', 'beacon.cross_origin', 'Only the page of the game itself may send this.')
}

function readBeacon(body: unknown): Beacon {
  let data: unknown
  try {
    data = JSON.parse(String(body))
  } catch {
    // Not worth a log line: anybody can post anything here.
    throw new AppError('malformed', 'beacon.malformed', 'The body is not JSON.')
  }
  const parsed = beacon.safeParse(data)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.slice(0, 10).map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new AppError('invalid', 'beacon.invalid', 'This is no beacon; see errors.', { errors })
}
