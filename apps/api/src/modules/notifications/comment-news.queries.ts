import { and, eq, isNull, or } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { versionComments as c } from '../../db/tables/comments.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { deliverableVersions as v } from '../../db/tables/reviews.ts'

/** A comment with what is told of it. */
export async function findCommentFacts(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({
      id: c.id,
      versionId: c.versionId,
      parentId: c.parentId,
      authorSide: c.authorSide,
      internal: c.internal,
      deletedAt: c.deletedAt,
      number: v.number,
      kind: v.kind,
      versionStatus: v.status,
      createdBy: v.createdBy,
      petName: p.petName,
    })
    .from(c)
    .innerJoin(v, and(eq(v.organizationId, c.organizationId), eq(v.id, c.versionId)))
    .innerJoin(p, and(eq(p.organizationId, c.organizationId), eq(p.id, c.projectId), isNull(p.deletedAt)))
    .where(and(eq(c.organizationId, tx.organizationId), eq(c.id, id)))
  return row
}

/** Who began a thread and who has replied in it. */
export async function listThreadAuthors(tx: TenantTx, parentId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: c.authorUserId })
    .from(c)
    .where(
      and(
        eq(c.organizationId, tx.organizationId),
        or(eq(c.id, parentId), eq(c.parentId, parentId)),
        isNull(c.deletedAt),
      ),
    )
  return rows.flatMap(({ id }) => (id ? [id] : []))
}
