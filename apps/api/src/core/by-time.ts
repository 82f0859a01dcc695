import { asc, desc, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { decodeCursor } from './cursor.ts'

export type TimeSort = '-createdAt' | 'createdAt'

/** Order and place of a page in a list by time, either way; the id decides between rows of one moment. */
export function byTime(sort: TimeSort, time: PgColumn, id: PgColumn, cursor: string | undefined) {
  const place = cursor ? decodeCursor(cursor, sort, ['time', 'id']) : null
  const [order, beyond] = sort === 'createdAt' ? ([asc, sql`>`] as const) : ([desc, sql`<`] as const)
  const after = place && sql`(${time}, ${id}) ${beyond} (${place[0]}::timestamptz, ${place[1]}::uuid)`
  return { order: [order(time), order(id)], after: after ?? undefined }
}
