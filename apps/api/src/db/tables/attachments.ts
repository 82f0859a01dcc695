import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies } from '../columns.ts'
import { guestLinks } from './guest-links.ts'
import { projects } from './projects.ts'

/** What an attachment may belong to. */
export const attachmentOwners = ['comment', 'message'] as const
export type AttachmentOwner = (typeof attachmentOwners)[number]

/**
 * A file that somebody attaches to a comment or a message. Until one of them takes it, and after that was deleted, it
 * belongs to nothing, and a sweep takes it a day later.
 */
export const attachments = pgTable(
  'attachments',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    filename: text('filename').notNull(),
    mimeType: text('mime_type').notNull(),
    fileSize: integer('file_size').notNull(),
    digest: text('digest').notNull(),
    storageKey: text('storage_key').notNull(),
    /** Null for a guest, who is the link they came by. */
    uploadedBy: uuid('uploaded_by'),
    guestLinkId: uuid('guest_link_id'),
    ownerKind: text('owner_kind').$type<AttachmentOwner>(),
    ownerId: uuid('owner_id'),
    /** Since when it belongs to nothing; null while it does belong. */
    looseSince: moment('loose_since').default(sql`now()`),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    foreignKey({
      columns: [t.organizationId, t.guestLinkId],
      foreignColumns: [guestLinks.organizationId, guestLinks.id],
    }),
    index('attachments_owner_idx').on(t.organizationId, t.ownerId),
    index('attachments_project_idx').on(t.organizationId, t.projectId),
    index('attachments_uploader_idx').on(t.organizationId, t.uploadedBy),
    index('attachments_loose_idx')
      .on(t.organizationId, t.looseSince)
      .where(sql`loose_since is not null`),
    oneOf('attachments_owner_check', t.ownerKind, attachmentOwners),
    check(
      'attachments_loose_check',
      sql`num_nonnulls(owner_kind, owner_id) = case when loose_since is null then 2 else 0 end`,
    ),
    ...tenantPolicies(),
  ],
)
