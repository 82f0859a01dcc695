import { sql } from 'drizzle-orm'
import { sealAuditRows } from '../core/audit-chain.ts'
import type { Crypto } from '../core/crypto.ts'
import { inTenant, type Database, type TenantTx } from '../core/in-tenant.ts'

/** Rows handled in one transaction: few enough that the lock is never held long. */
const batchSize = 200

export interface Relayed {
  events: number
  seals: number
}

/**
 * Numbers a studio's committed events into `event_log`, then seals its audit rows, one batch each. Two transactions:
 * open pages wait for the numbers and nobody for the seals. Answers null where another worker holds the studio's lock;
 * that worker is woken by the same notifications, so nothing is lost.
 */
export async function relayBatch(db: Database, crypto: Crypto, organizationId: string): Promise<Relayed | null> {
  const events = await underLock(db, organizationId, numberEvents)
  const seals = await underLock(db, organizationId, (tx) => sealAuditRows(tx, crypto, batchSize))
  return events === null && seals === null ? null : { events: events ?? 0, seals: seals ?? 0 }
}

async function underLock(
  db: Database,
  organizationId: string,
  work: (tx: TenantTx) => Promise<number>,
): Promise<number | null> {
  return inTenant(db, { kind: 'system', organizationId, job: 'relay' }, async (tx) => {
    const { rows } = await tx.execute(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`relay:${organizationId}`}, 0)) as held`,
    )
    return rows[0]?.['held'] === true ? work(tx) : null
  })
}

/** Batch after batch until nothing is left; for a single relay this also means nothing was there when it ended. */
export async function relayOrganization(db: Database, crypto: Crypto, organizationId: string): Promise<Relayed> {
  const total = { events: 0, seals: 0 }
  for (;;) {
    const relayed = await relayBatch(db, crypto, organizationId)
    total.events += relayed?.events ?? 0
    total.seals += relayed?.seals ?? 0
    if (!relayed || (relayed.events < batchSize && relayed.seals < batchSize)) return total
  }
}

/**
 * Gives committed rows the next numbers. The lock is taken by an earlier statement, so this one's snapshot holds all
 * that the writer before numbered: no gap, no double. A transaction that began after another's commit has the later
 * `created_at`, and whoever sees its rows sees the other's, so cause comes before effect. (Nothing is dispatched before
 * it is relayed; the condition is there for the partial index of pending rows.)
 */
async function numberEvents(tx: TenantTx): Promise<number> {
  const { rows } = await tx.execute(sql`
    with picked as (
      select id, type, project_id, actor_id, actor_name, data, created_at, row_number() over (order by created_at, id) as place
      from outbox where organization_id = ${tx.organizationId} and relayed_at is null and dispatched_at is null
      order by created_at, id limit ${batchSize}
    ), newest as (
      select coalesce(max(seq), 0) as seq from event_log where organization_id = ${tx.organizationId}
    ), numbered as (
      insert into event_log (organization_id, seq, id, type, project_id, actor_id, actor_name, data, at)
      select ${tx.organizationId}, newest.seq + place, id, type, project_id, actor_id, actor_name, data, created_at
      from picked cross join newest
      returning seq
    ), marked as (
      update outbox set relayed_at = now() where organization_id = ${tx.organizationId} and id in (select id from picked)
    )
    select count(*)::int as events,
      case when count(*) > 0 then pg_notify('sc_events', ${`${tx.organizationId}:`}::text || max(seq)) end
    from numbered`)
  return (rows[0] as { events: number }).events
}
