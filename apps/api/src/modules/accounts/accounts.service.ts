import type {
  AccountDetail,
  AccountView,
  CreateAccountInput,
  ListAccountsQuery,
  MergeResult,
  UpdateAccountInput,
} from '@sparkle/shared/accounts'
import { can, isClient, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, invalid, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { recordRead } from '../../core/record-read.ts'
import { customerEmailIndex } from '../projects/contact-data.service.ts'
import {
  countAccounts,
  deleteAccount,
  findAccount,
  insertAccount,
  isInUse,
  listAccounts,
  listConsents,
  listContacts,
  listInvitedTwice,
  lockAccount,
  movePart,
  partKinds,
  updateAccount,
} from './accounts.queries.ts'
import { revokeInvitation } from '../users/invitations.service.ts'
import { addContact, contactView } from './contacts.service.ts'
import { openAccount } from './open-account.service.ts'

export async function listAccountViews(tx: TenantTx, crypto: Crypto, actor: UserActor, query: ListAccountsQuery) {
  const { q, include, ...page } = query
  const filter = {
    ...page,
    ...(q?.includes('@')
      ? { emailIndex: crypto.blindIndex(q, customerEmailIndex) }
      : { words: q?.trim() || undefined }),
    ...(isClient(actor) && { only: actor.accountId ?? actor.userId }),
  }
  const { rows, nextCursor } = await listAccounts(tx, filter)
  const total = asksFor(include, 'total') ? await countAccounts(tx, filter) : undefined
  return { items: rows, nextCursor, ...(total !== undefined && { total }) }
}

/** With contacts and consents. That contact data was read goes on record; a customer sees names only. */
export async function getAccount(tx: TenantTx, crypto: Crypto, actor: UserActor, id: string): Promise<AccountDetail> {
  const account = await viewOf(tx, id)
  if (!can(actor, 'accounts:read', { accountId: id })) notFound('account')
  const contacts = await listContacts(tx, id)
  const consents = await listConsents(tx, id)
  if (!isClient(actor) && contacts.some(({ emailCipher, phoneCipher }) => emailCipher ?? phoneCipher))
    await recordRead(tx, actor, { entity: 'account', id })
  return { ...account, contacts: contacts.map((row) => contactView(crypto, actor, row)), consents }
}

async function viewOf(tx: TenantTx, id: string): Promise<AccountView> {
  return (await findAccount(tx, id)) ?? notFound('account')
}

export async function createAccount(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  { contact, ...input }: CreateAccountInput,
): Promise<AccountView> {
  const id = newId()
  await insertAccount(tx, { id, ...input })
  await recordAudit(tx, actor, 'account:created', { entity: 'account', id, changes: { kind: input.kind } })
  await emit(tx, actor, 'account:created', { data: { accountId: id } })
  if (contact) await addContact(tx, crypto, actor, id, contact)
  return viewOf(tx, id)
}

export async function changeAccount(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  input: UpdateAccountInput,
  expected: number | null,
): Promise<AccountView> {
  const account = await openAccount(tx, actor, id, 'accounts:update')
  assertVersion(account.version, expected)
  await updateAccount(tx, id, input)
  await recordAudit(tx, actor, 'account:updated', { entity: 'account', id, changes: changesBetween(account, input) })
  await emit(tx, actor, 'account:updated', { data: { accountId: id } })
  return viewOf(tx, id)
}

/** Deletes an account nothing hangs on, with its contacts. What has history is merged or its people are erased instead. */
export async function removeAccount(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const account = await openAccount(tx, actor, id, 'accounts:delete')
  assertVersion(account.version, expected)
  if (await isInUse(tx, id))
    conflict(
      'account.in_use',
      'Projects, orders, pets or people belong to this client. Merge it into another one, or erase its people.',
    )
  await deleteAccount(tx, id)
  await recordAudit(tx, actor, 'account:deleted', { entity: 'account', id })
  await emit(tx, actor, 'account:deleted', { data: { accountId: id } })
}

/**
 * Gives everything of an account to another one and deletes it. Both are locked in one order: two merges cannot cross. Who
 * was invited to both keeps the invitation to the one that stays.
 */
export async function mergeAccount(tx: TenantTx, actor: UserActor, id: string, into: string): Promise<MergeResult> {
  // To merge is to delete one of the two.
  if (!can(actor, 'accounts:delete')) forbidden('auth.forbidden', 'This needs the permission accounts:delete.')
  if (into === id) invalid('account.merge_into_itself', 'Choose another client to merge into.', 'body.into')
  const [first, second] = [id, into].toSorted() as [string, string]
  await lockAccount(tx, first)
  await lockAccount(tx, second)
  await openAccount(tx, actor, id, 'accounts:update')
  if (!(await lockAccount(tx, into)))
    invalid('account.merge_target', 'There is no such client to merge into.', 'body.into')
  for (const twice of await listInvitedTwice(tx, id, into)) await revokeInvitation(tx, actor, twice, null)
  const items: MergeResult['items'] = []
  for (const kind of partKinds)
    for (const moved of await movePart(tx, kind, id, into)) items.push({ kind, id: moved, outcome: 'moved' })
  await deleteAccount(tx, id)
  await updateAccount(tx, into, {})
  // By kind, so that the record says of each thing whose it was before.
  const moved = Object.fromEntries(
    Object.entries(Object.groupBy(items, ({ kind }) => kind)).map(([kind, of]) => [kind, of.map((one) => one.id)]),
  )
  const changes = { into, moved }
  await recordAudit(tx, actor, 'account:merged', { entity: 'account', id, changes })
  await emit(tx, actor, 'account:merged', { data: { accountId: into, from: id } })
  return { account: await viewOf(tx, into), items }
}
