import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../core/app-error.ts'
import type { TenantActor } from '../core/actor.ts'
import { inTenant, inTenantRead, type TenantTx } from '../core/in-tenant.ts'
import { findKept, once, type IdempotentCall } from '../core/idempotency.ts'
import { sha256 } from '../core/crypto.ts'

const keyPattern = /^[\x21-\x7e]{1,120}$/

/** The second gate: the doors to a studio's rows, `If-Match`, `ETag` and `Idempotency-Key`. */
export const tenancy = fp(
  async (app) => {
    const { db } = app.deps

    app.decorateRequest('inTenant', function <T>(this: FastifyRequest, work: (tx: TenantTx) => Promise<T>) {
      return runIn(this, this.reviewer, work)
    })
    app.decorateRequest('inTenantAs', function (this: FastifyRequest, actor, work) {
      return runIn(this, actor, work)
    })
    app.decorateRequest('inTenantRead', function (this: FastifyRequest, work) {
      return inTenantRead(db, this.reviewer, work)
    })
    app.decorateRequest('hasKeptReply', async function (this: FastifyRequest) {
      const call = idempotentCall(this, this.reviewer)
      return call !== null && (await inTenant(db, this.reviewer, (tx) => findKept(tx, call))) !== undefined
    })
    app.decorateRequest('ifMatch', { getter: readIfMatch })
    app.decorateRequest('tenantCalls', 0)
    app.decorateRequest('replayed', false)

    function runIn<T>(request: FastifyRequest, actor: TenantActor, work: (tx: TenantTx) => Promise<T>): Promise<T> {
      const call = idempotentCall(request, actor)
      if (!call) return inTenant(db, actor, work)
      request.tenantCalls += 1
      return inTenant(db, actor, async (tx) => {
        const { value, replayed } = await once(tx, call, () => work(tx))
        request.replayed = replayed
        return value
      })
    }

    app.addHook('preSerialization', async (request, reply, payload) => {
      if (request.replayed) reply.header('idempotent-replayed', 'true')
      const { version, items } = (payload ?? {}) as { version?: unknown; items?: unknown }
      if (Array.isArray(items)) endWholeList(payload as { nextCursor?: unknown })
      if (typeof version === 'number' && reply.statusCode < 300) reply.header('etag', `"v${version}"`)
      return payload
    })
  },
  { name: 'tenancy', dependencies: ['access'] },
)

declare module 'fastify' {
  interface FastifyRequest {
    /** How many transactions the request has opened: each of them is kept under the key by its number. */
    tenantCalls: number
    replayed: boolean
  }
}

/** A list without pages says that there is no further one. */
function endWholeList(list: { nextCursor?: unknown }): void {
  if (list.nextCursor === undefined) list.nextCursor = null
}

/** What the next transaction of a request is kept under; null where it is not kept. */
function idempotentCall(request: FastifyRequest, actor: TenantActor): IdempotentCall | null {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || key === undefined || request.routeOptions.config.idempotent === false) return null
  if (typeof key !== 'string' || !keyPattern.test(key))
    throw new AppError(
      'invalid',
      'idempotency.malformed_key',
      'Idempotency-Key takes 1 to 120 visible ASCII characters.',
    )
  const who = actor.kind === 'user' ? actor.userId : actor.kind === 'guest' ? actor.visitId : actor.kind
  const body = JSON.stringify([request.params, request.body ?? null])
  return {
    scope: `${who} ${request.routeOptions.url} ${request.tenantCalls + 1}`,
    key,
    bodyHash: sha256(body),
  }
}

/** One entity tag (RFC 9110, 8.8.3); a proxy that compresses puts `W/` before it. */
const entityTag = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/

/**
 * The version that `If-Match` names: our `"v3"`, or `"3"`, as the body has it. Throws 400 for what is not one entity tag,
 * since trying again after another reading would not help, and 412 for one that was never ours.
 */
function readIfMatch(this: FastifyRequest): number | null {
  const header = this.headers['if-match']?.trim()
  if (header === undefined || header === '*') return null
  const [, tag] = entityTag.exec(header) ?? []
  if (tag === undefined)
    throw new AppError(
      'malformed',
      'version.malformed',
      'If-Match takes one ETag of the resource with its quotes, such as "v3" for version 3, and no list of them.',
    )
  const [, version] = /^v?(\d{1,9})$/.exec(tag) ?? []
  if (version === undefined)
    throw new AppError('precondition_failed', 'version.stale', 'Nothing here has that ETag. Load it again.')
  return Number(version)
}
