import {
  type ApiKeyView,
  type CreateApiKeyInput,
  type CreatedApiKey,
  keyWarningDays,
  type ListApiKeysQuery,
  mostKeys,
} from '@sparkle/shared/api-keys'
import { can, type SystemActor, type UserActor } from '../../core/actor.ts'
import { apiKeyContext, makeApiKey } from '../../core/api-key-token.ts'
import { assertVersion, conflict, forbidden, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  countKeyRows,
  endKey,
  findKey,
  findUserKind,
  insertKey,
  listKeyRows,
  lockEndingKeys,
  lockKey,
  lockKeyOwner,
  markKeyWarned,
} from './api-keys.queries.ts'
import { assertOwnScopes, keyEnd } from './api-keys.rules.ts'

function assertManages(actor: UserActor): void {
  if (!can(actor, 'api-keys:manage')) forbidden('auth.forbidden', 'This needs the permission api-keys:manage.')
}

export async function listKeys(tx: TenantTx, actor: UserActor, query: ListApiKeysQuery) {
  const userId = query.userId ?? (query.owner === 'everybody' ? undefined : actor.userId)
  if (userId !== actor.userId) assertManages(actor)
  const filter = { ...query, userId }
  const page = await listKeyRows(tx, filter)
  const total = asksFor(query.include, 'total') ? await countKeyRows(tx, filter) : undefined
  return { items: page.rows, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/** Somebody else's key is there for those who manage keys, and for nobody else. */
export async function getKey(tx: TenantTx, actor: UserActor, id: string): Promise<ApiKeyView> {
  const key = (await findKey(tx, id)) ?? notFound('api_key')
  if (key.userId !== actor.userId && !can(actor, 'api-keys:manage')) notFound('api_key')
  return key
}

/** Makes a key for oneself or for a service account. Its text is in the answer, and only its keyed hash is kept. */
export async function createKey(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  input: CreateApiKeyInput,
): Promise<CreatedApiKey> {
  const userId = input.userId ?? actor.userId
  if (userId !== actor.userId) assertManages(actor)
  const owner = (await lockKeyOwner(tx, userId)) ?? notFound('user')
  if (userId !== actor.userId && owner.kind !== 'service')
    forbidden('api_key.not_yours', 'People make their own keys. Make one for a service account.')
  const scopes = [...new Set(input.scopes)]
  // A service account is not bound to what is assigned to the key's maker.
  const where = userId === actor.userId ? undefined : { assignedArtistId: null }
  assertOwnScopes(scopes, (permission) => can(actor, permission, where))
  const expiresAt = keyEnd(input.expiresAt, can(actor, 'api-keys:manage'), new Date())
  if ((await countKeyRows(tx, { userId, status: 'active' })) >= mostKeys)
    conflict('api_key.too_many', `There are ${mostKeys} keys already. Revoke one first.`)

  const id = newId()
  const { token, prefix } = makeApiKey()
  const tokenHash = crypto.secretHash(token, apiKeyContext)
  await insertKey(tx, { id, userId, name: input.name, prefix, tokenHash, scopes, createdBy: actor.userId, expiresAt })
  await recordAudit(tx, actor, 'user:key:created', {
    entity: 'api_key',
    id,
    changes: { name: input.name, prefix, userId, scopes, expiresAt },
  })
  await emit(tx, actor, 'user:key:created', { data: { keyId: id, keyName: input.name, userId } })
  return { ...(await getKey(tx, actor, id)), token }
}

/** Ends a key in every process at once. A key that has been revoked before stays as it is. */
export async function revokeKey(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<void> {
  const key = (await lockKey(tx, id)) ?? notFound('api_key')
  if (key.userId !== actor.userId && !can(actor, 'api-keys:manage')) notFound('api_key')
  assertVersion(key.version, expected)
  if (key.revokedAt) return
  await endKey(tx, id, actor.userId)
  await recordAudit(tx, actor, 'user:key:revoked', {
    entity: 'api_key',
    id,
    changes: { name: key.name, userId: key.userId },
  })
  await emit(tx, actor, 'user:key:revoked', { data: { keyId: id, keyName: key.name, userId: key.userId } })
}

/** Keys handled in one transaction; what is left waits for the next round. */
const batch = 200

/** Tells of keys that end within a week, once: their person, or whoever made them for a service account. */
export async function warnOfEndingKeys(tx: TenantTx, actor: SystemActor): Promise<number> {
  const ending = await lockEndingKeys(tx, keyWarningDays, batch)
  for (const { id, name, userId, createdBy, expiresAt } of ending) {
    const ownerId = (await findUserKind(tx, userId)) === 'service' ? createdBy : userId
    await markKeyWarned(tx, id, keyWarningDays)
    await recordAudit(tx, actor, 'user:key:expiring', {
      entity: 'api_key',
      id,
      changes: { warnedDays: keyWarningDays },
    })
    await emit(tx, actor, 'user:key:expiring', {
      data: { keyId: id, keyName: name, ownerId, days: keyWarningDays, expiresAt },
    })
  }
  return ending.length
}
