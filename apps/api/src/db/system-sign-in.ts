import { sql } from 'drizzle-orm'
import { type Queryable, rowsOf } from './system.ts'

/** A passkey that says it is somebody's, before it is known whose. */
export interface PasskeyRow {
  id: string
  userId: string
  publicKey: string
  transports: string[]
}

export async function findPasskey(db: Queryable, credentialId: string): Promise<PasskeyRow | undefined> {
  const [row] = await rowsOf<PasskeyRow>(
    db,
    sql`select id, user_id as "userId", public_key as "publicKey", transports from sys.find_passkey(${credentialId})`,
  )
  return row
}

/** Uses up what is good once; false where it was used before. It is remembered until the moment it would expire. */
export async function spendOnce(db: Queryable, tokenHash: string, expiresAt: Date): Promise<boolean> {
  const [row] = await rowsOf<{ spent: boolean }>(
    db,
    sql`select sys.spend_once(${tokenHash}, ${expiresAt.toISOString()}) as spent`,
  )
  return row?.spent ?? false
}
