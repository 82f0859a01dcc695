import type { AssetView } from '@sparkle/shared/assets'
import type { CreateSpriteInput, SpriteRecipeView } from '@sparkle/shared/sprites'
import { beginning } from '@sparkle/shared/text'
import { sql } from 'drizzle-orm'
import { actorUserId, type UserActor } from '../../core/actor.ts'
import type { Linker } from '../../core/file-links.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { findAsset, insertAsset, lockAsset } from './assets.queries.ts'
import { assertRecipe, assertSpriteSource, spritePalette } from './assets.rules.ts'
import { readable, tell, toView } from './assets.service.ts'

const sqlNow = sql`now()` as unknown as string

/** Orders a sprite of a photo: a new asset with its recipe, rendered in the background. */
export async function createSprite(
  tx: TenantTx,
  link: Linker,
  actor: UserActor,
  sourceId: string,
  { paletteFrom, ...input }: CreateSpriteInput,
): Promise<AssetView> {
  const recipe = paletteFrom ? await withPaletteOf(tx, actor, paletteFrom, input) : input
  assertRecipe(recipe)
  const source = await readable(tx, actor, await lockAsset(tx, sourceId))
  assertSpriteSource(source)
  const filename = `${beginning(source.filename.replace(/\.[^.]*$/, ''), 180)}-sprite.png`
  const sprite = await insertAsset(tx, {
    id: newId(),
    projectId: source.projectId,
    assetType: 'sprite',
    filename,
    originalFilename: filename,
    mimeType: 'image/png',
    fileSize: 0,
    sourceAssetId: source.id,
    recipe,
    uploadedAt: sqlNow,
    uploadedBy: actorUserId(actor),
  })
  await tell(tx, actor, 'asset:added', sprite)
  return toView(link, sprite, [])
}

/** The recipe with the colours that another sprite has now. Later changes of that sprite do not matter to it. */
export async function withPaletteOf(
  tx: TenantTx,
  actor: UserActor,
  spriteId: string,
  recipe: SpriteRecipeView,
): Promise<SpriteRecipeView> {
  const palette = spritePalette(await readable(tx, actor, await findAsset(tx, spriteId)))
  return { ...recipe, palette, colors: Math.max(recipe.colors, palette.length) }
}
