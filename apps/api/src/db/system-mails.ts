import { sql } from 'drizzle-orm'
import { type Queryable, rowsOf } from './system.ts'
import type { PersonMailKind } from './tables/person-mails.ts'

/** Who a waiting mail goes to, as they are now. */
export interface MailedPerson {
  userId: string
  emailCipher: string
  emailIndex: string
  displayName: string
  locale: string
  passwordVersion: number
  pendingEmailCipher: string | null
  pendingEmailIndex: string | null
}

export interface DuePersonMail {
  id: string
  kind: PersonMailKind
  attempts: number
  createdAt: string
  toCipher: string | null
  facts: Record<string, string>
  /** Null where the address is nobody's. */
  person: MailedPerson | null
}

export function claimPersonMails(db: Queryable, most: number): Promise<DuePersonMail[]> {
  return rowsOf(
    db,
    sql`select id, kind, attempts, created_at as "createdAt", to_cipher as "toCipher", facts,
      case when user_id is not null then jsonb_build_object('userId', user_id, 'emailCipher', email_cipher,
        'emailIndex', email_index, 'displayName', display_name, 'locale', locale, 'passwordVersion', password_version,
        'pendingEmailCipher', pending_email_cipher, 'pendingEmailIndex', pending_email_index) end as person
      from sys.claim_person_mails(${most})`,
  )
}

export async function forgetPersonMail(db: Queryable, id: string): Promise<void> {
  await db.execute(sql`select sys.forget_person_mail(${id})`)
}
