import type { Origin } from '../../core/actor.ts'
import { AppError, notFound } from '../../core/app-error.ts'
import type { Note, PersonTx } from '../../core/as-person.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { Database } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { findPerson, setPassword } from '../../db/system.ts'
import { inHomeStudio } from './home-studio.service.ts'
import { readReset } from './mail-links.service.ts'

interface Deps {
  db: Database
  crypto: Crypto
}

/**
 * Asks for a link by mail. What happens here is the same for every address, down to the one row that is written: whether
 * it is anybody's is found out by the worker.
 */
export async function askForReset({ db, crypto }: Deps, email: string): Promise<void> {
  await queuePersonMail(db, { kind: 'passwordReset', to: { emailIndex: crypto.blindIndex(email, 'users.email') } })
}

/** The person a reset link is for; 404, or 410 where it is too old or was used. */
export async function checkReset({ db, crypto }: Deps, token: string) {
  const { userId, passwordVersion } = readReset(crypto, token)
  const person = (await findPerson(db, userId)) ?? notFound('reset')
  if (person.passwordVersion !== passwordVersion) throw linkUsed()
  return { userId, passwordVersion, email: crypto.decrypt(person.emailCipher, 'users.email') }
}

function linkUsed(): AppError {
  return new AppError('gone', 'reset.used', 'This link was used before. Ask for a new one if you need to.')
}

/** Sets the new password, once for each link, and ends every session there is. */
export async function resetPassword(
  deps: Deps,
  reset: { userId: string; passwordVersion: number },
  hash: string,
  origin: Origin,
): Promise<void> {
  const { userId, passwordVersion: version } = reset
  await inHomeStudio(deps.db, userId, origin, async (tx, note) => {
    if (!(await setPassword(tx, { userId, version, hash, keepSessionId: null, byMail: true }))) throw linkUsed()
    await note('password:reset', { entity: 'user', id: userId })
    await queuePersonMail(tx, { kind: 'passwordChanged', to: { userId } })
  })
}

/** Changes the own password; the session it is done in goes on, all others end. */
export async function changePassword(
  tx: PersonTx,
  note: Note,
  session: { userId: string; sessionId: string },
  passwordVersion: number,
  hash: string,
): Promise<void> {
  const { userId, sessionId } = session
  const change = { userId, version: passwordVersion, hash, keepSessionId: sessionId, byMail: false }
  if (!(await setPassword(tx, change)))
    throw new AppError('conflict', 'auth.password_changed', 'The password was changed elsewhere at the same time.')
  await note('password:changed', { entity: 'user', id: userId })
  await queuePersonMail(tx, { kind: 'passwordChanged', to: { userId } })
}
