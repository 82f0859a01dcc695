import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Origin, UserActor } from '../core/actor.ts'
import { apiKeyContext, looksLikeApiKey } from '../core/api-key-token.ts'
import { AppError, suspended } from '../core/app-error.ts'
import { inTenant } from '../core/in-tenant.ts'
import { rightsOf } from '../core/rights.ts'
import { type ApiKeyRow, loadApiKey } from '../db/system-keys.ts'
import { apiKeys } from '../db/tables/api-keys.ts'
import type { Deps } from './types.ts'

const touchSeconds = 60

/** What this process knows of keys. */
export interface KeyRing {
  /** Whose call this is. Throws 401, with a code of its own for each reason. */
  actorOf(token: string, origin: Origin): Promise<UserActor>
  /** Who a socket that was opened with a key speaks for now; null where the key is no good any more. */
  reload(actor: UserActor): Promise<UserActor | null>
  close(): Promise<void>
}

/**
 * Keys as sessions are kept: in memory for half a minute, and dropped at once when the database says that one, or the
 * membership behind it, has changed.
 */
export function openKeyRing(
  { db, crypto, listener }: Pick<Deps, 'db' | 'crypto' | 'listener'>,
  log: FastifyBaseLogger,
) {
  const known = new LRUCache<string, ApiKeyRow>({ max: 5_000, ttl: 30_000 })
  const hashes = new LRUCache<string, string>({ max: 5_000 })
  const touched = new LRUCache<string, true>({ max: 20_000, ttl: touchSeconds * 1000 })
  const writing = new Set<Promise<void>>()
  /** Grows with every change that is heard of: what was read before one is not kept after it. */
  let changes = 0
  const stops = [
    listener.on('sc_users', (userId) => {
      changes += 1
      for (const [hash, key] of known.entries()) if (key.userId === userId) known.delete(hash)
    }),
    listener.on('sc_studios', forgetAll),
    listener.on('reconnected', forgetAll),
  ]

  function forgetAll(): void {
    changes += 1
    known.clear()
  }

  async function find(hash: string): Promise<ApiKeyRow | undefined> {
    const kept = known.get(hash)
    if (kept) return kept
    const before = changes
    const row = await loadApiKey(db, hash)
    if (row && changes === before) known.set(hash, row)
    return row
  }

  async function actorOf(token: string, origin: Origin): Promise<UserActor> {
    if (!looksLikeApiKey(token)) throw refusals.invalid()
    const hash = crypto.secretHash(token, apiKeyContext)
    const row = await find(hash)
    const actor = toActor(row, origin)
    hashes.set(actor.sessionId, hash)
    touch(actor)
    return actor
  }

  /** Nobody waits for it, and the database has the last word where several processes serve one key. */
  function touch(actor: UserActor): void {
    const id = actor.sessionId
    if (touched.has(id)) return
    touched.set(id, true)
    const write = inTenant(db, actor, async (tx) => {
      await tx
        .update(apiKeys)
        .set({ lastUsedAt: sql`now()`, lastUsedAddress: actor.origin.address } as never)
        .where(
          and(
            eq(apiKeys.organizationId, tx.organizationId),
            eq(apiKeys.id, id),
            or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, sql`now() - make_interval(secs => ${touchSeconds})`)),
          ),
        )
    }).catch((error: unknown) => log.error({ err: error }, 'the use of an API key could not be noted'))
    const done = write.finally(() => writing.delete(done))
    writing.add(done)
  }

  async function reload(actor: UserActor): Promise<UserActor | null> {
    const hash = hashes.get(actor.sessionId)
    const row = hash === undefined ? undefined : await loadApiKey(db, hash)
    return row && refusalOf(row) === null ? toActor(row, actor.origin) : null
  }

  async function close(): Promise<void> {
    stops.forEach((stop) => stop())
    await Promise.all(writing)
  }

  return { actorOf, reload, close } satisfies KeyRing
}

export function keyRefused(): AppError {
  return new AppError('forbidden', 'auth.key_not_allowed', 'An API key cannot do this: sign in as a person.')
}

const refuse = (code: string, detail: string) => () => new AppError('unauthenticated', code, detail)
const refusals = {
  invalid: refuse('auth.key_invalid', 'There is no such API key. See that it was copied whole.'),
  revoked: refuse('auth.key_revoked', 'This API key was revoked. Make a new one.'),
  expired: refuse('auth.key_expired', 'This API key has expired. Make a new one.'),
  deactivated: refuse('auth.key_owner_deactivated', 'The access of whom this API key belongs to has ended.'),
  suspended,
}

function refusalOf(row: ApiKeyRow): keyof typeof refusals | null {
  if (row.revokedAt) return 'revoked'
  if (row.expiresAt !== null && Date.parse(row.expiresAt) <= Date.now()) return 'expired'
  if (row.suspended) return 'suspended'
  return row.role === null ? 'deactivated' : null
}

/** The key's person, who may what the key names and they themselves still may. */
function toActor(row: ApiKeyRow | undefined, origin: Origin): UserActor {
  if (!row) throw refusals.invalid()
  const refusal = refusalOf(row)
  if (refusal || row.role === null) throw refusals[refusal ?? 'deactivated']()
  return {
    kind: 'user',
    userId: row.userId,
    displayName: row.displayName,
    sessionId: row.id,
    organizationId: row.organizationId,
    role: row.role,
    accountId: row.accountId,
    ...rightsOf(row.role, row.rights),
    scopes: row.scopes,
    origin,
    viaKey: { id: row.id, name: row.name },
    ...(row.readOnlyUntil && { readOnlyUntil: row.readOnlyUntil }),
  }
}
