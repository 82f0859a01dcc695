import { sql } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { TenantActor } from './actor.ts'
import type { Crypto } from './crypto.ts'
import { parseRows, readInTenant } from './one-sync.ts'
import type { Statement } from './statement.ts'

/** `crypto` is at hand wherever a change is made, so that its record can seal what is personal. */
export type Database = NodePgDatabase & { $client: pg.Pool; crypto: Crypto }
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

declare const tenant: unique symbol

/** What both doors to a studio's rows offer: declared statements under the studio's row-level security. */
export interface TenantRead {
  readonly [tenant]: true
  readonly organizationId: string
  run<P extends object, R>(statement: Statement<P, R>, params: P): Promise<R[]>
}

/** A transaction that sees one studio's rows. `inTenant` is its only producer, so a bare pool does not compile. */
export type TenantTx = Transaction & TenantRead & { readonly crypto: Crypto }

export function connect(pool: pg.Pool, crypto: Crypto): Database {
  return Object.assign(drizzle(pool), { crypto })
}

/** The settings row-level security reads. They come from the actor of a session, a look-up or a job; never from input. */
function settingsOf(actor: TenantActor) {
  return { organizationId: actor.organizationId, userId: actor.kind === 'user' ? actor.userId : '' }
}

/** Runs one use case in one transaction of the actor's studio. */
export function inTenant<T>(db: Database, actor: TenantActor, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  const { organizationId, userId } = settingsOf(actor)
  return db.transaction(async (transaction) => {
    await transaction.execute(
      sql`select set_config('app.current_org', ${organizationId}, true), set_config('app.current_user', ${userId}, true)`,
    )
    return work(brand(transaction, organizationId, db.crypto))
  })
}

function brand(transaction: Transaction, organizationId: string, crypto: Crypto): TenantTx {
  const run = async <P extends object, R>(statement: Statement<P, R>, params: P): Promise<R[]> => {
    const text = statement.text.split(/\$(\d+)/)
    const values = statement.bind(params)
    const chunks = text.map((part, i) => (i % 2 === 0 ? sql.raw(part) : sql`${sql.param(values[Number(part) - 1])}`))
    const result = await transaction.execute(sql.join(chunks))
    return parseRows(result) as R[]
  }
  return Object.assign(transaction, { run, organizationId, crypto }) as unknown as TenantTx
}

/**
 * Reads by declared statements, each one round trip (see `one-sync.ts`). Several statements in one `work` are separate
 * snapshots: use `inTenant` where they must agree.
 */
export async function inTenantRead<T>(
  db: Database,
  actor: TenantActor,
  work: (tx: TenantRead) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(actor)
  const run = async <P extends object, R>(statement: Statement<P, R>, params: P): Promise<R[]> => {
    const client = await db.$client.connect()
    try {
      const read = { name: statement.name, text: statement.text, values: statement.bind(params) }
      return (await readInTenant(client, settings, read)) as R[]
    } finally {
      client.release()
    }
  }
  return work({ organizationId: settings.organizationId, run } as TenantRead)
}
