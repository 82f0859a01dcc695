import { sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { gameDomains as d } from './tables/hosting.ts'

/** The domain that a studio's addresses are given with, or null: a part of a select. */
export function primaryDomainOf(organizationId: PgColumn) {
  return sql<string | null>`(
    select ${d.domain} from ${d} where ${d.organizationId} = ${organizationId} and ${d.isPrimary} and ${d.status} = 'verified')`
}
