import type { Permission } from '@sparkle/shared/permissions'
import { can, type UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { lockAccount } from './accounts.queries.ts'

/** The account, locked for a change by somebody who may make it; 404 for a customer of another one. */
export async function openAccount(tx: TenantTx, actor: UserActor, id: string, permission: Permission) {
  const account = (await lockAccount(tx, id)) ?? notFound('account')
  if (!can(actor, permission, { accountId: id })) notFound('account')
  return account
}
