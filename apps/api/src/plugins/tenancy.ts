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

function readIfMatch(this: FastifyRequest): number | null {
  const header = this.headers['if-match']
  if (header === undefined || header === '*') return null
  const match = /^"v(\d{1,9})"$/.exec(header)
  if (!match)
    throw new AppError(
      'precondition_failed',
      'version.malformed',
      'If-Match takes the ETag of the resource, such as "v3".',
    )
  return Number(match[1])
}
