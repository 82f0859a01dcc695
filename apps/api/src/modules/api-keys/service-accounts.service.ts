import type { CreateServiceAccountInput, ListServiceAccountsQuery, ServiceAccountView } from '@sparkle/shared/api-keys'
import { rolePermissions } from '@sparkle/shared/permissions'
import type { UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { createServiceAccount } from '../../db/system-keys.ts'
import { assertMayGive } from '../permissions/roles.service.ts'
import { upsertMembership, userEmailContext } from '../users/users.queries.ts'
import { deactivateUser, reactivateUser } from '../users/users.service.ts'
import { countAccounts, findAccount, listAccountRows } from './service-accounts.queries.ts'

export async function listServiceAccounts(tx: TenantTx, query: ListServiceAccountsQuery) {
  const page = await listAccountRows(tx, query)
  const total = asksFor(query.include, 'total') ? await countAccounts(tx) : undefined
  return { items: page.rows, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

export async function getServiceAccount(tx: TenantTx, id: string): Promise<ServiceAccountView> {
  return (await findAccount(tx, id)) ?? notFound('service_account')
}

/** Makes a member without a person. It does nothing until it is given a key, and never more than its maker may. */
export async function addServiceAccount(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  { name, role }: CreateServiceAccountInput,
): Promise<ServiceAccountView> {
  assertMayGive(actor, { role, permissions: rolePermissions[role] })
  const id = newId()
  // RFC 2606 reserves `.invalid`: no mail ever reaches it.
  const email = `${id}@service.invalid`
  await createServiceAccount(tx, {
    id,
    emailCipher: crypto.encrypt(email, userEmailContext),
    emailIndex: crypto.blindIndex(email, userEmailContext),
    displayName: name,
  })
  await upsertMembership(tx, id, role)
  await recordAudit(tx, actor, 'user:service:added', { entity: 'membership', id, changes: { name, role } })
  await emit(tx, actor, 'user:service:added', { data: { userId: id, userName: name, role } })
  return getServiceAccount(tx, id)
}

/** Ends a service account: all its keys are refused at once, and work again after `reactivate`. */
export async function endServiceAccount(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<ServiceAccountView> {
  await getServiceAccount(tx, id)
  await deactivateUser(tx, crypto, actor, id, expected)
  return getServiceAccount(tx, id)
}

export async function resumeServiceAccount(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<ServiceAccountView> {
  await getServiceAccount(tx, id)
  await reactivateUser(tx, crypto, actor, id, expected)
  return getServiceAccount(tx, id)
}
