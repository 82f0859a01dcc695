import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/**
 * What the record keeps of a column. `plain`: as it is. `personal`: sealed under the person's key; with a `cipher`
 * context it is read from the installation's ciphertext first, and named `as`. `left`: not kept, because it is derived,
 * bulky or counts by itself. `secret`: never kept, and not even handed to the recorder by the database.
 */
export type ColumnRule = 'plain' | 'personal' | { personal: { as: string; cipher: string } } | 'left' | 'secret'

/** How the rows of an entity are kept. `subject` says whose key seals what is personal. */
export interface SnapshotShape {
  table: string
  /** The column whose value is the entity's id in the record. */
  idColumn: string
  columns: Record<string, { name: string; rule: ColumnRule; isTime: boolean }>
  subject(row: Record<string, unknown>): string
  /** Personal facts that are noted beside the row under names that it has not. */
  noted: readonly string[]
}

interface ShapeOptions {
  id?: string
  subject?(row: Record<string, unknown>): string
  noted?: readonly string[]
}

/** Every column has to be named, so that a new one does not compile until somebody has decided about it. */
export function shapeOf<T extends PgTable>(
  table: T,
  rules: Record<keyof T['$inferSelect'] & string, ColumnRule>,
  { id = 'id', subject, noted = [] }: ShapeOptions = {},
): SnapshotShape {
  const columns: SnapshotShape['columns'] = {}
  for (const [key, column] of Object.entries(getTableColumns(table)))
    columns[column.name] = {
      name: key,
      rule: (rules as Record<string, ColumnRule>)[key] as ColumnRule,
      isTime: column.getSQLType().startsWith('timestamp'),
    }
  const own = (row: Record<string, unknown>) => String(row[id])
  return { table: getTableName(table), idColumn: id, columns, subject: subject ?? own, noted }
}

/** A column that holds the installation's ciphertext of something personal. */
export const ciphered = (as: string, cipher: string): ColumnRule => ({ personal: { as, cipher } })
/** The studio is said by the record itself. */
export const tenant = 'left'
