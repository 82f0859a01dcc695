import { sql } from 'drizzle-orm'
import { check, customType, integer, pgPolicy, pgRole, uuid, type PgColumn } from 'drizzle-orm/pg-core'
import { isoTime } from './time.ts'

/** The runtime role. It owns nothing and cannot bypass row-level security; `assert-role.ts` checks both at boot. */
export const appRole = pgRole('app').existing()

/** A moment as ISO 8601 in UTC with microseconds, in and out: `Date` would lose the microseconds cursors rely on. */
export const moment = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp (6) with time zone',
  fromDriver: isoTime,
})

/**
 * Authenticated ciphertext as `<key id>.<base64>`, written and read by `core/crypto.ts` only. A type of its own, so that
 * a test can tell that each such column is rotated (`operations/cipher-columns.ts`).
 */
export const cipherText = customType<{ data: string; driverData: string }>({ dataType: () => 'text' })

export function isCipherColumn(column: PgColumn): boolean {
  return column.columnType === 'PgCustomColumn' && column.getSQLType() === 'text'
}

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

const currentOrganization = sql`nullif(current_setting('app.current_org', true), '')::uuid`

/**
 * The two policies of every tenant table: everything is visible in principle, and only the current studio's rows in
 * fact. A restrictive policy alone denies all. `nullif` because a reused connection holds '' where nothing is set.
 */
export function tenantPolicies(organizationColumn = 'organization_id') {
  const mine = sql`${sql.identifier(organizationColumn)} = ${currentOrganization}`
  return [
    pgPolicy('tenant_rows', { as: 'permissive', for: 'all', to: appRole, using: sql`true`, withCheck: sql`true` }),
    pgPolicy('tenant_isolation', { as: 'restrictive', for: 'all', to: appRole, using: mine, withCheck: mine }),
  ]
}

/** Text with a CHECK instead of an enum: `enum_eq` is not leakproof, so under RLS the planner could not use indexes. */
export function oneOf(name: string, column: PgColumn, values: readonly string[]) {
  return check(name, sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`)
}

export const now = sql`now()`
export const organizationId = () => uuid('organization_id').notNull()
export const id = () => uuid('id').notNull()
export const createdAt = () => moment('created_at').notNull().default(now)
export const updatedAt = () => moment('updated_at').notNull().default(now)
export const version = () => integer('version').notNull().default(1)
