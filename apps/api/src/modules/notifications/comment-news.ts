import { decide, type Resource } from '@sparkle/shared/decide'
import { isAccountRole } from '@sparkle/shared/permissions'
import type { Actor } from '../../core/actor.ts'
import type { HandledEvent } from '../../core/event-handlers.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { findResource } from '../../core/resources.ts'
import { findSubject } from '../../core/subjects.ts'
import { findCommentFacts, listThreadAuthors } from './comment-news.queries.ts'
import { commentKinds } from './notifications.rules.ts'
import { listClientIds, listMemberIds } from './notifications.queries.ts'
import { actorFacts, notify } from './notifications.service.ts'

/** The events of comments that somebody is told of. */
export const commentNews = ['comment:added', 'comment:updated'] as const

/**
 * Tells of a comment whom it concerns: who is mentioned, whose thread it is in, and whose version it is on. Whoever may
 * not see it hears nothing of it, and nobody hears of it twice. Answers how many had not been told yet.
 */
export async function notifyOfComment(tx: TenantTx, actor: Actor, event: HandledEvent): Promise<number> {
  const { commentId, mentions } = event.data
  const comment = typeof commentId === 'string' ? await findCommentFacts(tx, commentId) : undefined
  if (!comment || comment.deletedAt !== null || !event.projectId) return 0
  const place = await findResource(tx, 'projects', event.projectId)
  if (!place) return 0
  const hidden = comment.internal || comment.versionStatus === 'draft'
  const kinds = commentKinds({
    actorId: event.actorId,
    isNew: event.type === 'comment:added',
    side: comment.authorSide,
    isReply: comment.parentId !== null,
    hidden,
    mentioned: typeof mentions === 'string' ? mentions.split(' ') : [],
    thread: comment.parentId ? await listThreadAuthors(tx, comment.parentId) : [],
    makers: [comment.createdBy, place.assignedArtistId ?? null].filter((one) => one !== null),
    leads: await listMemberIds(tx, ['admin', 'manager']),
    clients: place.accountId ? await listClientIds(tx, place.accountId) : [],
  })
  const data = {
    petName: comment.petName,
    number: comment.number,
    deliverable: comment.kind,
    versionId: comment.versionId,
    commentId: comment.id,
    ...actorFacts(event),
  }
  const rows: Parameters<typeof notify>[2][number][] = []
  for (const [userId, kind] of kinds)
    if (await mayHear(tx, userId, place, { internal: comment.internal, hidden }))
      rows.push({ userId, kind, projectId: event.projectId, eventId: event.id, data })
  return (await notify(tx, actor, rows)).length
}

async function mayHear(
  tx: TenantTx,
  userId: string,
  place: Resource,
  { internal, hidden }: { internal: boolean; hidden: boolean },
): Promise<boolean> {
  const subject = await findSubject(tx, userId)
  if (!subject || !subject.role || (hidden && isAccountRole(subject.role))) return false
  const needed = ['projects:read', 'reviews:read', ...(internal ? (['reviews:internal'] as const) : [])] as const
  return needed.every((permission) => decide(subject, permission, place).allowed)
}
