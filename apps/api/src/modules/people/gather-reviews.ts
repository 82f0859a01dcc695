import { and, asc, eq, isNull } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { attachments } from '../../db/tables/attachments.ts'
import { versionComments as c } from '../../db/tables/comments.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { deliverableVersions as v, versionDecisions as d } from '../../db/tables/reviews.ts'

const mostRows = 10_000

/** What somebody has said about versions and decided on them, with the files they attached. */
export async function gatherReviews(tx: TenantTx, userId: string) {
  const comments = await tx
    .select({ pet: p.petName, version: v.number, at: c.createdAt, said: c.body, editedAt: c.editedAt })
    .from(c)
    .innerJoin(v, and(eq(v.organizationId, c.organizationId), eq(v.id, c.versionId)))
    .innerJoin(p, and(eq(p.organizationId, c.organizationId), eq(p.id, c.projectId)))
    .where(and(eq(c.organizationId, tx.organizationId), eq(c.authorUserId, userId), isNull(c.deletedAt)))
    .orderBy(asc(c.createdAt))
    .limit(mostRows)
  const decisions = await tx
    .select({
      pet: p.petName,
      version: v.number,
      at: d.createdAt,
      decision: d.decision,
      note: d.note,
      checklist: d.checklist,
    })
    .from(d)
    .innerJoin(v, and(eq(v.organizationId, d.organizationId), eq(v.id, d.versionId)))
    .innerJoin(p, and(eq(p.organizationId, v.organizationId), eq(p.id, v.projectId)))
    .where(and(eq(d.organizationId, tx.organizationId), eq(d.userId, userId)))
    .orderBy(asc(d.createdAt))
    .limit(mostRows)
  const rows = await tx
    .select({
      filename: attachments.filename,
      mimeType: attachments.mimeType,
      at: attachments.createdAt,
      storageKey: attachments.storageKey,
      sizeBytes: attachments.fileSize,
      digest: attachments.digest,
    })
    .from(attachments)
    .where(
      and(
        eq(attachments.organizationId, tx.organizationId),
        eq(attachments.uploadedBy, userId),
        isNull(attachments.looseSince),
      ),
    )
    .orderBy(asc(attachments.createdAt))
    .limit(mostRows)
  const files = rows.map(({ mimeType, ...row }, index) => ({
    ...row,
    path: `attachments/${String(index + 1).padStart(3, '0')}.${endings[mimeType] ?? 'bin'}`,
  }))
  return { comments, decisions, files }
}

/** An archive's paths are ours: what somebody called a file is told in the data. */
const endings: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
}
