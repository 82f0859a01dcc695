import { randomBytes } from 'node:crypto'
import { AppError, conflict, invalid } from '../../core/app-error.ts'
import type { Note, PersonTx } from '../../core/as-person.ts'
import type { Crypto } from '../../core/crypto.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import {
  countCodes,
  deleteFactor,
  lockFactor,
  markPerson,
  markSession,
  replaceCodes,
  saveSecret,
  saveStep,
  spendCode,
} from './second-factor.queries.ts'
import { base32, matchTotp, otpauthUri } from './totp.ts'

const context = (userId: string) => `second_factors.secret:${userId}`
const codeCount = 10

function secretOf(crypto: Crypto, userId: string, cipher: string): Buffer {
  return Buffer.from(crypto.decrypt(cipher, context(userId)), 'base64')
}

/** Makes a secret for the person's app. It has no effect until a code of it was shown. */
export async function beginEnrolment(tx: PersonTx, crypto: Crypto, userId: string, account: string) {
  if ((await lockFactor(tx, userId))?.confirmedAt)
    conflict('second_factor.enrolled', 'You have a second factor already. Turn it off first to use another app.')
  const secret = randomBytes(20)
  await saveSecret(tx, userId, crypto.encrypt(secret.toString('base64'), context(userId)))
  return { secret: base32(secret), uri: otpauthUri(secret, account) }
}

/** Turns the second factor on with the first code of the app; answers the recovery codes, which nobody sees again. */
export async function confirmEnrolment(
  tx: PersonTx,
  note: Note,
  crypto: Crypto,
  session: { userId: string; sessionId: string },
  code: string,
): Promise<string[]> {
  const { userId, sessionId } = session
  const factor = await lockFactor(tx, userId)
  if (!factor) conflict('second_factor.not_begun', 'Begin with a new secret.')
  if (factor.confirmedAt) conflict('second_factor.enrolled', 'You have a second factor already.')
  const step = matchTotp(secretOf(crypto, userId, factor.secretCipher), code, new Date(), factor.lastStep)
  if (step === null) invalid('second_factor.wrong', 'This is not the code the app shows now.', 'totp')
  await saveStep(tx, userId, step, true)
  await markPerson(tx, userId)
  await markSession(tx, sessionId)
  await note('second-factor:enabled', { entity: 'user', id: userId })
  await queuePersonMail(tx, { kind: 'secondFactorOn', to: { userId } })
  return newCodes(tx, crypto, userId)
}

async function newCodes(tx: PersonTx, crypto: Crypto, userId: string): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () => base32(randomBytes(10)).toLowerCase())
  await replaceCodes(
    tx,
    userId,
    codes.map((code) => hashOf(crypto, userId, code)),
  )
  return codes.map((code) => code.replaceAll(/(.{4})(?=.)/g, '$1-'))
}

/** Keyed, so that a copy of the database alone gives nobody a code. */
function hashOf(crypto: Crypto, userId: string, code: string): string {
  return crypto.blindIndex(code.replaceAll(/[\s-]/g, ''), `recovery_codes:${userId}`)
}

export async function renewCodes(tx: PersonTx, note: Note, crypto: Crypto, userId: string): Promise<string[]> {
  if (!(await lockFactor(tx, userId))?.confirmedAt) conflict('second_factor.none', 'You have no second factor.')
  await note('second-factor:codes:renewed', { entity: 'user', id: userId })
  return newCodes(tx, crypto, userId)
}

export async function turnOff(tx: PersonTx, note: Note, userId: string): Promise<void> {
  if (!(await lockFactor(tx, userId))?.confirmedAt) conflict('second_factor.none', 'You have no second factor.')
  await deleteFactor(tx, userId)
  await note('second-factor:disabled', { entity: 'user', id: userId })
  await queuePersonMail(tx, { kind: 'secondFactorOff', to: { userId } })
}

export async function factorState(tx: PersonTx, userId: string) {
  const factor = await lockFactor(tx, userId)
  const enabledAt = factor?.confirmedAt ?? null
  return { enabledAt, recoveryCodesLeft: enabledAt ? await countCodes(tx, userId) : 0 }
}

export type FactorOutcome = 'none' | 'missing' | 'wrong' | 'passed'

/** Takes a code of the app, or a recovery code, once each. `none`: the person has no second factor. */
export async function takeCode(
  tx: PersonTx,
  crypto: Crypto,
  userId: string,
  code: string | undefined,
): Promise<FactorOutcome> {
  const factor = await lockFactor(tx, userId)
  if (!factor?.confirmedAt) return 'none'
  if (!code) return 'missing'
  const typed = code.replaceAll(/\s/g, '')
  if (/^\d{6}$/.test(typed)) {
    const step = matchTotp(secretOf(crypto, userId, factor.secretCipher), typed, new Date(), factor.lastStep)
    if (step === null) return 'wrong'
    await saveStep(tx, userId, step, false)
    return 'passed'
  }
  if (!(await spendCode(tx, userId, hashOf(crypto, userId, typed.toLowerCase())))) return 'wrong'
  await queuePersonMail(tx, { kind: 'recoveryCodeUsed', to: { userId } })
  return 'passed'
}

/** Throws the 401 that asks for a code, or says that it was wrong. */
export function assertPassed(outcome: FactorOutcome): void {
  if (outcome === 'missing')
    throw new AppError('unauthenticated', 'auth.totp_required', 'Send the code of your app too, as `totp`.')
  if (outcome === 'wrong')
    throw new AppError('unauthenticated', 'auth.totp_wrong', 'This code is not right, or it was used before.')
}
