import type { ProjectView } from '@sparkle/shared/projects'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'

/** Whether the signed-in person may change this project: an artist those that are assigned to them. */
export function useMayWorkOn(
  project: Pick<ProjectView, 'id' | 'accountId' | 'assignedArtistId' | 'deletedAt'>,
): boolean {
  return useCan('projects:update', placeOf(project)) && !project.deletedAt
}
