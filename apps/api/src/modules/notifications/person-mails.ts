import { exportDays } from '@sparkle/shared/people'
import type { Mail, MailError } from '../../adapters/mail.ts'
import type { JobLog, Round } from '../../core/event-handlers.ts'
import type { Crypto } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { listMemberships } from '../../db/system.ts'
import { claimPersonMails, type DuePersonMail, forgetPersonMail, type MailedPerson } from '../../db/system-mails.ts'
import type { Deps } from '../../plugins/types.ts'
import { confirmHours, resetMinutes, signConfirmation, signReset } from '../auth/mail-links.service.ts'
import { userEmailContext } from '../users/users.queries.ts'
import { insertFailedSignInMail } from './deliveries.queries.ts'
import { composeMail, type MailOrder } from './mail.service.ts'

/** The last try comes about two hours after the first. */
const mostAttempts = 10
const atOnce = 20
const face = { name: 'SparkleClassic', accent: null }

/** Sends what is written to people about their sign-in. A mail sent twice after a crash has the same Message-ID. */
export const personMailRound: Round<Deps> = {
  name: 'send mails to people',
  everySeconds: 15,
  on: 'sc_person_mails',
  async run(deps, log) {
    for (let due = await claimPersonMails(deps.db, atOnce); due.length > 0;) {
      for (const mail of due) await sendOne(deps, mail, log)
      due = await claimPersonMails(deps.db, atOnce)
    }
  },
}

async function sendOne({ db, crypto, config, mailer }: Deps, due: DuePersonMail, log: JobLog): Promise<void> {
  const { id, kind, attempts } = due
  try {
    const mail = composePersonMail(crypto, config.publicOrigin, due, new Date())
    if (mail) await mailer.send(mail)
  } catch (error) {
    const final = attempts >= mostAttempts || (error as Partial<MailError>).permanent === true
    log[final ? 'error' : 'warn']({ err: error, mail: id, kind, attempts }, 'a mail to a person was not sent')
    if (!final) return
    if (due.person) await tellStudios(db, due.person.userId, id, error)
  }
  await forgetPersonMail(db, id)
}

/**
 * Writes a mail that was given up down where the person and the admins of their studios look. It does not say what the
 * mail was about: that somebody asked for a new password is nobody else's business.
 */
async function tellStudios(db: Deps['db'], userId: string, mailId: string, error: unknown): Promise<void> {
  const failure = error instanceof Error ? error.message : 'It could not be sent.'
  for (const { organizationId } of await listMemberships(db, userId)) {
    const actor = { kind: 'system', organizationId, job: 'person-mails' } as const
    await inTenant(db, actor, (tx) => insertFailedSignInMail(tx, { userId, key: `person.${mailId}`, failure }))
  }
}

/** The mail, or null where there is nobody to write to or its link would be of no use any more. */
export function composePersonMail(crypto: Crypto, publicOrigin: string, due: DuePersonMail, now: Date): Mail | null {
  const { person } = due
  if (!person) return null
  const order = orderOf(crypto, publicOrigin, due, person, now)
  if (!order) return null
  const toPending = due.kind === 'confirmEmail' ? person.pendingEmailCipher : null
  const to = crypto.decrypt(due.toCipher ?? toPending ?? person.emailCipher, userEmailContext)
  return composeMail(
    face,
    { to, name: person.displayName, locale: person.locale },
    order,
    { kind: 'sign-in' },
    `person.${due.id}`,
  )
}

function orderOf(
  crypto: Crypto,
  publicOrigin: string,
  due: DuePersonMail,
  person: MailedPerson,
  now: Date,
): MailOrder | null {
  const ageMinutes = (now.getTime() - Date.parse(due.createdAt)) / 60_000
  const shared = { values: {} }
  const security = `${publicOrigin}/settings/security`
  switch (due.kind) {
    case 'passwordReset': {
      if (ageMinutes > resetMinutes) return null
      const token = signReset(crypto, person.userId, person.passwordVersion, due.createdAt)
      const link = `${publicOrigin}/reset-password#${token}`
      return { ...shared, kind: due.kind, link, values: { minutes: resetMinutes } }
    }
    case 'confirmEmail': {
      if (ageMinutes > confirmHours * 60) return null
      const index = person.pendingEmailIndex ?? person.emailIndex
      const link = `${publicOrigin}/confirm-email#${signConfirmation(crypto, person.userId, index, due.createdAt)}`
      return { ...shared, kind: due.kind, link, values: { hours: confirmHours } }
    }
    case 'passwordChanged':
      return { ...shared, kind: due.kind, link: `${publicOrigin}/forgot-password` }
    case 'emailChanged':
      return { ...shared, kind: due.kind, link: `${publicOrigin}/sign-in` }
    case 'exportReady': {
      const { organizationId = '', exportId = '', expiresAt = '' } = due.facts
      if (Date.parse(expiresAt) <= now.getTime()) return null
      const token = crypto.signToken('person-export', [organizationId, exportId], new Date(expiresAt))
      return {
        kind: due.kind,
        link: `${publicOrigin}/api/v1/public/person-exports/${token}`,
        values: { days: exportDays },
      }
    }
    case 'emailChangeAsked':
    case 'secondFactorOn':
    case 'secondFactorOff':
    case 'secondFactorReset':
    case 'recoveryCodeUsed':
    case 'passkeyAdded':
    case 'passkeyRemoved':
    case 'passkeyRefused':
    case 'signInLinked':
    case 'signInUnlinked':
      return { ...shared, kind: due.kind, link: security, values: due.facts }
  }
}
