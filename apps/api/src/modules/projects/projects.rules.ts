import { legalMoves, type ProjectStatus } from '@sparkle/shared/projects'
import { can, isClient, type UserActor } from '../../core/actor.ts'
import { conflict, forbidden, invalid } from '../../core/app-error.ts'

/** The part of a project that rights and moves are decided on. */
export interface ProjectFacts {
  status: ProjectStatus
  statusBeforeHold: ProjectStatus | null
  assignedArtistId: string | null
  accountId: string | null
}

/** Whether somebody may see this project: the studio's people all of them, a customer those of their account. */
export function maySee(actor: UserActor, project: Pick<ProjectFacts, 'accountId'>): boolean {
  return !isClient(actor) || (actor.accountId !== null && project.accountId === actor.accountId)
}

/** Whether deleted projects are still there for somebody: for those who may bring them back. */
export function mayRestore(actor: UserActor): boolean {
  return can(actor, 'projects:delete')
}

/** Whether somebody with `projects:update`, `assets:*` or `builds:*` may use it here: artists on their own projects. */
export function mayWorkOn(actor: UserActor, project: Pick<ProjectFacts, 'assignedArtistId'>): boolean {
  return actor.role !== 'artist' || project.assignedArtistId === actor.userId
}

/** Throws 403 `project.not_assigned` for an artist who is not on the project. */
export function assertMayWorkOn(actor: UserActor, project: Pick<ProjectFacts, 'assignedArtistId'>): void {
  if (!mayWorkOn(actor, project))
    forbidden('project.not_assigned', 'Artists work on projects assigned to them. Ask a manager to assign you.')
}

/** The columns a move changes. Throws 409 `project.illegal_transition` with the legal moves. */
export function moveTo(project: ProjectFacts, next: ProjectStatus) {
  const legal = legalMoves(project.status, project.statusBeforeHold)
  if (!legal.includes(next))
    conflict(
      'project.illegal_transition',
      `A project cannot move from ${project.status} to ${next}. Legal now: ${legal.join(', ')}.`,
      { legal },
    )
  return {
    status: next,
    statusBeforeHold: next === 'on_hold' ? project.status : null,
    completed: next === 'complete',
  }
}

/** Throws 422 `project.dates_crossed` where the work would begin after its deadline. */
export function assertDates({ startDate, deadline }: { startDate?: string | null; deadline?: string | null }): void {
  if (startDate && deadline && startDate > deadline)
    invalid('project.dates_crossed', 'The start lies after the deadline.', 'startDate')
}
