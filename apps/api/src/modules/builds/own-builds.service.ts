import { ownTemplateId, type BuildView } from '@sparkle/shared/builds'
import { sql } from 'drizzle-orm'
import { actorUserId, type UserActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { openProject } from '../projects/projects.service.ts'
import { insertBuild, takeBuildNumber, updateBuild } from './builds.queries.ts'
import { nameForGame } from './builds.rules.ts'
import { getBuild, type PreviewPlace } from './builds.service.ts'
import type { OwnBundle } from './own-bundle.ts'

export interface OwnUpload extends OwnBundle {
  filename: string
  zipDigest: string
  /** The sprite that icon and share picture were drawn from. */
  assets: Record<string, string>
}

/**
 * A build from a studio's own zip. It has passed when it is added: whatever can be checked was checked, and nobody can
 * play somebody else's game by rule.
 */
export async function addOwnBuild(
  tx: TenantTx,
  place: PreviewPlace,
  actor: UserActor,
  projectId: string,
  upload: OwnUpload,
): Promise<BuildView> {
  const { digest, entryPoint, files, sizeBytes, filename, zipDigest, assets } = upload
  const project = await openProject(tx, actor, projectId)
  const id = newId()
  const number = await takeBuildNumber(tx, projectId)
  const petName = nameForGame(project.petName)
  await insertBuild(tx, {
    id,
    projectId,
    number,
    templateId: ownTemplateId,
    templateVersion: '1',
    config: { petName, filename },
    assets,
    unmetWishes: [],
    createdBy: actorUserId(actor),
  })
  // What the game calls itself is in its files; around it stands the pet's name, which needs no language.
  const manifest = { kind: 'page', entryPoint, title: petName, petName, zipDigest, assets }
  await updateBuild(tx, id, {
    status: 'passed',
    digest,
    sizeBytes,
    files,
    manifest,
    attempts: 1,
    finishedAt: sql`now()`,
  })
  await recordAudit(tx, actor, 'build:uploaded', {
    entity: 'build',
    id,
    changes: { projectId, number, digest, zipDigest, filename },
  })
  const data = { buildId: id, number, petName: project.petName }
  await emit(tx, actor, 'build:uploaded', { projectId, data })
  await emit(tx, actor, 'build:passed', { projectId, data: { ...data, createdBy: actorUserId(actor) } })
  return getBuild(tx, place, actor, id)
}
