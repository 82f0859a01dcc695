import { bigint, foreignKey, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import {
  documentChoices,
  gameChoices,
  jobStatuses,
  type DocumentChoice,
  type GameChoice,
  type JobStatus,
} from '@sparkle/shared/people'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, version } from '../columns.ts'
import { organizations } from './organizations.ts'

export const subjectKinds = ['user', 'contact'] as const
export type SubjectKind = (typeof subjectKinds)[number]

/** A person's data as a file in the store, until it expires. */
export const personExports = pgTable(
  'person_exports',
  {
    organizationId: organizationId(),
    id: id(),
    subjectKind: text('subject_kind').$type<SubjectKind>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    status: text('status').$type<JobStatus>().notNull().default('queued'),
    /** Null until it is made, and again after its expiry. */
    storageKey: text('storage_key'),
    digest: text('digest'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    expiresAt: moment('expires_at'),
    createdAt: createdAt(),
    finishedAt: moment('finished_at'),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('person_exports_created_idx').on(t.organizationId, t.createdAt),
    oneOf('person_exports_subject_check', t.subjectKind, subjectKinds),
    oneOf('person_exports_status_check', t.status, jobStatuses),
    ...tenantPolicies(),
  ],
)

/** What an erasure takes, noted in its first step, so that what follows finds it after the rows tell no more. */
export interface ErasurePlan {
  /** Everybody whose key is destroyed: the person, their contacts, accounts, invitations and projects. */
  subjects: string[]
  userId: string | null
  contactIds: string[]
  /** Accounts that have nobody else. */
  accountIds: string[]
  invitationIds: string[]
  projectIds: string[]
  assetIds: string[]
  builds: { id: string; digest: string | null }[]
  /** With the names they had before, which caches may still hold. */
  urls: { id: string; slug: string; former: string[] }[]
  fileIds: string[]
  /** Where the bytes of the documents are. */
  documentKeys: string[]
  profileIds: string[]
  worksElsewhere: boolean
}

/** Somebody's erasure: what was asked for, and how far it has come. No name is in it. */
export const personErasures = pgTable(
  'person_erasures',
  {
    organizationId: organizationId(),
    id: id(),
    subjectKind: text('subject_kind').$type<SubjectKind>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    reason: text('reason').notNull(),
    games: text('games').$type<GameChoice>().notNull(),
    documents: text('documents').$type<DocumentChoice>().notNull().default('keep'),
    status: text('status').$type<JobStatus>().notNull().default('queued'),
    plan: jsonb('plan').$type<ErasurePlan>(),
    erased: jsonb('erased').$type<Record<string, number>>().notNull().default({}),
    createdAt: createdAt(),
    finishedAt: moment('finished_at'),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('person_erasures_created_idx').on(t.organizationId, t.createdAt),
    oneOf('person_erasures_subject_check', t.subjectKind, subjectKinds),
    oneOf('person_erasures_status_check', t.status, jobStatuses),
    oneOf('person_erasures_games_check', t.games, gameChoices),
    oneOf('person_erasures_documents_check', t.documents, documentChoices),
    ...tenantPolicies(),
  ],
)
