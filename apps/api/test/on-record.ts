import { appendFileSync } from 'node:fs'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type pg from 'pg'

/** An operation that succeeded in a test file, and the audit actions that its requests left. */
export interface Witness {
  /** `PATCH /projects/:id` */
  operation: string
  actions: string[]
}

/** What is on record although nothing changes: readings of personal data and downloads. Each with who must leave it. */
const readings: ReadonlyMap<string, readonly string[]> = new Map([
  ['personal:read', ['GET /projects/:id', 'GET /accounts/:id', 'GET /audit/:id']],
  ['asset:downloaded', ['GET /assets/:id/content']],
  ['document:downloaded', ['GET /documents/:token']],
  ['attachment:downloaded', ['GET /attachments/:token']],
  ['version:downloaded', ['GET /downloads/:token']],
  ['project:delivered', ['GET /downloads/:token']],
  ['project:exported', ['GET /projects/export.csv']],
  ['audit:exported', ['GET /audit/export']],
  ['user:export:downloaded', ['GET /public/person-exports/:token']],
])
const readers = new Set([...readings.values()].flat())

const challenge =
  'it makes a challenge or a mail that serves once, or answers a question; what comes of it is on record'
const bytes = 'bytes or a place for them; what becomes of them is on record when they are declared complete'
const ownMark = "the person's own marks of what they have read"
const because = (reason: string, ...operations: string[]) => operations.map((one) => [one, reason] as const)

/** The closed list of changing operations that leave nothing on record, with the reasons. */
export const unrecorded: ReadonlyMap<string, string> = new Map([
  ...because(
    challenge,
    'POST /auth/passkey/options',
    'POST /auth/step-up/passkey/options',
    'POST /me/passkeys/options',
    'POST /me/second-factor',
    'POST /auth/sso/discover',
    'POST /auth/saml/:providerId/acs',
    'POST /auth/reset-password/check',
    'POST /auth/forgot-password',
    'POST /me/email-change/resend',
    'POST /identity-providers/:id/test',
    'POST /people/erasures/preview',
    'POST /audit/:id/restore/preview',
    'POST /project-imports/:id/preview',
  ),
  ...because(
    bytes,
    'PUT /_uploads/:token',
    'PUT /_resumable/:token',
    'POST /public/studios/:slug/uploads',
    'POST /public/orders/:token/uploads',
    'POST /projects/:id/assets/uploads',
    'POST /assets/:id/versions',
    'POST /projects/:id/files/uploads',
    'POST /project-imports',
  ),
  ...because(
    ownMark,
    'POST /notifications/:id/read',
    'POST /notifications/read-all',
    'POST /projects/:id/messages/read',
    'POST /versions/:id/comments/read',
  ),
  ...because(
    'the same session goes on; where it began and ended is on record',
    'POST /auth/refresh',
    'POST /auth/switch',
    'POST /auth/step-up',
    'POST /auth/step-up/passkey',
  ),
])

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])
const nameOf = (method: string, url: string) => `${method} ${url.replace('/api/v1', '')}`

export interface RecordWatch {
  onRoute(route: RouteOptions): void
  /** What has succeeded so far, with what it left on record. Asks the database once. */
  witnesses(owner: pg.Pool): Promise<Witness[]>
}

/** Notes which changes and readings succeed while tests run: each of them has to be on record somewhere. */
export function watchRecord(): RecordWatch {
  const succeeded = new Map<string, string[]>()
  async function note(request: FastifyRequest, reply: FastifyReply) {
    if (reply.statusCode >= 400 || reply.getHeader('idempotent-replayed')) return
    const operation = nameOf(request.method, request.routeOptions.url ?? '')
    const requests = succeeded.get(operation)
    if (requests) requests.push(request.id)
    else succeeded.set(operation, [request.id])
  }
  return {
    onRoute(route) {
      if (!route.url.startsWith('/api/v1/')) return
      const watched = [route.method].flat().some((one) => changing.has(one) || readers.has(nameOf(one, route.url)))
      if (watched) route.onResponse = [...[route.onResponse ?? []].flat(), note]
    },
    async witnesses(owner) {
      const { rows } = await owner.query<{ request: string; action: string }>(
        'select distinct request_id as request, action from audit where request_id = any($1)',
        [[...succeeded.values()].flat()],
      )
      const left = Map.groupBy(rows, (row) => row.request)
      return [...succeeded].map(([operation, requests]) => ({
        operation,
        actions: [...new Set(requests.flatMap((id) => left.get(id) ?? []).map((row) => row.action))].sort(),
      }))
    },
  }
}

/** The file of this run to which test files add what they saw; unset where only some of the tests run. */
const runFile = process.env['RECORD_WITNESSES']

/** Adds what one test file saw to the whole run's. One write, so that files running side by side do not mix. */
export async function addToRun(watch: RecordWatch, owner: pg.Pool): Promise<void> {
  if (!runFile) return
  const lines = (await watch.witnesses(owner)).map((witness) => `${JSON.stringify(witness)}\n`)
  appendFileSync(runFile, lines.join(''))
}

/**
 * What a whole run of the tests does not prove: changing operations that never succeeded or never left a row in the
 * audit, readings that left none, and excuses that nobody needs.
 */
export function offRecord(operations: readonly string[], seen: readonly Witness[]): string[] {
  const left = new Map<string, Set<string>>()
  for (const { operation, actions } of seen) left.set(operation, new Set([...(left.get(operation) ?? []), ...actions]))
  const changes = operations.filter((one) => changing.has(one.split(' ')[0] ?? ''))
  const faults = changes.flatMap((operation) => {
    const actions = left.get(operation)
    if (!actions) return [`${operation} succeeded in no test`]
    const changed = [...actions].some((action) => !readings.has(action))
    if (unrecorded.has(operation)) return changed ? [`${operation} is on record and needs no excuse`] : []
    return changed ? [] : [`${operation} leaves nothing on record`]
  })
  for (const [action, by] of readings)
    for (const operation of by)
      if (!left.get(operation)?.has(action)) faults.push(`${operation} does not leave ${action}`)
  for (const operation of unrecorded.keys())
    if (!changes.includes(operation)) faults.push(`${operation} is excused and does not exist`)
  return faults
}
