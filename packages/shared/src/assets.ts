import { z } from 'zod'
import { fieldsOf, listOf, pageQuery, sortedBy, wholeListOf } from './lists.ts'
import { resumableUpload, signedUpload } from './orders.ts'
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
  'vector_image',
  'web_page',
  'polyglot',
  'decompression_bomb',
  'digest_mismatch',
  'invalid_json',
  'json_too_complex',
  'infected',
  'timed_out',
  'failed',
] as const
export type RejectionReason = (typeof rejectionReasons)[number]
/** Refusals that are ours and not the file's: its bytes are kept, and processing it again may succeed. */
export const retryableReasons: readonly RejectionReason[] = ['timed_out', 'failed']

export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const
/** What may be uploaded as each type of asset. */
export const acceptedTypes = {
  photo: pictureTypes,
  sprite: pictureTypes,
  background: pictureTypes,
  sound: ['audio/mpeg'],
  config: ['application/json'],
} as const satisfies Record<AssetType, readonly string[]>
/** A file of settings is read into memory as a whole by whoever uses it. */
export const maxConfigBytes = 262_144
export const assetVariants = ['original', 'thumb', 'web', 'work', 'still', 'sheet', 'meta'] as const
export type AssetVariant = (typeof assetVariants)[number]

export const assetMetadata = z.object({
  width: z.int().optional(),
  height: z.int().optional(),
  frames: z.int().optional(),
  colors: z.array(z.string()).optional(),
  durationSeconds: z.number().optional().meta({ description: 'Of a sound.' }),
  bitrateKbps: z.int().optional().meta({ description: 'Of a sound, its average.' }),
})

export type AssetMetadata = z.infer<typeof assetMetadata>

const unit = z.number().min(0).max(1)
export const focalPoint = z
  .object({ x: unit, y: unit })
  .meta({ id: 'FocalPoint', description: 'What a cut of the picture has to show: 0 to 1 from its left and top.' })
export type FocalPoint = z.infer<typeof focalPoint>

const variantUrls = z
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
  .meta({ description: 'Signed, cacheable links to the variants that exist.' })

/** An asset as lists have it: without its recipe, which may hold a megabyte of strokes. */
export const assetItem = z
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
    uploadDigest: digest.nullable().meta({ description: 'SHA-256 of the bytes as they were uploaded, once known.' }),
    focalPoint: focalPoint.nullable(),
    revision: z.int().min(1).meta({ description: 'The number of the version whose content this is.' }),
    urls: variantUrls,
    version,
    uploadedBy: id.nullable(),
    uploadedAt: time,
    processedAt: time.nullable(),
  })
  .meta({ id: 'AssetItem' })
export type AssetItem = z.infer<typeof assetItem>
export const assetView = assetItem
  .extend({ recipe: spriteRecipe.nullable().meta({ description: 'What a sprite was drawn by.' }) })
  .meta({ id: 'Asset' })
export type AssetView = z.infer<typeof assetView>
export const assetList = listOf(assetItem)
export const listAssetsQuery = pageQuery.extend({
  ...sortedBy('-createdAt', 'createdAt'),
  ...fieldsOf(assetItem),
  assetType: z.enum(assetTypes).optional(),
})

export const studioAssetView = assetItem
  .extend({ project: z.object({ id, name: z.string(), petName: z.string() }) })
  .meta({ id: 'StudioAsset' })
export type StudioAssetView = z.infer<typeof studioAssetView>

/** All of a studio's assets. An artist sees those of the projects assigned to them. */
export const listStudioAssetsQuery = listAssetsQuery.extend({
  ...fieldsOf(studioAssetView),
  processingStatus: z.enum(processingStatuses).optional(),
  projectId: id.optional(),
  q: text(80).optional().meta({ description: 'A part of the file name or of the name of the project or the pet.' }),
})
export type ListStudioAssetsQuery = z.infer<typeof listStudioAssetsQuery>
export const studioAssetList = listOf(studioAssetView)

const uploadClaim = z.object({
  filename,
  mimeType: text(100, 3),
  sizeBytes: z.int().min(1),
  digest: digest.optional().meta({
    description: 'SHA-256 of the file. With it the file is checked on arrival and looked for among those there.',
  }),
})
export const directUploadInput = uploadClaim.extend({ assetType: z.enum(assetTypes) }).meta({ id: 'DirectUploadInput' })
export const directUpload = z
  .object({
    assetId: id,
    upload: signedUpload,
    resumable: resumableUpload,
    duplicateOf: z
      .object({ id, filename: z.string() })
      .nullable()
      .meta({ description: 'An asset of this project that was made of the very same file, if there is one.' }),
    expiresAt: time,
  })
  .meta({ id: 'DirectUploadTicket' })

export const updateAssetInput = z
  .object({ filename: filename.optional(), focalPoint: focalPoint.nullable().optional() })
  .refine((input) => Object.keys(input).length > 0, { error: 'Name what is to change.' })
  .meta({ id: 'UpdateAssetInput' })
export const renameAssetInput = z.object({ filename })
export const contentQuery = z.object({ variant: z.enum(assetVariants).default('original') })

export const versionUploadInput = uploadClaim.meta({ id: 'VersionUploadInput' })
export const versionUpload = z
  .object({ number: z.int().min(1), upload: signedUpload, resumable: resumableUpload, expiresAt: time })
  .meta({ id: 'VersionUploadTicket' })
export const versionParams = z.object({ id, number: z.coerce.number().int().min(1).max(1_000_000) })
/** A version as lists have it: without its recipe, as with assets. */
export const assetVersionItem = z
  .object({
    assetId: id,
    number: z.int().min(1),
    current: z.boolean(),
    originalFilename: z.string(),
    mimeType: z.string(),
    fileSize: z.int(),
    digest: digest.nullable(),
    metadata: assetMetadata,
    processingStatus: z.enum(processingStatuses),
    rejectionReason: z.enum(rejectionReasons).nullable(),
    sourceAssetId: id.nullable(),
    urls: variantUrls,
    uploadedBy: id.nullable(),
    uploadedAt: time,
    processedAt: time.nullable(),
  })
  .meta({ id: 'AssetVersionItem' })
export type AssetVersionItem = z.infer<typeof assetVersionItem>
export const assetVersionView = assetVersionItem
  .extend({ recipe: spriteRecipe.nullable() })
  .meta({ id: 'AssetVersion' })
export type AssetVersionView = z.infer<typeof assetVersionView>
export const assetVersionList = wholeListOf(assetVersionItem)

/** Both ways along the chain photo, sprite, build, live address. */
export const assetUsage = z
  .object({
    source: z.object({ id, filename: z.string(), deleted: z.boolean() }).nullable(),
    sprites: z.array(z.object({ id, filename: z.string() })),
    builds: z.array(z.object({ id, number: z.int(), status: z.string() })),
    urls: z.array(z.object({ id, slug: z.string(), fullUrl: z.string(), buildId: id })),
  })
  .meta({
    id: 'AssetUsage',
    description: 'The photo it was made from; the sprites made from it; builds with it or them; where these are live.',
  })
export type AssetUsage = z.infer<typeof assetUsage>

/** As many assets as one request may change. */
export const mostBulkAssets = 200
export const bulkAssetsInput = z
  .object({
    items: z
      .array(
        z.object({
          id,
          version: version.optional().meta({ description: 'The version it was read in; another is refused with 412.' }),
          change: z.object({ deleted: z.literal(true) }),
        }),
      )
      .min(1)
      .max(mostBulkAssets)
      .refine((items) => new Set(items.map((item) => item.id)).size === items.length, {
        error: 'Each asset may be named once.',
      }),
  })
  .meta({ id: 'BulkAssetsInput' })
export type BulkAssetsInput = z.infer<typeof bulkAssetsInput>
