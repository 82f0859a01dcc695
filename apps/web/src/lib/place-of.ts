import type { Resource } from '@sparkle/shared/decide'
import type { ProjectView } from '@sparkle/shared/projects'

/** A project as decisions are made on it. */
export function placeOf({
  id,
  accountId,
  assignedArtistId,
}: Pick<ProjectView, 'id' | 'accountId' | 'assignedArtistId'>) {
  return { projectId: id, accountId, assignedArtistId } satisfies Resource
}
