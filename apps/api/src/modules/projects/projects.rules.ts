import { legalMoves, type ProjectStatus } from '@sparkle/shared/projects'
import type { Resource } from '@sparkle/shared/decide'
import type { Permission } from '@sparkle/shared/permissions'
import { can, decideOn, type Reviewer, type UserActor } from '../../core/actor.ts'
import { conflict, invalid, notFound } from '../../core/app-error.ts'
import { refuse } from '../../core/refuse.ts'

/** The part of a project that rights and moves are decided on. */
export interface ProjectFacts {
  status: ProjectStatus
  statusBeforeHold: ProjectStatus | null
  assignedArtistId: string | null
  accountId: string | null
}

export type ProjectPlace = { id: string } & Pick<ProjectFacts, 'assignedArtistId' | 'accountId'>

/** What is done to a project, where it is not what the request came in by; and to which of its assets. */
export interface Need {
  permission?: Permission
  assetId?: string
}

export function resourceOf({ id, assignedArtistId, accountId }: ProjectPlace, assetId?: string): Resource {
  return { projectId: id, assignedArtistId, accountId, ...(assetId && { assetId }) }
}

/** Whether somebody may see this project: the studio's people all of them, a customer those of their account. */
export function maySee(actor: Reviewer, project: ProjectPlace): boolean {
  return can(actor, 'projects:read', resourceOf(project))
}

/** Whether deleted projects are still there for somebody: for those who may bring them back. */
export function mayRestore(actor: UserActor): boolean {
  return can(actor, 'projects:delete')
}

/**
 * Whether somebody may do this here. Throws 404 for a project they may not see, 403 `project.not_assigned` for an artist
 * who is not on it, and 403 `auth.forbidden` for what they may not do to it otherwise.
 */
export function assertMayWorkOn(actor: Reviewer, project: ProjectPlace, need: Need = {}): void {
  const permission = need.permission ?? actor.using ?? 'projects:update'
  const decision = decideOn(actor, permission, resourceOf(project, need.assetId))
  if (decision.allowed) return
  if (!maySee(actor, project)) notFound('project')
  refuse(permission, decision)
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
