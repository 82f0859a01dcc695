import type { ProjectView } from '@sparkle/shared/projects'
import { useCan, useSession } from '../../lib/session.tsx'

/** Whether the signed-in person may change this project: an artist those that are assigned to them. */
export function useMayWorkOn(project: Pick<ProjectView, 'assignedArtistId' | 'deletedAt'>): boolean {
  const { user, role } = useSession()
  const mayUpdate = useCan('projects:update')
  return mayUpdate && !project.deletedAt && (role !== 'artist' || project.assignedArtistId === user.id)
}
