import { sql } from 'drizzle-orm'
import {
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  assetTypes,
  assetVariants,
  processingStatuses,
  type AssetMetadata,
  type AssetType,
  type AssetVariant,
  type ProcessingStatus,
  type RejectionReason,
} from '@sparkle/shared/assets'
import type { SpriteRecipeView } from '@sparkle/shared/sprites'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { organizations } from './organizations.ts'
import { projects } from './projects.ts'

export const assets = pgTable(
  'assets',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    assetType: text('asset_type').$type<AssetType>().notNull(),
    filename: text('filename').notNull(),
    originalFilename: text('original_filename').notNull(),
    /** What the uploader says until processing has sniffed the bytes; what the bytes are from then on. */
    mimeType: text('mime_type').notNull(),
    fileSize: integer('file_size').notNull(),
    digest: text('digest'),
    /** Of the bytes as they were uploaded: what a second upload of the same file is known by. */
    uploadDigest: text('upload_digest'),
    metadata: jsonb('metadata').$type<AssetMetadata>().notNull().default({}),
    processingStatus: text('processing_status').$type<ProcessingStatus>().notNull().default('pending'),
    rejectionReason: text('rejection_reason').$type<RejectionReason>(),
    /** Where the uploaded bytes wait until they are processed; gone afterwards, since they hold location data. */
    uploadKey: text('upload_key'),
    /** Null until a direct upload is declared complete; such a row is not listed and is swept after a day. */
    uploadedAt: moment('uploaded_at'),
    sourceAssetId: uuid('source_asset_id'),
    recipe: jsonb('recipe').$type<SpriteRecipeView>(),
    /** The number of the version whose content this row has; all of them lie in `asset_versions` once there are two. */
    revision: integer('revision').notNull().default(1),
    /** What a cut of the picture has to show, 0 to 1 from its left and top; both or neither. */
    focalX: doublePrecision('focal_x'),
    focalY: doublePrecision('focal_y'),
    uploadedBy: uuid('uploaded_by'),
    processedAt: moment('processed_at'),
    deletedAt: moment('deleted_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceAssetId], foreignColumns: [t.organizationId, t.id] }),
    index('assets_project_idx').on(
      t.organizationId,
      t.projectId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('assets_recent_idx')
      .on(t.organizationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`deleted_at is null`),
    index('assets_upload_digest_idx').on(t.organizationId, t.projectId, t.uploadDigest),
    index('assets_source_idx').on(t.organizationId, t.sourceAssetId),
    index('assets_waiting_idx')
      .on(t.organizationId, t.createdAt)
      .where(sql`uploaded_at is null`),
    index('assets_unsettled_idx')
      .on(t.organizationId, t.updatedAt)
      .where(sql`processing_status in ('pending', 'processing')`),
    oneOf('assets_type_check', t.assetType, assetTypes),
    oneOf('assets_status_check', t.processingStatus, processingStatuses),
    ...tenantPolicies(),
  ],
)

/** The files an asset consists of. A key is never written twice: its name holds the digest of the bytes. */
export const assetVariantFiles = pgTable(
  'asset_variants',
  {
    organizationId: organizationId(),
    assetId: uuid('asset_id').notNull(),
    variant: text('variant').$type<AssetVariant>().notNull(),
    storageKey: text('storage_key').notNull(),
    mimeType: text('mime_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    digest: text('digest').notNull(),
    width: integer('width'),
    height: integer('height'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.variant] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    oneOf('asset_variants_variant_check', t.variant, assetVariants),
    ...tenantPolicies(),
  ],
)

export interface VersionFile {
  variant: AssetVariant
  storageKey: string
  mimeType: string
  sizeBytes: number
  digest: string
  width: number | null
  height: number | null
}

/**
 * What an asset has been, is and may become. A new content is made here and taken over into the asset only when it is
 * ready, so that an asset in use never stands without its files.
 */
export const assetVersions = pgTable(
  'asset_versions',
  {
    organizationId: organizationId(),
    assetId: uuid('asset_id').notNull(),
    number: integer('number').notNull(),
    originalFilename: text('original_filename').notNull(),
    mimeType: text('mime_type').notNull(),
    fileSize: integer('file_size').notNull(),
    digest: text('digest'),
    uploadDigest: text('upload_digest'),
    metadata: jsonb('metadata').$type<AssetMetadata>().notNull().default({}),
    files: jsonb('files').$type<VersionFile[]>().notNull().default([]),
    processingStatus: text('processing_status').$type<ProcessingStatus>().notNull().default('pending'),
    rejectionReason: text('rejection_reason').$type<RejectionReason>(),
    uploadKey: text('upload_key'),
    /** As in `assets`: null until the upload is declared complete, and swept after a day. */
    uploadedAt: moment('uploaded_at'),
    uploadedBy: uuid('uploaded_by'),
    sourceAssetId: uuid('source_asset_id'),
    recipe: jsonb('recipe').$type<SpriteRecipeView>(),
    processedAt: moment('processed_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.assetId, t.number] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({ columns: [t.organizationId, t.sourceAssetId], foreignColumns: [assets.organizationId, assets.id] }),
    index('asset_versions_waiting_idx')
      .on(t.organizationId, t.createdAt)
      .where(sql`uploaded_at is null`),
    index('asset_versions_unsettled_idx')
      .on(t.organizationId, t.updatedAt)
      .where(sql`processing_status in ('pending', 'processing')`),
    oneOf('asset_versions_status_check', t.processingStatus, processingStatuses),
    ...tenantPolicies(),
  ],
)

/** Files of an order that has not been sent yet. An order turns them into assets; what is left is swept. */
export const uploadTickets = pgTable(
  'upload_tickets',
  {
    organizationId: organizationId(),
    id: id(),
    filename: text('filename').notNull(),
    mimeType: text('mime_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    storageKey: text('storage_key').notNull(),
    usedAt: moment('used_at'),
    expiresAt: moment('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('upload_tickets_expires_idx')
      .on(t.organizationId, t.expiresAt)
      .where(sql`used_at is null`),
    ...tenantPolicies(),
  ],
)
