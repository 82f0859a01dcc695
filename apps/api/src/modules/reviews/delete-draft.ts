import type { UserActor } from '../../core/actor.ts'
import { assertVersion, conflict } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { releaseAttachments } from '../attachments/attachments.service.ts'
import { deleteVersion, lockComments, lockVersion } from './reviews.queries.ts'
import { openVersion } from './reviews.service.ts'

/**
 * Deletes a version that was never sent, with what the studio said about it; the newest one's number is free again.
 * Throws 409 `version.already_sent`.
 */
export async function deleteDraft(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<void> {
  const { row, project } = await openVersion(tx, actor, id)
  assertVersion(row.version, expected)
  if (row.status !== 'draft')
    conflict('version.already_sent', 'This version was sent, and what a customer was sent stays. Only a draft goes.')
  const { projectId } = row
  await lockVersion(tx, id, 'update')
  // Comments before their files, as whoever deletes a single one locks them.
  const comments = await lockComments(tx, id)
  await releaseAttachments(tx, comments)
  await deleteVersion(tx, id)
  for (const comment of comments) await recordAudit(tx, actor, 'comment:deleted', { entity: 'comment', id: comment })
  await recordAudit(tx, actor, 'version:deleted', { entity: 'version', id })
  await emit(tx, actor, 'version:deleted', {
    projectId,
    data: { versionId: id, number: row.number, deliverable: row.kind, petName: project.petName },
  })
}
