import { type PersonMailKind, personMails } from '../db/tables/person-mails.ts'
import { newId } from './ids.ts'
import type { Database } from './in-tenant.ts'

interface PersonMail {
  kind: PersonMailKind
  /** For whom: a person, or whoever has this address, if anybody has. */
  to: { userId: string } | { emailIndex: string }
  /** Where it goes if not to the person's present address, encrypted as in `users`. */
  toCipher?: string | null
  /** What the text needs beside the person: an address of a device, never a secret. */
  facts?: Record<string, string>
}

/** Queues a mail about somebody's sign-in, in the transaction in which it happens. The worker writes and sends it. */
export async function queuePersonMail(tx: Pick<Database, 'insert'>, mail: PersonMail): Promise<void> {
  await tx.insert(personMails).values({
    id: newId(),
    kind: mail.kind,
    userId: 'userId' in mail.to ? mail.to.userId : null,
    emailIndex: 'emailIndex' in mail.to ? mail.to.emailIndex : null,
    toCipher: mail.toCipher ?? null,
    facts: mail.facts ?? {},
  })
}
