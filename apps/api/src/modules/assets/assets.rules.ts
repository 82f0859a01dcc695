import { isPaletteName } from '@sparkle/pixel/named-palettes'
import {
  acceptedTypes,
  maxConfigBytes,
  retryableReasons,
  type AssetType,
  type ProcessingStatus,
  type RejectionReason,
} from '@sparkle/shared/assets'
import { maxFileBytes } from '@sparkle/shared/orders'
import type { SpriteRecipeView } from '@sparkle/shared/sprites'
import { AppError, conflict, invalid } from '../../core/app-error.ts'
import { typeOfName } from './sniff.ts'

export interface UploadClaim {
  filename: string
  mimeType: string
  sizeBytes: number
  /** SHA-256 of the bytes, where the sender says it. */
  digest?: string | undefined
}

/** What browsers and scripts send for a type of ours: none knows all of them by their registered names. */
const aliases: Record<string, string> = {
  'image/heif': 'image/heic',
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'text/json': 'application/json',
}

/**
 * The type an upload is taken as: what the sender says, or what the name promises where the sender says nothing. Throws
 * 413 `asset.too_large` and 415 `asset.unsupported_type`; the bytes themselves are judged by processing.
 */
export function assertUploadable(claim: UploadClaim, assetType: AssetType): string {
  assertSize(claim.sizeBytes)
  if (assetType === 'config' && claim.sizeBytes > maxConfigBytes)
    throw new AppError('too_large', 'asset.too_large', `A file of settings has at most ${maxConfigBytes} bytes.`)
  const said = claim.mimeType.split(';')[0]?.trim().toLowerCase() ?? ''
  const mimeType = said === 'application/octet-stream' ? (typeOfName(claim.filename) ?? said) : (aliases[said] ?? said)
  const accepted: readonly string[] = acceptedTypes[assetType]
  if (!accepted.includes(mimeType))
    throw new AppError(
      'unsupported_type',
      'asset.unsupported_type',
      `A ${assetType} is one of ${accepted.join(', ')}, not ${mimeType}.`,
    )
  return mimeType
}

export function assertSize(sizeBytes: number): void {
  if (sizeBytes > maxFileBytes) throw tooLarge()
  if (sizeBytes === 0) invalid('asset.empty', 'The file is empty.', 'file')
}

export function tooLarge(): AppError {
  return new AppError('too_large', 'asset.too_large', `A file has at most ${maxFileBytes} bytes (10 MiB).`)
}

export interface ProcessingFacts {
  processingStatus: ProcessingStatus
  rejectionReason: RejectionReason | null
  uploadKey: string | null
  recipe: SpriteRecipeView | null
}

/** Whether the uploaded bytes outlive a refusal: they do where the fault was ours, so that another try can be made. */
export function isWorthKeeping(reason: RejectionReason): boolean {
  return retryableReasons.includes(reason)
}

/** Whether an asset can be processed again: it is not ready, and there is something to make it from. */
export function assertProcessable(asset: ProcessingFacts): void {
  if (asset.processingStatus === 'ready')
    conflict('asset.already_ready', 'This asset is ready; there is nothing to do again.')
  if (!asset.uploadKey && !asset.recipe)
    conflict('asset.nothing_to_process', 'A refused file is not kept. Upload it again.')
}

/** What the wire schema cannot say about a recipe. Throws 422 with the field. */
export function assertRecipe(recipe: SpriteRecipeView): void {
  if (recipe.crop && (recipe.crop.width <= 0 || recipe.crop.height <= 0))
    invalid('sprite.empty_crop', 'The crop needs a width and a height above 0.', 'body.crop')
  if (recipe.mask?.shape === 'polygon' && recipe.mask.points.length < 3)
    invalid('sprite.mask_points', 'A polygon needs three points or more.', 'body.mask.points')
  if (recipe.mask?.shape === 'ellipse' && recipe.mask.points.length !== 2)
    invalid('sprite.mask_points', 'An ellipse is given by two opposite corners of its box.', 'body.mask.points')
  if (typeof recipe.palette === 'string' && !isPaletteName(recipe.palette))
    invalid('sprite.unknown_palette', `No palette is called ${recipe.palette}.`, 'body.palette')
  if (recipe.outline.mode === 'color' && !recipe.outline.color)
    invalid('sprite.outline_color', 'An outline of mode color needs its color.', 'body.outline.color')
}

/** A sprite's colours, to be used for another one. Throws 422 `sprite.no_palette` where it has fewer than two. */
export function spritePalette({ metadata }: { metadata: { colors?: string[] } }): string[] {
  const colors = metadata.colors ?? []
  if (colors.length < 2)
    invalid('sprite.no_palette', 'That asset has no palette: name a sprite that is ready.', 'body.paletteFrom')
  return colors
}

/** A sprite can be made from a picture that is ready. Throws 409 otherwise. */
export function assertSpriteSource(source: {
  assetType: AssetType
  processingStatus: ProcessingStatus
  recipe: unknown
}): void {
  if (source.assetType !== 'photo') conflict('asset.not_a_photo', 'Sprites are made from photos.')
  if (source.processingStatus !== 'ready')
    conflict('asset.not_ready', 'This photo is not ready yet. Wait until it has been processed.')
}
