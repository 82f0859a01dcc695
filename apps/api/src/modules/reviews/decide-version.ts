import type { DecideVersionInput, ReviewPoint, VersionView } from '@sparkle/shared/reviews'
import { isOutside, type Reviewer } from '../../core/actor.ts'
import { conflict, forbidden, invalid } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { openProject } from '../projects/projects.service.ts'
import { insertDecision, listDecisions, readChecklist } from './decisions.queries.ts'
import { getVersion, seenVersion } from './reviews.service.ts'
import { outcomeFor, settleVersion } from './settle-version.ts'
import { isOwn, type ReviewTools } from './version-view.ts'

/** The studio's points with what was ticked. Throws 422 `review.unknown_point` for one that is not among them. */
function pointsOf(points: readonly string[], ticked: readonly string[]): ReviewPoint[] {
  if (ticked.some((one) => !points.includes(one)))
    invalid(
      'review.unknown_point',
      "That is no point of the studio's checklist. Load the version again.",
      'body.ticked',
    )
  return points.map((text) => ({ text, ticked: ticked.includes(text) }))
}

/**
 * Records what somebody decided on a version that waits; somebody of the studio decides in the customer's name, a guest
 * in their own, where the studio gave the link that scope. Where that settles it, the project moves on and those at work
 * on it are told. Throws 409 `version.not_waiting` and
 * `review.already_decided`, 422 `review.note_needed` for a wish without words and `review.points_open`.
 */
export async function decideVersion(
  tx: TenantTx,
  tools: ReviewTools,
  actor: Reviewer,
  id: string,
  input: DecideVersionInput,
): Promise<VersionView> {
  const { projectId } = await seenVersion(tx, actor, id)
  const project = await openProject(tx, actor, projectId, { permission: 'reviews:approve' })
  const row = await seenVersion(tx, actor, id)
  const { decision, checklist, note } = input
  const onBehalf = !isOutside(actor)
  if (actor.kind === 'user' && actor.actingAs)
    forbidden('review.not_yours', 'Only people of the studio and of the account decide.')
  if (row.status !== 'waiting')
    conflict('version.not_waiting', 'This version does not wait for a decision. Look at the newest one.')
  const before = await listDecisions(tx, [id])
  if (before.some((one) => isOwn(actor, one)))
    conflict('review.already_decided', 'You have decided on this version already.')
  if (note === '' && ((decision === 'request_changes' && checklist.length === 0) || onBehalf))
    invalid(
      'review.note_needed',
      onBehalf ? 'Say how the customer decided, for the record.' : 'Say what should change.',
      'body.note',
    )

  const points = pointsOf(await readChecklist(tx), input.ticked ?? [])
  if (decision === 'approve' && !onBehalf && points.some(({ ticked }) => !ticked))
    invalid('review.points_open', 'Tick every point of the checklist, or ask for changes.', 'body.ticked')

  const decider =
    actor.kind === 'guest'
      ? { userId: null, guestLinkId: actor.linkId, guestName: actor.displayName }
      : { userId: actor.userId, guestLinkId: null, guestName: null }
  await insertDecision(tx, { ...decider, versionId: id, decision, note, checklist, points, onBehalf })
  const outcome = await outcomeFor(tx, project, [...before, { userId: decider.userId, decision, onBehalf }])
  if (outcome) await settleVersion(tx, actor, project, row, outcome, { decision, onBehalf })
  else {
    const changes = { decision, onBehalf, digest: row.digest }
    await recordAudit(tx, actor, 'review:decision:added', { entity: 'version', id, changes })
    await emit(tx, actor, 'review:decision:added', {
      projectId,
      data: { versionId: id, number: row.number, deliverable: row.kind, petName: project.petName },
    })
  }
  return getVersion(tx, tools, actor, id)
}
