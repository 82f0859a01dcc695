import type { ProfileView } from '@sparkle/shared/auth'
import type { Origin } from '../../core/actor.ts'
import { conflict, invalid, notFound } from '../../core/app-error.ts'
import type { Note, PersonTx } from '../../core/as-person.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { Database } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { confirmEmail, findPerson } from '../../db/system.ts'
import { inHomeStudio } from './home-studio.service.ts'
import { readConfirmation } from './mail-links.service.ts'
import { lockOwnProfile, setPendingEmail } from './profile.queries.ts'
import { getProfile } from './profile.service.ts'

const context = 'users.email'

/**
 * Keeps a new address until its mailbox has answered, and tells the present one. Whether somebody else has the address
 * is not said here, where it could be asked of any: only its owner gets to hear of it.
 */
export async function askForEmailChange(
  tx: PersonTx,
  note: Note,
  crypto: Crypto,
  userId: string,
  email: string,
): Promise<ProfileView> {
  const before = (await lockOwnProfile(tx, userId)) ?? notFound('user')
  const index = crypto.blindIndex(email, context)
  if (index === before.emailIndex) invalid('email.same', 'This is your address already.', 'email')
  await setPendingEmail(tx, userId, { cipher: crypto.encrypt(email, context), index })
  await note('email:change:asked', { entity: 'user', id: userId })
  await queuePersonMail(tx, { kind: 'confirmEmail', to: { userId } })
  await queuePersonMail(tx, { kind: 'emailChangeAsked', to: { userId }, toCipher: before.emailCipher })
  return getProfile(tx, crypto, userId)
}

/** Sends the link again: to the address that waits, or to the present one while nobody has confirmed it. */
export async function resendConfirmation(tx: PersonTx, userId: string): Promise<void> {
  const { pendingEmailIndex, emailConfirmedAt } = (await lockOwnProfile(tx, userId)) ?? notFound('user')
  if (!pendingEmailIndex && emailConfirmedAt) conflict('email.confirmed', 'Your address is confirmed already.')
  await queuePersonMail(tx, { kind: 'confirmEmail', to: { userId } })
}

export async function cancelEmailChange(tx: PersonTx, note: Note, crypto: Crypto, userId: string) {
  const { pendingEmailIndex } = (await lockOwnProfile(tx, userId)) ?? notFound('user')
  if (!pendingEmailIndex) notFound('email_change')
  await setPendingEmail(tx, userId, null)
  await note('email:change:cancelled', { entity: 'user', id: userId })
  return getProfile(tx, crypto, userId)
}

/** The answer of a mailbox. Answers the address that is confirmed now. */
export async function takeConfirmation(
  { db, crypto }: { db: Database; crypto: Crypto },
  token: string,
  origin: Origin,
): Promise<string> {
  const { userId, emailIndexStart } = readConfirmation(crypto, token)
  const before = (await findPerson(db, userId)) ?? notFound('confirmation')
  const index = [before.pendingEmailIndex, before.emailIndex].find((one) => one?.startsWith(emailIndexStart))
  if (!index) notFound('confirmation')
  return inHomeStudio(db, userId, origin, async (tx, note) => {
    const outcome = await confirmEmail(tx, userId, index)
    if (outcome === 'unknown') notFound('confirmation')
    if (outcome === 'taken')
      conflict('email.taken', 'Somebody signs in with this address already. Use another one, or sign in as them.')
    if (outcome === 'confirmed') await note('email:confirmed', { entity: 'user', id: userId })
    if (outcome === 'changed') {
      await note('email:changed', { entity: 'user', id: userId })
      await queuePersonMail(tx, { kind: 'emailChanged', to: { userId }, toCipher: before.emailCipher })
    }
    const now = (await findPerson(tx, userId)) ?? notFound('confirmation')
    return crypto.decrypt(now.emailCipher, context)
  })
}
