import type { ProjectView } from '@sparkle/shared/projects'
import { useCan, useSession } from '../../lib/session.tsx'

/** Whether the project's pictures and builds are this person's to work with: an artist's only where assigned. */
export function useIsOnProject({ assignedArtistId }: Pick<ProjectView, 'assignedArtistId'>): boolean {
  const { user, role } = useSession()
  return role !== 'artist' || assignedArtistId === user.id
}

/** Whether the signed-in person may change this project: an artist those that are assigned to them. */
export function useMayWorkOn(project: Pick<ProjectView, 'assignedArtistId' | 'deletedAt'>): boolean {
  const isOnProject = useIsOnProject(project)
  return useCan('projects:update') && isOnProject && !project.deletedAt
}
