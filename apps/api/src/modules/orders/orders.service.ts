import type { KnownOrderInput } from '@sparkle/shared/orders'
import { actorUserId, isClient, type PublicActor, type UserActor } from '../../core/actor.ts'
import { invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { adoptUploads, openTickets } from '../assets/tickets.service.ts'
import { takeOrderNumber } from '../organizations/organizations.queries.ts'
import { findPetProfile, insertProject } from '../projects/projects.queries.ts'
import { contactColumns, customerEmailIndex } from '../projects/contact-data.service.ts'
import { findContactByEmail, insertAccount, insertContact, insertOrder } from './orders.queries.ts'
import { consentVersion, deadlineOf, orderNumber } from './orders.rules.ts'

const contactEmailContext = 'contacts.email'
const contactPhoneContext = 'contacts.phone'

type Orderer = PublicActor | UserActor

/** Customers accept the text they were shown; the studio's people may enter a consent given on paper. */
export function assertConsent(actor: Orderer, version: string): void {
  if (version !== consentVersion && (actor.kind === 'public' || isClient(actor)))
    invalid(
      'order.consent_outdated',
      'The consent text has changed. Read and accept the present one.',
      'consent.version',
    )
}

/** Throws 422 `order.upload_missing` where the bytes of a photo have not arrived in full. */
export function assertArrived(
  tickets: readonly { id: string; filename: string }[],
  settled: ReadonlyMap<string, string>,
): void {
  for (const { id, filename } of tickets)
    if (!settled.has(id))
      invalid('order.upload_missing', `The photo ${filename} has not arrived in full. Send it again.`, 'uploadIds')
}

export interface PlacedOrder {
  orderId: string
  orderNumber: string
  projectId: string
}

/**
 * Takes an order: account and contact are found or made, the project waits in the backlog, its photos become assets.
 * `settled`: where the bytes of each upload lie that has arrived in full. The number is taken first: its lock makes the
 * orders of one studio follow each other, so that two first orders of a customer make one account.
 */
export async function placeOrder(
  tx: TenantTx,
  crypto: Crypto,
  actor: Orderer,
  input: KnownOrderInput,
  settled: ReadonlyMap<string, string>,
): Promise<PlacedOrder> {
  assertConsent(actor, input.consent.version)
  const number = orderNumber(await takeOrderNumber(tx))
  const tickets = await openTickets(tx, input.uploadIds)
  assertArrived(tickets, settled)

  const pet = input.petProfileId ? await knownPet(tx, actor, input.petProfileId) : null
  const customer = await customerOf(tx, crypto, actor, input, pet?.accountId ?? null)
  const projectId = newId()
  const now = new Date()
  await insertProject(tx, {
    id: projectId,
    name: input.pet.name,
    ...customer,
    customerName: input.customer.name,
    ...contactColumns(crypto, { customerEmail: input.customer.email, customerPhone: input.customer.phone ?? null }),
    petName: input.pet.name,
    petBreed: input.pet.breed || (pet?.breed ?? ''),
    petAge: input.pet.age,
    petPersonality: input.pet.personality || (pet?.traits ?? ''),
    petProfileId: input.petProfileId ?? null,
    packageType: input.packageType,
    gameConfig: input.gameConfig,
    deadline: deadlineOf(input.packageType, now),
    orderNumber: number,
  })
  const orderId = newId()
  await insertOrder(tx, {
    id: orderId,
    number,
    projectId,
    ...customer,
    consentVersion: input.consent.version,
    consentAt: now.toISOString(),
    enteredBy: actorUserId(actor),
  })
  const changes = {
    orderNumber: number,
    projectId,
    packageType: input.packageType,
    consentVersion: input.consent.version,
  }
  await recordAudit(tx, actor, 'order:received', { entity: 'order', id: orderId, changes })
  await emit(tx, actor, 'order:received', {
    projectId,
    data: { orderId, orderNumber: number, petName: input.pet.name, packageType: input.packageType },
  })
  await adoptUploads(tx, actor, projectId, tickets, settled)
  return { orderId, orderNumber: number, projectId }
}

/** A pet that has been here before; customers find those of their own account only. */
async function knownPet(tx: TenantTx, actor: Orderer, profileId: string) {
  const pet = await findPetProfile(tx, profileId)
  if (!pet || (isClient(actor) && pet.accountId !== actor.accountId))
    invalid('order.no_pet_profile', 'There is no such pet profile.', 'petProfileId')
  return pet
}

/**
 * Customers who are signed in order for their own account, and a pet that is known is its account's; everybody else's is
 * found by the exact e-mail, or made.
 */
async function customerOf(
  tx: TenantTx,
  crypto: Crypto,
  actor: Orderer,
  { customer: { name, email, phone } }: KnownOrderInput,
  petsAccount: string | null,
) {
  const emailIndex = crypto.blindIndex(email, customerEmailIndex)
  const known = await findContactByEmail(tx, emailIndex)
  const own = isClient(actor) ? (actor.accountId ?? notFound('account')) : petsAccount
  if (known && (!own || known.accountId === own)) return { accountId: known.accountId, contactId: known.id }

  const accountId = own ?? newId()
  if (!own) await insertAccount(tx, accountId, name)
  const contactId = newId()
  await insertContact(tx, {
    id: contactId,
    accountId,
    name,
    // An address is one contact's only; where another account has it, this one does without.
    ...(!known && { emailCipher: crypto.encrypt(email, contactEmailContext), emailIndex }),
    phoneCipher: phone ? crypto.encrypt(phone, contactPhoneContext) : null,
  })
  return { accountId, contactId }
}
