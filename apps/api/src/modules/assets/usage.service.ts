import type { AssetUsage } from '@sparkle/shared/assets'
import type { UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readProject } from '../projects/projects.service.ts'
import { findAsset } from './assets.queries.ts'
import { listBuildsWith, listSpritesOf, listUrlsOf } from './usage.queries.ts'

/**
 * What an asset was made from, and everything that was made with it: its sprites, the builds with it or one of them,
 * and the addresses where such a build is live. Live games hold copies, so deleting the asset changes none of them.
 */
export async function getUsage(
  tx: TenantTx,
  gamesOrigin: string,
  actor: UserActor,
  assetId: string,
): Promise<AssetUsage> {
  const asset = await findAsset(tx, assetId)
  if (!asset || asset.deletedAt || !asset.uploadedAt) notFound('asset')
  await readProject(tx, actor, asset.projectId, { assetId })
  const source = asset.sourceAssetId ? await findAsset(tx, asset.sourceAssetId) : undefined
  const sprites = await listSpritesOf(tx, assetId)
  const builds = await listBuildsWith(tx, asset.projectId, [assetId, ...sprites.map(({ id }) => id)])
  const live = await listUrlsOf(
    tx,
    builds.map(({ id }) => id),
  )
  return {
    source: source ? { id: source.id, filename: source.filename, deleted: source.deletedAt !== null } : null,
    sprites,
    builds,
    urls: live.flatMap(({ id, slug, buildId, primaryDomain }) =>
      buildId ? [{ id, slug, fullUrl: `${gameOrigin(gamesOrigin, primaryDomain)}/${slug}/`, buildId }] : [],
    ),
  }
}
