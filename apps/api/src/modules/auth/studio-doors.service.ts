import { domainToASCII } from 'node:url'
import { AppError } from '../../core/app-error.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { Database } from '../../core/in-tenant.ts'
import { findPerson } from '../../db/system.ts'
import { enforcingStudios } from '../../db/system-sign-in.ts'

/** The domain of an address as it is compared: ASCII (IDNA), small letters; empty where there is none. */
export function emailDomain(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '' : domainToASCII(email.slice(at + 1)).toLowerCase()
}

/** The person's studios that let people of their domain in through their own provider only. */
export async function closedStudios(
  { db, crypto }: { db: Database; crypto: Crypto },
  userId: string,
): Promise<ReadonlySet<string>> {
  const person = await findPerson(db, userId)
  if (!person) return new Set()
  return new Set(await enforcingStudios(db, userId, emailDomain(crypto.decrypt(person.emailCipher, 'users.email'))))
}

export function ssoRequired(): AppError {
  return new AppError(
    'forbidden',
    'auth.sso_required',
    'Your studio wants you to sign in through its own provider. Choose its button on the sign-in page.',
  )
}
