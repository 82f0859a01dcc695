import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { anchorKinds, commentSides, type AnchorKind, type CommentSide } from '@sparkle/shared/comments'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { builds } from './builds.ts'
import { guestLinks } from './guest-links.ts'
import { memberships } from './organizations.ts'
import { projects } from './projects.ts'
import { deliverableVersions } from './reviews.ts'

/**
 * What somebody says about a version, and the replies to it. A deleted one keeps its row without its words, so that the
 * thread below it holds together.
 */
export const versionComments = pgTable(
  'version_comments',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    versionId: uuid('version_id').notNull(),
    /** The comment that begins the thread; threads are one level deep. */
    parentId: uuid('parent_id'),
    /** Null for a guest, who is a name and the link they came by. */
    authorUserId: uuid('author_user_id'),
    authorName: text('author_name'),
    guestLinkId: uuid('guest_link_id'),
    /** By which a guest is known as the author while they stay. No foreign key: visits are forgotten before words are. */
    guestVisitId: uuid('guest_visit_id'),
    /** On which side the author stood when it was written. */
    authorSide: text('author_side').$type<CommentSide>().notNull(),
    body: text('body').notNull(),
    /** For the studio alone. */
    internal: boolean('internal').notNull().default(false),
    anchorKind: text('anchor_kind').$type<AnchorKind>(),
    anchorX: doublePrecision('anchor_x'),
    anchorY: doublePrecision('anchor_y'),
    buildId: uuid('build_id'),
    tick: integer('tick'),
    stateHash: text('state_hash'),
    /** The play, as the games' engine writes it (`@sparkle/games/engine/input-log`). */
    log: text('log'),
    mentions: uuid('mentions')
      .array()
      .notNull()
      .default(sql`'{}'`),
    resolvedAt: moment('resolved_at'),
    resolvedBy: uuid('resolved_by'),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    foreignKey({
      columns: [t.organizationId, t.versionId],
      foreignColumns: [deliverableVersions.organizationId, deliverableVersions.id],
    }).onDelete('cascade'),
    foreignKey({ columns: [t.organizationId, t.parentId], foreignColumns: [t.organizationId, t.id] }),
    foreignKey({
      columns: [t.organizationId, t.guestLinkId],
      foreignColumns: [guestLinks.organizationId, guestLinks.id],
    }),
    foreignKey({ columns: [t.organizationId, t.buildId], foreignColumns: [builds.organizationId, builds.id] }),
    index('version_comments_version_idx').on(
      t.organizationId,
      t.versionId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('version_comments_thread_idx').on(t.organizationId, t.parentId, t.createdAt),
    index('version_comments_author_idx').on(t.organizationId, t.authorUserId),
    oneOf('version_comments_side_check', t.authorSide, commentSides),
    oneOf('version_comments_anchor_check', t.anchorKind, anchorKinds),
    check('version_comments_reply_check', sql`parent_id is null or (anchor_kind is null and resolved_at is null)`),
    ...tenantPolicies(),
  ],
)

/** Up to when somebody has read a version's comments. Whoever has no row has read none. */
export const versionCommentReads = pgTable(
  'version_comment_reads',
  {
    organizationId: organizationId(),
    versionId: uuid('version_id').notNull(),
    userId: uuid('user_id').notNull(),
    readAt: moment('read_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.versionId, t.userId] }),
    foreignKey({
      columns: [t.organizationId, t.versionId],
      foreignColumns: [deliverableVersions.organizationId, deliverableVersions.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    ...tenantPolicies(),
  ],
)
