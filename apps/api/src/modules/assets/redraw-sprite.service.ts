import type { AssetVersionView } from '@sparkle/shared/assets'
import type { RedrawSpriteInput } from '@sparkle/shared/sprites'
import type { UserActor } from '../../core/actor.ts'
import { conflict } from '../../core/app-error.ts'
import type { Linker } from '../../core/file-links.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { getAsset } from './assets.service.ts'
import { withPaletteOf } from './sprites.service.ts'
import { addSpriteVersion } from './versions.service.ts'

/** Orders a sprite anew: its own recipe or another, on its own photo or a better one. It becomes its next version. */
export async function redrawSprite(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  spriteId: string,
  { photoId, recipe, paletteFrom }: RedrawSpriteInput,
): Promise<AssetVersionView> {
  const sprite = await getAsset(tx, link, actor, spriteId)
  const wanted =
    recipe ?? sprite.recipe ?? conflict('asset.not_a_sprite', 'Only a sprite made of a photo has a recipe.')
  const complete = paletteFrom ? await withPaletteOf(tx, actor, paletteFrom, wanted) : wanted
  return addSpriteVersion(tx, link, actor, spriteId, { recipe: complete, sourceAssetId: photoId })
}
