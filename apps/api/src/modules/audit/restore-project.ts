import { isAccountRole } from '@sparkle/shared/permissions'
import { legalMoves, type ProjectStatus, updateProjectInput } from '@sparkle/shared/projects'
import { findActiveMember } from '../projects/projects.queries.ts'
import {
  assignProject,
  changeProject,
  deleteProject,
  restoreProject,
  setProjectStatus,
} from '../projects/projects.service.ts'
import { setArchived } from '../projects/archive-project.service.ts'
import { keeps, patchOf, restored } from './restore.rules.ts'
import type { Restorer } from './restorers.ts'

const patched = [
  'name',
  'description',
  'customerName',
  'customerEmail',
  'customerPhone',
  'petName',
  'petBreed',
  'petAge',
  'petPersonality',
  'packageType',
  'priority',
  'startDate',
  'deadline',
  'budgetHours',
  'estimatedHours',
  'gameConfig',
  'notes',
]

export const restoreProjectState: Restorer = {
  needs: (field) =>
    field === 'deletedAt' ? 'projects:delete' : field === 'assignedArtistId' ? 'projects:assign' : 'projects:update',
  async judge(tx, now, goal) {
    const artist = typeof goal['assignedArtistId'] === 'string' ? goal['assignedArtistId'] : null
    const member = artist ? await findActiveMember(tx, artist) : null
    const legal = legalMoves(now['status'] as ProjectStatus, now['statusBeforeHold'] as ProjectStatus | null)
    const stays = now['deletedAt'] !== null && goal['deletedAt'] !== null
    return ({ field, to }) => {
      // What was deleted goal and is deleted now has nothing that anybody could see.
      if (stays) return keeps('not_by_restore')
      if (patched.includes(field)) return restored
      if (field === 'status')
        return legal.includes(to as ProjectStatus) ? { restore: true, effect: 'status_moves' } : keeps('move_not_legal')
      if (field === 'assignedArtistId')
        return artist && (!member || isAccountRole(member.role))
          ? keeps('person_gone')
          : { restore: true, effect: 'assignee_told' }
      if (field === 'deletedAt') return { restore: true, effect: to === null ? 'undeleted' : 'deleted_again' }
      if (field === 'archivedAt') return { restore: true, effect: to === null ? 'unarchived' : 'archived_again' }
      return keeps('not_by_restore')
    }
  },

  /** First what makes it reachable, last what takes it out of reach. */
  async apply(tx, tools, actor, id, steps) {
    const step = (field: string) => steps.find((one) => one.field === field)
    const deleted = step('deletedAt')
    if (deleted && deleted.to === null) await restoreProject(tx, tools, actor, id)
    const patch = patchOf(steps, patched)
    if (Object.keys(patch).length > 0) await changeProject(tx, tools, actor, id, updateProjectInput.parse(patch), null)
    const assigned = step('assignedArtistId')
    if (assigned) await assignProject(tx, tools, actor, id, assigned.to as string | null, null)
    const status = step('status')
    if (status) await setProjectStatus(tx, tools, actor, id, status.to as ProjectStatus, null)
    const archived = step('archivedAt')
    if (archived) await setArchived(tx, tools, actor, id, archived.to !== null, null)
    if (deleted && deleted.to !== null) await deleteProject(tx, actor, id, null)
  },
}
