import { sql } from 'drizzle-orm'
import type { BulkResult } from '@sparkle/shared/project-bulk'
import { AppError, statusOf } from './app-error.ts'
import type { TenantTx } from './in-tenant.ts'

/**
 * Changes many things, each under its own savepoint: one that is refused leaves the others as they were changed.
 * Results come in the order of the input; rows are locked in the order of their ids, so that two bulk edits never wait
 * for each other. `change` answers the new version, or null where there is none any more.
 */
export async function changeEach<T extends { id: string }>(
  tx: TenantTx,
  items: readonly T[],
  change: (item: T) => Promise<number | null>,
): Promise<BulkResult[]> {
  const results = new Map<string, BulkResult>()
  for (const item of items.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    results.set(item.id, await changeOne(tx, item, change))
  return items.map(({ id }) => results.get(id) ?? missing(id))
}

function missing(id: string): never {
  throw new Error(`${id} has no result.`)
}

async function changeOne<T extends { id: string }>(
  tx: TenantTx,
  item: T,
  change: (item: T) => Promise<number | null>,
): Promise<BulkResult> {
  await tx.execute(sql`savepoint bulk_item`)
  try {
    const version = await change(item)
    await tx.execute(sql`release savepoint bulk_item`)
    return version === null ? { id: item.id, status: 204 } : { id: item.id, status: 200, version }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await tx.execute(sql`rollback to savepoint bulk_item`)
    return { id: item.id, status: statusOf[error.kind], code: error.code, detail: error.message }
  }
}
