import { z } from 'zod'
import { listOf, pageQuery } from './lists.ts'
import { signedUpload } from './orders.ts'
import { spriteRecipe } from './sprites.ts'
import { digest, filename, id, text, time, version } from './text.ts'

export const assetTypes = ['photo', 'sprite', 'background', 'sound', 'config'] as const
export type AssetType = (typeof assetTypes)[number]
export const processingStatuses = ['pending', 'processing', 'ready', 'rejected'] as const
export type ProcessingStatus = (typeof processingStatuses)[number]
export const rejectionReasons = [
  'unknown_type',
  'type_mismatch',
  'truncated',
  'too_many_pixels',
  'damaged',
  'too_large',
  'size_mismatch',
  'missing_upload',
] as const
export type RejectionReason = (typeof rejectionReasons)[number]
export const uploadableTypes = ['image/jpeg', 'image/png', 'image/webp'] as const
export const assetVariants = ['original', 'thumb', 'web', 'work', 'still', 'sheet', 'meta'] as const
export type AssetVariant = (typeof assetVariants)[number]

export const assetMetadata = z.object({
  width: z.int().optional(),
  height: z.int().optional(),
  frames: z.int().optional(),
  colors: z.array(z.string()).optional(),
})

export const assetView = z
  .object({
    id,
    projectId: id,
    assetType: z.enum(assetTypes),
    filename: z.string(),
    originalFilename: z.string(),
    mimeType: z.string(),
    fileSize: z.int(),
    digest: digest.nullable(),
    metadata: assetMetadata,
    processingStatus: z.enum(processingStatuses),
    rejectionReason: z.enum(rejectionReasons).nullable(),
    sourceAssetId: id.nullable().meta({ description: 'For a sprite: the photo it was made from.' }),
    recipe: spriteRecipe.nullable(),
    urls: z
      .object({
        original: z.string(),
        thumb: z.string(),
        web: z.string(),
        work: z.string(),
        still: z.string(),
        sheet: z.string(),
        meta: z.string(),
      })
      .partial()
      .meta({ description: 'Signed, cacheable links to the variants that exist.' }),
    version,
    uploadedBy: id.nullable(),
    uploadedAt: time,
    processedAt: time.nullable(),
  })
  .meta({ id: 'Asset' })
export type AssetView = z.infer<typeof assetView>
export const assetList = listOf(assetView)
export const listAssetsQuery = pageQuery.extend({ assetType: z.enum(assetTypes).optional() })

export const directUploadInput = z
  .object({ filename, mimeType: text(100, 3), sizeBytes: z.int().min(1), assetType: z.enum(assetTypes) })
  .meta({ id: 'DirectUploadInput' })
export const directUpload = z
  .object({ assetId: id, upload: signedUpload, expiresAt: time })
  .meta({ id: 'DirectUploadTicket' })
export const updateAssetInput = z.object({ filename }).meta({ id: 'UpdateAssetInput' })
export const contentQuery = z.object({ variant: z.enum(assetVariants).default('original') })
