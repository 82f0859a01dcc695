import { sql } from 'drizzle-orm'
import type { DeployUrlInput, RollBackUrlInput, UrlView } from '@sparkle/shared/urls'
import { actorUserId, type SystemActor, type UserActor } from '../../core/actor.ts'
import { conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { type BuildRow, findBuild } from '../builds/builds.queries.ts'
import { decideDeploy } from '../reviews/approval.service.ts'
import { claimDeploy, deploymentHistory, insertDeployment, updateUrl, type UrlRow } from './urls.queries.ts'
import { buildBefore } from './urls.rules.ts'
import type { GamesPlace } from './urls.place.ts'
import { assertProjectKept, getUrl, openUrl, termFrom } from './urls.service.ts'

/**
 * Points an address at a passed build of its project; the hosts drop what they cached when this commits. The first
 * deploy starts the term of the package, later ones leave it alone. Where approval is required, only a build of an
 * approved digest goes live, or any by an admin who gives a reason.
 */
export async function deployUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor | SystemActor,
  id: string,
  input: DeployUrlInput,
): Promise<UrlView> {
  const url = await openForDeploy(tx, id)
  const build = (await findBuild(tx, input.buildId)) ?? notFound('build')
  if (build.projectId !== url.projectId)
    invalid('url.build_of_another_project', 'This build belongs to another project than the address.', 'body.buildId')
  if (build.status !== 'passed') conflict('url.build_not_ready', 'Only a passed build can go live.')
  if (input.replaces !== undefined && input.replaces !== url.liveBuildId)
    conflict(
      'url.live_build_changed',
      'Another build is live now than the one you meant to replace. Look at it and deploy again.',
    )
  if (url.liveBuildId === build.id) conflict('url.already_live', 'This build is live already.')
  await passApproval(tx, actor, url, build, input.overrideReason)
  await goLive(tx, actor, url, { kind: 'deploy', buildId: build.id })
  return getUrl(tx, place, id)
}

/**
 * Brings back the build that was live before. Done again, it goes one further back. It is decided on like a deploy: what
 * was live may have gone there before approval was required, or without it.
 */
export async function rollBackUrl(
  tx: TenantTx,
  place: GamesPlace,
  actor: UserActor,
  id: string,
  input: RollBackUrlInput,
): Promise<UrlView> {
  const url = await openForDeploy(tx, id)
  const buildId = buildBefore(await deploymentHistory(tx, id))
  if (!buildId) conflict('url.nothing_to_roll_back', 'No other build was live here before.')
  const build = (await findBuild(tx, buildId)) ?? notFound('build')
  // Its files go where a picture in it has to be erased, and nobody would find a game any more.
  if (build.status !== 'passed')
    conflict('url.build_not_ready', 'The build that was live before is gone. Deploy another one instead.')
  await passApproval(tx, actor, url, build, input.overrideReason)
  await goLive(tx, actor, url, { kind: 'rollback', buildId })
  return getUrl(tx, place, id)
}

/** One deploy at a time: whoever comes second is told at once and does not queue behind the first. */
async function openForDeploy(tx: TenantTx, id: string): Promise<UrlRow> {
  if (!(await claimDeploy(tx, id))) conflict('url.deploy_in_progress', 'Another deploy to this address is under way.')
  const url = await openUrl(tx, id, null)
  if (url.status === 'expired') conflict('url.expired', 'This address has expired. Renew it first.')
  await assertProjectKept(tx, url.projectId)
  return url
}

/**
 * Throws where the build lacks an approval that it needs. Passed over with a reason, that is put on record; customers
 * hear nothing of the reason.
 */
async function passApproval(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  url: UrlRow,
  build: BuildRow,
  overrideReason: string | undefined,
): Promise<void> {
  const overridden = await decideDeploy(tx, actor, build, overrideReason)
  if (!overridden) return
  await recordAudit(tx, actor, 'url:approval:overridden', { entity: 'url', id: url.id, changes: overridden })
  await emit(tx, actor, 'url:approval:overridden', {
    projectId: url.projectId,
    data: {
      urlId: url.id,
      slug: url.slug,
      petName: url.petName,
      buildId: overridden.buildId,
      reason: overridden.reason,
    },
  })
}

async function goLive(
  tx: TenantTx,
  actor: UserActor | SystemActor,
  url: UrlRow,
  { kind, buildId }: { kind: 'deploy' | 'rollback'; buildId: string },
): Promise<void> {
  await insertDeployment(tx, {
    id: newId(),
    urlId: url.id,
    buildId,
    previousBuildId: url.liveBuildId,
    kind,
    deployedBy: actorUserId(actor),
  })
  await updateUrl(tx, url.id, {
    status: 'active',
    liveBuildId: buildId,
    deployedAt: sql`now()`,
    ...(url.status === 'reserved' && { expiresAt: termFrom(sql`now()`, url.packageType) }),
  })
  const action = kind === 'deploy' ? 'url:deployed' : 'url:rolled-back'
  await recordAudit(tx, actor, action, {
    entity: 'url',
    id: url.id,
    changes: { liveBuildId: [url.liveBuildId, buildId] },
  })
  await emit(tx, actor, action, {
    projectId: url.projectId,
    data: {
      urlId: url.id,
      slug: url.slug,
      petName: url.petName,
      primaryDomain: url.primaryDomain,
      buildId,
      previousBuildId: url.liveBuildId,
    },
  })
}
