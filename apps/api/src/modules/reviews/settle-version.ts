import type { ReviewDecision } from '@sparkle/shared/reviews'
import { sql } from 'drizzle-orm'
import type { Reviewer, SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { lockProject, type LockedProject } from '../projects/projects.queries.ts'
import { moveProject } from '../projects/projects.service.ts'
import { listDecisions, listHalfDecided, listOwners, listProjectsHalfDecided } from './decisions.queries.ts'
import { othersWait, updateVersion, type VersionRow } from './reviews.queries.ts'
import { moveAfter, outcomeOf, type Decided, type Outcome } from './reviews.rules.ts'

type Settled = Pick<VersionRow, 'id' | 'number' | 'kind' | 'digest'>

/** By what a version was settled: a decision of whoever acts; or by nobody's, since fewer have to approve it now. */
type Cause = { decision: ReviewDecision; onBehalf: boolean } | { settledBy: 'rule' | 'owner_left' }

/** What decisions on a version of the project come to under its rule and with the account's owners of now. */
export async function outcomeFor(tx: TenantTx, project: LockedProject, decisions: readonly Decided[]) {
  const owners = project.accountId ? await listOwners(tx, [project.accountId]) : []
  return outcomeOf(
    project.approvers,
    owners.map(({ userId }) => userId),
    decisions,
  )
}

/** Writes down what a review has come to, and moves the project on. The caller holds the project's lock. */
export async function settleVersion(
  tx: TenantTx,
  actor: Reviewer | SystemActor,
  project: LockedProject,
  version: Settled,
  outcome: Outcome,
  cause: Cause,
): Promise<void> {
  const { id, number, kind, digest } = version
  await updateVersion(tx, id, { status: outcome, decidedAt: sql`now()` })
  const type = outcome === 'approved' ? 'review:approved' : 'review:changes-requested'
  await recordAudit(tx, actor, type, { entity: 'version', id, changes: { ...cause, digest } })
  await emit(tx, actor, type, {
    projectId: project.id,
    data: {
      versionId: id,
      number,
      deliverable: kind,
      petName: project.petName,
      // Whoever changes the rule, and the system, have approved nothing.
      ...('settledBy' in cause && { settledBy: cause.settledBy }),
    },
  })
  const next = moveAfter(outcome, kind, project.status, await othersWait(tx, project.id, id))
  if (next) await moveProject(tx, actor, project, next, { byReview: true })
}

/**
 * Settles what waits only for somebody who need not be asked any more: the rule has changed, or an owner has gone. Nobody
 * else would, since all who are left have decided.
 */
export async function settleHalfDecided(tx: TenantTx, actor: Reviewer | SystemActor, projectId: string): Promise<void> {
  let project = await lockProject(tx, projectId)
  const versions = await listHalfDecided(tx, projectId)
  const decisions = await listDecisions(
    tx,
    versions.map(({ id }) => id),
  )
  for (const version of versions) {
    if (!project || project.deletedAt) return
    const made = decisions.filter(({ versionId }) => versionId === version.id)
    const outcome = await outcomeFor(tx, project, made)
    if (!outcome) continue
    const settledBy = project.approvers === 'one' ? 'rule' : 'owner_left'
    await settleVersion(tx, actor, project, version, outcome, { settledBy })
    project = await lockProject(tx, projectId)
  }
}

/** The same for all projects of the studio that wait for several owners. */
export async function settleStudio(tx: TenantTx, actor: SystemActor): Promise<void> {
  for (const projectId of await listProjectsHalfDecided(tx)) await settleHalfDecided(tx, actor, projectId)
}
