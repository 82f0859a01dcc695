import { and, count, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { AuditEntity } from '@sparkle/shared/audit'
import { idFloor } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { audit, auditSeals } from '../../db/tables/events.ts'
import { guestVisits } from '../../db/tables/guest-links.ts'
import { users } from '../../db/tables/organizations.ts'

export interface AuditFilter {
  actor?: string | undefined
  action?: string | undefined
  entity?: AuditEntity | undefined
  entityId?: string | undefined
  projectId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
  /** Only entries before this one, newest first. */
  before?: string | undefined
}

const columns = {
  row: audit,
  actorName: sql<string | null>`coalesce(${users.displayName}, ${guestVisits.name})`,
  seq: auditSeals.seq,
  hash: auditSeals.hash,
}

function found(tx: TenantTx) {
  return tx
    .select(columns)
    .from(audit)
    .leftJoin(users, eq(users.id, audit.actorId))
    .leftJoin(guestVisits, and(eq(guestVisits.organizationId, audit.organizationId), eq(guestVisits.id, audit.actorId)))
    .leftJoin(auditSeals, and(eq(auditSeals.organizationId, audit.organizationId), eq(auditSeals.auditId, audit.id)))
    .$dynamic()
}
export type AuditRecord = Awaited<ReturnType<typeof found>>[number]

/** Times become ranges of ids, so that only the partitions of these months are looked at. */
function conditionOf(filter: AuditFilter): SQL | undefined {
  const { actor, action, entity, entityId, projectId, from, to, before } = filter
  const q = filter.q?.trim().toLowerCase()
  return and(
    before ? lt(audit.id, before) : undefined,
    from ? gte(audit.id, idFloor(Date.parse(from))) : undefined,
    to ? lt(audit.id, idFloor(Date.parse(to))) : undefined,
    actor ? eq(audit.actorId, actor) : undefined,
    action ? sql`${audit.action} = ${action}` : undefined,
    entity ? eq(audit.entity, entity) : undefined,
    entityId ? eq(audit.entityId, entityId) : undefined,
    projectId ? eq(audit.projectId, projectId) : undefined,
    q
      ? sql`(position(${q} in ${audit.action}) > 0 or position(${q} in lower(coalesce(${users.displayName}, ''))) > 0
          or ${audit.address} = ${q} or ${audit.requestId} = ${q})`
      : undefined,
  )
}

/** Newest first. An id is a time, so that the primary key gives the order. */
export function recordsQuery(tx: TenantTx, filter: AuditFilter, limit: number) {
  return found(tx).where(conditionOf(filter)).orderBy(desc(audit.id)).limit(limit)
}

export async function listRecords(tx: TenantTx, filter: AuditFilter, limit: number): Promise<AuditRecord[]> {
  return recordsQuery(tx, filter, limit)
}

export async function countRecords(tx: TenantTx, filter: AuditFilter): Promise<number> {
  const [row] = await tx
    .select({ total: count() })
    .from(audit)
    .leftJoin(users, eq(users.id, audit.actorId))
    .where(conditionOf(filter))
  return row?.total ?? 0
}

export async function findRecord(tx: TenantTx, id: string): Promise<AuditRecord | undefined> {
  const [record] = await found(tx).where(eq(audit.id, id))
  return record
}
