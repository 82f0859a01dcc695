import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  deliverableKinds,
  reviewDecisions,
  versionStatuses,
  type DeliverableKind,
  type ReviewDecision,
  type ReviewPoint,
  type VersionStatus,
} from '@sparkle/shared/reviews'
import {
  appRole,
  createdAt,
  id,
  moment,
  oneOf,
  organizationId,
  tenantPolicies,
  updatedAt,
  version,
} from '../columns.ts'
import { assets } from './assets.ts'
import { builds } from './builds.ts'
import { guestLinks } from './guest-links.ts'
import { projectFileVersions } from './project-files.ts'
import { projects } from './projects.ts'

/**
 * What a customer is asked to look at. A deliverable is the game of a project, an asset or a document; its versions are
 * numbered from 1. The digest is that of the bytes when the version was made: what an approval is bound to.
 */
export const deliverableVersions = pgTable(
  'deliverable_versions',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    kind: text('kind').$type<DeliverableKind>().notNull(),
    /** The project for a build, the asset or the document otherwise: what the numbers count. */
    deliverableId: uuid('deliverable_id').notNull(),
    number: integer('number').notNull(),
    changelog: text('changelog').notNull().default(''),
    buildId: uuid('build_id'),
    assetId: uuid('asset_id'),
    fileVersionId: uuid('file_version_id'),
    digest: text('digest').notNull(),
    /** Of the bytes that are shown of an asset, which need not be those its own digest is of. */
    shownDigest: text('shown_digest'),
    status: text('status').$type<VersionStatus>().notNull().default('draft'),
    createdBy: uuid('created_by'),
    sentAt: moment('sent_at'),
    decidedAt: moment('decided_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    foreignKey({ columns: [t.organizationId, t.buildId], foreignColumns: [builds.organizationId, builds.id] }),
    foreignKey({ columns: [t.organizationId, t.assetId], foreignColumns: [assets.organizationId, assets.id] }),
    foreignKey({
      columns: [t.organizationId, t.fileVersionId],
      foreignColumns: [projectFileVersions.organizationId, projectFileVersions.id],
    }),
    uniqueIndex('deliverable_versions_number_key').on(t.organizationId, t.deliverableId, t.number),
    index('deliverable_versions_project_idx').on(
      t.organizationId,
      t.projectId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('deliverable_versions_status_idx').on(t.organizationId, t.status, t.createdAt.desc().nullsFirst()),
    index('deliverable_versions_decided_idx')
      .on(t.organizationId, t.decidedAt)
      .where(sql`decided_at is not null`),
    oneOf('deliverable_versions_kind_check', t.kind, deliverableKinds),
    oneOf('deliverable_versions_status_check', t.status, versionStatuses),
    check('deliverable_versions_source_check', sql`num_nonnulls(build_id, asset_id, file_version_id) = 1`),
    ...tenantPolicies(),
    // What a customer was sent is proof, and no fault of ours takes it away.
    pgPolicy('drafts_only', { as: 'restrictive', for: 'delete', to: appRole, using: sql`status = 'draft'` }),
  ],
)

/** One decision of one person, or of the people of one review link; never changed. */
export const versionDecisions = pgTable(
  'version_decisions',
  {
    organizationId: organizationId(),
    versionId: uuid('version_id').notNull(),
    userId: uuid('user_id'),
    guestLinkId: uuid('guest_link_id'),
    /** As the guest said it. */
    guestName: text('guest_name'),
    deciderId: uuid('decider_id')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(user_id, guest_link_id)`),
    decision: text('decision').$type<ReviewDecision>().notNull(),
    note: text('note').notNull().default(''),
    checklist: jsonb('checklist').$type<string[]>().notNull().default([]),
    /** The studio's points as they were then, and which were ticked. */
    points: jsonb('points').$type<ReviewPoint[]>().notNull().default([]),
    /** By somebody of the studio, in the customer's name. */
    onBehalf: boolean('on_behalf').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.versionId, t.deciderId] }),
    foreignKey({
      columns: [t.organizationId, t.guestLinkId],
      foreignColumns: [guestLinks.organizationId, guestLinks.id],
    }),
    check('version_decisions_decider_check', sql`num_nonnulls(user_id, guest_link_id) = 1`),
    foreignKey({
      columns: [t.organizationId, t.versionId],
      foreignColumns: [deliverableVersions.organizationId, deliverableVersions.id],
    }),
    oneOf('version_decisions_decision_check', t.decision, reviewDecisions),
    ...tenantPolicies(),
  ],
)
