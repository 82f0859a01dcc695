import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { attachments } from '../../db/tables/attachments.ts'
import { versionCommentReads, versionComments } from '../../db/tables/comments.ts'
import type { ErasurePlan } from '../../db/tables/people.ts'
import { deliverableVersions, versionDecisions } from '../../db/tables/reviews.ts'
import { emptiedComment } from '../comments/comments.queries.ts'

/**
 * What an erasure takes of reviews: all that was said on the person's projects, by whomever, since it is about them and
 * their pet, and what they said themselves anywhere. That a decision was made stays, and when, by no name.
 */

const now = sql`now()` as unknown as string
const among = (column: Parameters<typeof inArray>[0], ids: readonly string[]) =>
  ids.length > 0 ? inArray(column, [...ids]) : sql`false`

/** Their own, and everybody's on their projects. */
function theirs(
  plan: Pick<ErasurePlan, 'userId' | 'projectIds'>,
  project: Parameters<typeof inArray>[0],
  person: Parameters<typeof eq>[0],
) {
  return or(among(project, plan.projectIds), plan.userId ? eq(person, plan.userId) : undefined)
}

/** The attached files that go, before their rows do. */
export function listAttachedFiles(tx: TenantTx, plan: ErasurePlan) {
  return tx
    .select({ id: attachments.id, storageKey: attachments.storageKey })
    .from(attachments)
    .where(
      and(
        eq(attachments.organizationId, tx.organizationId),
        theirs(plan, attachments.projectId, attachments.uploadedBy),
      ),
    )
}

export async function blankReviews(tx: TenantTx, actor: SystemActor, plan: ErasurePlan): Promise<void> {
  const { organizationId } = tx
  const erased = (entity: 'comment' | 'attachment' | 'version', id: string) =>
    recordAudit(tx, actor, 'personal:erased', { entity, id })
  // Versions before what is said of them, as whoever deletes a draft locks them.
  const v = deliverableVersions
  const versions = await tx
    .update(v)
    .set({ changelog: '', updatedAt: now, version: sql`${v.version} + 1` as unknown as number })
    .where(and(eq(v.organizationId, organizationId), among(v.projectId, plan.projectIds), sql`${v.changelog} <> ''`))
    .returning({ id: v.id })
  for (const { id } of versions) await erased('version', id)

  const c = versionComments
  const said = await tx
    .update(c)
    .set({
      ...emptiedComment,
      authorName: null,
      deletedAt: sql`coalesce(${c.deletedAt}, now())` as unknown as string,
      updatedAt: now,
      version: sql`${c.version} + 1` as unknown as number,
    })
    .where(and(eq(c.organizationId, organizationId), theirs(plan, c.projectId, c.authorUserId)))
    .returning({ id: c.id })
  for (const { id } of said) await erased('comment', id)
  const files = await tx
    .delete(attachments)
    .where(
      and(eq(attachments.organizationId, organizationId), theirs(plan, attachments.projectId, attachments.uploadedBy)),
    )
    .returning({ id: attachments.id })
  for (const { id } of files) await erased('attachment', id)

  const ofProjects = sql`select ${v.id} from ${v} where ${v.organizationId} = ${organizationId}
    and ${v.projectId} = any(${sql.param(plan.projectIds)}::uuid[])`
  await tx
    .update(versionDecisions)
    .set({
      note: '',
      checklist: [],
      guestName: sql`case when ${versionDecisions.guestName} is not null then 'Erased person' end` as unknown as string,
    })
    .where(
      and(
        eq(versionDecisions.organizationId, organizationId),
        or(
          sql`${versionDecisions.versionId} in (${ofProjects})`,
          plan.userId ? eq(versionDecisions.userId, plan.userId) : undefined,
        ),
      ),
    )
  if (!plan.userId) return
  await tx.delete(versionCommentReads).where(eq(versionCommentReads.userId, plan.userId))
  await tx
    .update(c)
    .set({ mentions: sql`array_remove(${c.mentions}, ${plan.userId}::uuid)` as unknown as string[] })
    .where(and(eq(c.organizationId, organizationId), sql`${plan.userId}::uuid = any(${c.mentions})`))
}
