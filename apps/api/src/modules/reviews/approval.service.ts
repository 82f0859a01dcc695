import type { ApprovalView, UpdateApprovalInput } from '@sparkle/shared/reviews'
import { can, type SystemActor, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { updateProject } from '../projects/projects.queries.ts'
import { openProject, readProject } from '../projects/projects.service.ts'
import { findApprovalRule, listSettledBuilds } from './reviews.queries.ts'
import { approvedBuilds } from './reviews.rules.ts'
import { settleHalfDecided } from './settle-version.ts'

async function readApproval(tx: TenantTx, projectId: string): Promise<ApprovalView> {
  const rule = (await findApprovalRule(tx, projectId)) ?? notFound('project')
  const approved = approvedBuilds(await listSettledBuilds(tx, projectId))
  const [newest] = approved
  return {
    ...rule,
    required: rule.requireApproval ?? rule.studioRequiresApproval,
    approved: newest
      ? { versionId: newest.versionId, number: newest.number, buildId: newest.buildId, digest: newest.digest }
      : null,
    approvedDigests: approved.map(({ digest }) => digest),
  }
}

/** What a deploy of the project's builds is decided on. */
export async function getApproval(tx: TenantTx, actor: UserActor, projectId: string): Promise<ApprovalView> {
  await readProject(tx, actor, projectId, { permission: 'projects:read' })
  return readApproval(tx, projectId)
}

/** Whoever may change the studio's rule may change a project's, or pass it once. */
const mayOverride = (actor: UserActor | SystemActor) => can(actor, 'studio:update')

/** Changes the project's own rule. Throws 403 where somebody would loosen it who could not loosen the studio's. */
export async function changeApproval(
  tx: TenantTx,
  actor: UserActor,
  projectId: string,
  input: UpdateApprovalInput,
  expected: number | null,
): Promise<ApprovalView> {
  const project = await openProject(tx, actor, projectId, { permission: 'projects:update' })
  assertVersion(project.version, expected)
  const before = await readApproval(tx, projectId)
  const after = input.requireApproval === undefined ? before.requireApproval : input.requireApproval
  if (before.required && !(after ?? before.studioRequiresApproval) && !mayOverride(actor))
    forbidden('approval.admin_only', 'Only an admin can let this project go live without approval.')
  await updateProject(tx, projectId, input)
  await recordAudit(tx, actor, 'project:updated', {
    entity: 'project',
    id: projectId,
    changes: changesBetween({ requireApproval: project.requireApproval, approvers: project.approvers }, input),
  })
  await emit(tx, actor, 'project:updated', { projectId, data: { petName: project.petName } })
  if (input.approvers) await settleHalfDecided(tx, actor, projectId)
  return readApproval(tx, projectId)
}

/**
 * Decides whether a build may go live. Null: it may. Otherwise what was passed over, which the caller puts on record.
 * Throws 409 `url.approval_required` naming what is approved, and 403 for a reason given by somebody else than an admin.
 */
export async function decideDeploy(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  build: { id: string; projectId: string; digest: string | null },
  overrideReason: string | undefined,
) {
  const { required, approved, approvedDigests } = await readApproval(tx, build.projectId)
  const digest = build.digest ?? ''
  if (!required || approvedDigests.includes(digest)) return null
  if (overrideReason === undefined)
    conflict(
      'url.approval_required',
      approved
        ? `Only an approved build goes live here. Approved is version ${approved.number}, digest ${approved.digest}; this build's is ${digest}.`
        : 'Only an approved build goes live here, and none is approved yet. Send a version for review.',
    )
  if (!mayOverride(actor)) forbidden('approval.admin_only', 'Only an admin can deploy a build that nobody approved.')
  return { reason: overrideReason, buildId: build.id, digest, approvedDigest: approved?.digest ?? null }
}
