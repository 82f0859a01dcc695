import type { Subject } from '@sparkle/shared/decide'
import type { Role } from '@sparkle/shared/permissions'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { memberships } from '../db/tables/organizations.ts'
import type { TenantRead } from './in-tenant.ts'
import { rightsOf, type StoredRights } from './rights.ts'
import { fields, statement } from './statement.ts'

const member = statement<{ userId: string }>('core.subject')((q) =>
  q
    .select(
      fields({
        role: sql<Role>`${memberships.role}`,
        accountId: memberships.accountId,
        rights: sql<StoredRights>`sys.member_rights(${memberships.userId}, ${memberships.organizationId})`,
      }),
    )
    .from(memberships)
    .where(and(eq(memberships.userId, sql`${sql.placeholder('userId')}::uuid`), isNull(memberships.deactivatedAt))),
)

export type MemberSubject = Subject & { customRole: { id: string; name: string } | null }

/** A member as decisions are made on them, for jobs and questions about others; undefined for who is none, or no more. */
export async function findSubject(tx: TenantRead, userId: string): Promise<MemberSubject | undefined> {
  const [row] = await tx.run(member, { userId })
  return row && { userId, role: row.role, accountId: row.accountId, ...rightsOf(row.role, row.rights) }
}
