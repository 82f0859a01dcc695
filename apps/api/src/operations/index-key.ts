import { sql } from 'drizzle-orm'
import type { Crypto } from '../core/crypto.ts'
import type { Database } from '../core/in-tenant.ts'
import { installationFacts } from '../db/tables/operations.ts'

/** The settings' index key is not the one that the database's indexes were made with. */
export class WrongIndexKeyError extends Error {}

/**
 * Remembers on the first start which index key the database belongs to, and refuses every other one later. Without this
 * a lost or changed key would show as everybody's unknown address, and each new order would make a second customer.
 */
export async function assertIndexKey(db: Database, crypto: Crypto = db.crypto): Promise<void> {
  const key = 'index_key_mark'
  await db.insert(installationFacts).values({ key, value: crypto.indexKeyMark }).onConflictDoNothing()
  const [known] = await db
    .select()
    .from(installationFacts)
    .where(sql`${installationFacts.key} = ${key}`)
  if (known?.value === crypto.indexKeyMark) return
  throw new WrongIndexKeyError(
    'INDEX_KEY does not fit this database. Where it was never set, it is the data key that stood last in DATA_KEYS ' +
      'when the database was made: set INDEX_KEY to that one.',
  )
}
