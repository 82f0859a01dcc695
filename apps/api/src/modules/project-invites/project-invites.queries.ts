import { and, eq, sql } from 'drizzle-orm'
import type { ListProjectInvitesQuery } from '@sparkle/shared/project-invites'
import type { Role } from '@sparkle/shared/permissions'
import { byTime } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { invitations as i, users } from '../../db/tables/organizations.ts'

function selectInvites(tx: TenantTx) {
  return tx
    .select({
      id: i.id,
      projectId: i.projectId,
      emailCipher: i.emailCipher,
      role: sql<Role>`${i.role}`,
      invitedByName: users.displayName,
      expiresAt: i.expiresAt,
      acceptedAt: i.acceptedAt,
      revokedAt: i.revokedAt,
      createdAt: i.createdAt,
      version: i.version,
    })
    .from(i)
    .leftJoin(users, eq(users.id, i.invitedBy))
    .$dynamic()
}
export type InviteRow = Awaited<ReturnType<typeof selectInvites>>[number]

export async function findInvite(tx: TenantTx, id: string): Promise<InviteRow | undefined> {
  const [row] = await selectInvites(tx).where(and(eq(i.organizationId, tx.organizationId), eq(i.id, id)))
  return row
}

const ofProject = (tx: TenantTx, projectId: string) =>
  and(eq(i.organizationId, tx.organizationId), eq(i.projectId, projectId))

export async function listInvites(tx: TenantTx, projectId: string, query: ListProjectInvitesQuery) {
  const { after, order } = byTime(query.sort, i.createdAt, i.id, query.cursor)
  const rows = await selectInvites(tx)
    .where(and(ofProject(tx, projectId), after))
    .orderBy(...order)
    .limit(query.limit + 1)
  return toPage(rows, query.limit, query.sort, (row) => [row.createdAt, row.id])
}

export function countInvites(tx: TenantTx, projectId: string): Promise<number> {
  return tx.$count(i, ofProject(tx, projectId))
}
