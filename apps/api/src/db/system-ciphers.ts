import { sql } from 'drizzle-orm'
import type { Database } from '../core/in-tenant.ts'

/** Look-ups for key rotation, by the rules of `system.ts`. */
type Queryable = Pick<Database, 'execute'>

async function rowsOf<R>(db: Queryable, query: ReturnType<typeof sql>): Promise<R[]> {
  return (await db.execute(query)).rows as R[]
}

/** Ciphers of a column of no studio that are not under the newest key, locked; those that somebody else locked are left out. */
export function takeStaleCiphers(db: Queryable, column: string, newestKeyId: string, after: string, most: number) {
  return rowsOf<{ id: string; cipher: string }>(
    db,
    sql`select id, cipher from sys.take_stale_ciphers(${column}, ${newestKeyId}, ${after}::uuid, ${most})`,
  )
}

export async function replaceCipher(db: Queryable, column: string, id: string, cipher: string): Promise<void> {
  await db.execute(sql`select sys.replace_cipher(${column}, ${id}::uuid, ${cipher})`)
}

export function countCiphers(db: Queryable, column: string): Promise<{ keyId: string; amount: number }[]> {
  return rowsOf(db, sql`select key_id as "keyId", amount from sys.count_ciphers(${column})`)
}
