import type { AddContactInput, ContactView, UpdateContactInput } from '@sparkle/shared/accounts'
import { isClient, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { violates } from '../../core/db-fault.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { customerEmailIndex } from '../projects/contact-data.service.ts'
import { type ContactRow, deleteContact, insertContact, lockContact, updateContact } from './accounts.queries.ts'
import { openAccount } from './open-account.service.ts'

export const contactEmailContext = 'contacts.email'
export const contactPhoneContext = 'contacts.phone'

/** A contact as its reader may see it: customers see who it is, not how they are reached. */
export function contactView(crypto: Crypto, actor: UserActor, row: ContactRow): ContactView {
  const { organizationId: _studio, emailCipher, emailIndex: _index, phoneCipher, ...rest } = row
  const inside = !isClient(actor)
  return {
    ...rest,
    email: inside && emailCipher ? crypto.decrypt(emailCipher, contactEmailContext) : null,
    phone: inside && phoneCipher ? crypto.decrypt(phoneCipher, contactPhoneContext) : null,
  }
}

/** Encrypted columns; null clears, undefined leaves alone. */
function reachColumns(crypto: Crypto, { email, phone }: Pick<UpdateContactInput, 'email' | 'phone'>) {
  return {
    ...(email !== undefined && {
      emailCipher: email && crypto.encrypt(email, contactEmailContext),
      emailIndex: email && crypto.blindIndex(email, customerEmailIndex),
    }),
    ...(phone !== undefined && { phoneCipher: phone && crypto.encrypt(phone, contactPhoneContext) }),
  }
}

/** An address is one contact's only, over all accounts of the studio: what finds somebody has to find one. */
async function orTaken(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (violates(error, 'contacts_email_key'))
      conflict('contact.email_taken', 'Another contact has this address. Merge the two clients instead.')
    throw error
  }
}

/** Adds a contact to an account that the caller has opened. */
export async function addContact(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  accountId: string,
  { name, email, phone }: AddContactInput,
): Promise<ContactView> {
  const id = newId()
  await orTaken(() => insertContact(tx, { id, accountId, name, ...reachColumns(crypto, { email, phone }) }))
  await recordAudit(tx, actor, 'account:updated', { entity: 'contact', id, changes: { accountId } })
  await emit(tx, actor, 'account:updated', { data: { accountId } })
  return viewOf(tx, crypto, actor, id)
}

async function viewOf(tx: TenantTx, crypto: Crypto, actor: UserActor, id: string): Promise<ContactView> {
  return contactView(crypto, actor, (await lockContact(tx, id)) ?? notFound('contact'))
}

interface ContactPlace {
  accountId: string
  id: string
  expected: number | null
}

async function openContact(tx: TenantTx, actor: UserActor, { accountId, id, expected }: ContactPlace): Promise<void> {
  await openAccount(tx, actor, accountId, 'accounts:update')
  const contact = await lockContact(tx, id)
  if (contact?.accountId !== accountId) notFound('contact')
  assertVersion(contact.version, expected)
}

export async function changeContact(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  place: ContactPlace,
  input: UpdateContactInput,
): Promise<ContactView> {
  const { accountId, id } = place
  await openContact(tx, actor, place)
  const { email, phone, ...rest } = input
  await orTaken(() => updateContact(tx, id, { ...rest, ...reachColumns(crypto, { email, phone }) }))
  await recordAudit(tx, actor, 'account:updated', { entity: 'contact', id, changes: { fields: Object.keys(input) } })
  await emit(tx, actor, 'account:updated', { data: { accountId } })
  return viewOf(tx, crypto, actor, id)
}

/** Removes a contact that nothing was ordered by; else 409: whoever has ordered is erased instead. */
export async function removeContact(tx: TenantTx, actor: UserActor, place: ContactPlace): Promise<void> {
  const { accountId, id } = place
  await openContact(tx, actor, place)
  if (!(await deleteContact(tx, id)))
    conflict('contact.in_use', 'Projects or orders name this contact. Erase the person instead.')
  await recordAudit(tx, actor, 'account:updated', { entity: 'contact', id, changes: { accountId, removed: true } })
  await emit(tx, actor, 'account:updated', { data: { accountId } })
}
