import type { ProjectStatus } from '@sparkle/shared/projects'
import { legalMoves } from '@sparkle/shared/projects'
import type { ApproverRule, DeliverableKind, ReviewDecision, VersionStatus } from '@sparkle/shared/reviews'

/** What a review comes to. */
export type Outcome = 'approved' | 'changes_requested'

/** The moves that bring a project to its review, in order; undefined where no legal way leads there without a person. */
export function wayToReview(status: ProjectStatus): ProjectStatus[] | undefined {
  const ways: Partial<Record<ProjectStatus, ProjectStatus[]>> = {
    backlog: ['in_progress', 'review'],
    in_progress: ['review'],
    review: [],
    complete: ['review'],
  }
  return ways[status]
}

/**
 * Where a settled review takes the project, or null where it stays. An approved game completes it; after an approved
 * part the work goes on, unless something else still waits for the customer.
 */
export function moveAfter(
  outcome: Outcome,
  kind: DeliverableKind,
  status: ProjectStatus,
  othersWait: boolean,
): ProjectStatus | null {
  const next = outcome === 'approved' && kind === 'build' ? 'complete' : 'in_progress'
  if (outcome === 'approved' && kind !== 'build' && othersWait) return null
  return status === 'review' && legalMoves(status, null).includes(next) ? next : null
}

export interface Decided {
  /** Null for a guest, who counts but is no owner. */
  userId: string | null
  decision: ReviewDecision
  onBehalf: boolean
}

/** The owners of the account who still have to approve; those who left the account are not waited for. */
export function ownersLeft(owners: readonly string[], decisions: readonly Decided[]): string[] {
  const approved = new Set(decisions.flatMap((one) => (one.decision === 'approve' ? [one.userId] : [])))
  return owners.filter((owner) => !approved.has(owner))
}

/**
 * What the decisions on a version come to; null while somebody's approval is still missing. One wish for changes is
 * enough; what the studio records in the customer's name counts for all of them.
 */
export function outcomeOf(
  rule: ApproverRule,
  owners: readonly string[],
  decisions: readonly Decided[],
): Outcome | null {
  if (decisions.some(({ decision }) => decision === 'request_changes')) return 'changes_requested'
  const approvals = decisions.filter(({ decision }) => decision === 'approve')
  if (approvals.length === 0) return null
  if (rule === 'one' || approvals.some(({ onBehalf }) => onBehalf)) return 'approved'
  return ownersLeft(owners, decisions).length === 0 ? 'approved' : null
}

export interface Numbered {
  id: string
  number: number
  status: VersionStatus
}

/** The version of a deliverable to look at: the newest that was sent, unless one is approved; then the newest of those. */
export function lookAtOf(versions: readonly Numbered[]) {
  const newestFirst = [...versions].sort((a, b) => b.number - a.number)
  const approved = newestFirst.find(({ status }) => status === 'approved')
  const found = approved ?? newestFirst.find(({ status }) => status !== 'draft')
  return found
    ? { versionId: found.id, number: found.number, because: approved ? ('approved' as const) : ('newest' as const) }
    : null
}

interface SettledBuild {
  versionId: string
  number: number
  buildId: string | null
  digest: string
  status: VersionStatus
}

/**
 * The builds whose digest is approved, one for each digest, newest first. `settled` has the newest first: the last word
 * on the same bytes counts.
 */
export function approvedBuilds<T extends SettledBuild>(settled: readonly T[]): (T & { buildId: string })[] {
  const seen = new Set<string>()
  return settled.flatMap((one) => {
    if (seen.has(one.digest)) return []
    seen.add(one.digest)
    return one.status === 'approved' && one.buildId ? [{ ...one, buildId: one.buildId }] : []
  })
}
