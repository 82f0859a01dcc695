import { randomInt, timingSafeEqual } from 'node:crypto'
import type { UserActor } from '../../core/actor.ts'
import { AppError, conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { countSms, insertSentSms } from './deliveries.queries.ts'
import { findStudioFace } from './notifications.queries.ts'
import { smsPerPerson, smsPerStudio } from './notifications.rules.ts'
import { lockTold, updateSettings } from './settings.queries.ts'

export const phoneContext = 'notification_settings.phone'
const codeContext = 'notification_settings.phone-code'
export const codeMinutes = 10
const mostTries = 5

/**
 * Keeps a number and a code that proves it; answers the text message, which goes out after the transaction. Throws 429
 * `sms.limit` where the day's messages are used up: codes cost as much as anything else.
 */
export async function beginPhone(tx: TenantTx, crypto: Crypto, actor: UserActor, phone: string) {
  await lockTold(tx, actor.userId)
  const { person, studio } = await countSms(tx, actor.userId)
  if (person >= smsPerPerson || studio >= smsPerStudio)
    throw new AppError('rate_limited', 'sms.limit', 'The text messages of today are used up. Try again tomorrow.')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await updateSettings(tx, actor.userId, {
    phoneCipher: crypto.encrypt(phone, phoneContext),
    phoneConfirmedAt: null,
    phoneCodeIndex: codeIndex(crypto, actor.userId, code),
    phoneCodeSentAt: new Date().toISOString(),
    phoneCodeTries: 0,
  })
  const id = newId()
  await insertSentSms(tx, { id, key: `code.${id}`, userId: actor.userId, kind: 'phone_code' })
  await recordAudit(tx, actor, 'phone:code:sent', { entity: 'user', id: actor.userId })
  return { id, to: phone, code, studioName: (await findStudioFace(tx))?.name ?? '' }
}

function codeIndex(crypto: Crypto, userId: string, code: string): string {
  return crypto.blindIndex(`${userId}:${code}`, codeContext)
}

export type CodeCheck = 'right' | 'wrong' | 'too many' | 'too old'

/**
 * Takes the code of a text message. A wrong one counts, so it must be committed: the caller throws by
 * {@link refuseCode} after the transaction.
 */
export async function checkPhoneCode(tx: TenantTx, crypto: Crypto, actor: UserActor, code: string): Promise<CodeCheck> {
  const person = (await lockTold(tx, actor.userId)) ?? notFound('phone')
  const { phoneCodeIndex, phoneCodeSentAt, phoneCodeTries } = person
  if (!person.phoneCipher || !phoneCodeIndex || !phoneCodeSentAt) notFound('phone')
  if (phoneCodeTries >= mostTries) return 'too many'
  if (Date.parse(phoneCodeSentAt) + codeMinutes * 60_000 < Date.now()) return 'too old'
  if (!timingSafeEqual(Buffer.from(codeIndex(crypto, actor.userId, code)), Buffer.from(phoneCodeIndex))) {
    await updateSettings(tx, actor.userId, { phoneCodeTries: phoneCodeTries + 1 })
    return 'wrong'
  }
  await updateSettings(tx, actor.userId, {
    phoneConfirmedAt: new Date().toISOString(),
    phoneCodeIndex: null,
    phoneCodeSentAt: null,
    phoneCodeTries: 0,
  })
  await recordAudit(tx, actor, 'phone:confirmed', { entity: 'user', id: actor.userId })
  return 'right'
}

export function refuseCode(check: CodeCheck): void {
  if (check === 'wrong') invalid('phone.wrong_code', 'That is not the code we sent.', 'code')
  if (check === 'too many') conflict('phone.too_many_tries', 'Too many wrong codes. Ask for a new one.')
  if (check === 'too old')
    conflict('phone.code_expired', `A code is good for ${codeMinutes} minutes. Ask for a new one.`)
}

export async function removePhone(tx: TenantTx, actor: UserActor): Promise<void> {
  const person = await lockTold(tx, actor.userId)
  if (!person?.phoneCipher) return
  await updateSettings(tx, actor.userId, {
    phoneCipher: null,
    phoneConfirmedAt: null,
    phoneCodeIndex: null,
    phoneCodeSentAt: null,
    phoneCodeTries: 0,
  })
  await recordAudit(tx, actor, 'phone:removed', { entity: 'user', id: actor.userId })
}

/** All of a number but its last digits, hidden: enough to know it again. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}${'•'.repeat(Math.max(0, phone.length - 6))}${phone.slice(-3)}`
}
