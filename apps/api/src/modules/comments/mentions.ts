import type { Mentionable } from '@sparkle/shared/comments'
import { decide } from '@sparkle/shared/decide'
import { isAccountRole } from '@sparkle/shared/permissions'
import { isClient, type Reviewer, type UserActor } from '../../core/actor.ts'
import { invalid } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { rightsOf } from '../../core/rights.ts'
import type { VersionRow } from '../reviews/reviews.queries.ts'
import { listPeople, listPublicVoices } from './comments.queries.ts'
import { resourceOf } from './comments.rules.ts'

/**
 * Those whom somebody may mention in a comment: who may see it. A customer is told of nobody in the studio but those
 * they have to do with: who is on the project, made the version or has spoken to them there.
 */
export async function listMentionable(
  tx: TenantTx,
  actor: UserActor,
  version: VersionRow,
  internal: boolean,
): Promise<Mentionable[]> {
  const known = isClient(actor)
    ? new Set([version.assignedArtistId, version.createdBy, ...(await listPublicVoices(tx, version.id))])
    : null
  const place = resourceOf(version)
  const people = await listPeople(tx, version.accountId)
  return people.flatMap(({ userId, name, role, accountId, rights }): Mentionable[] => {
    const side = isAccountRole(role) ? 'client' : 'studio'
    if (side === 'client' && (internal || version.status === 'draft')) return []
    if (side === 'studio' && known && !known.has(userId)) return []
    const subject = { userId, role, accountId, ...rightsOf(role, rights) }
    const needed = ['projects:read', 'reviews:read', ...(internal ? (['reviews:internal'] as const) : [])] as const
    return needed.every((permission) => decide(subject, permission, place).allowed) ? [{ userId, name, side }] : []
  })
}

/** The people mentioned, each once. Throws 422 `comment.not_mentionable` where one may not see what they would be told of. */
export async function checkMentions(
  tx: TenantTx,
  actor: Reviewer,
  version: VersionRow,
  internal: boolean,
  mentions: readonly string[],
): Promise<string[]> {
  const wanted = [...new Set(mentions)]
  if (wanted.length === 0) return []
  // Guests are told of nobody, so they call nobody by name.
  const people = actor.kind === 'guest' ? [] : await listMentionable(tx, actor, version, internal)
  const may = new Set(people.map(({ userId }) => userId))
  if (!wanted.every((userId) => may.has(userId)))
    invalid(
      'comment.not_mentionable',
      'Somebody mentioned cannot see this comment. Choose among the people of this version.',
      'body.mentions',
    )
  return wanted
}
