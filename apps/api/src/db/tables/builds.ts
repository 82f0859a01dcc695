import { foreignKey, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { buildStatuses, type BuildStatus } from '@sparkle/shared/builds'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, version } from '../columns.ts'
import { projects } from './projects.ts'

export interface BuildFile {
  path: string
  mimeType: string
  sizeBytes: number
  digest: string
  /** What its bytes are called in the store where the path cannot be part of a key: in a studio's own game. */
  object?: string
}

export const builds = pgTable(
  'builds',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    number: integer('number').notNull(),
    templateId: text('template_id').notNull(),
    templateVersion: text('template_version').notNull(),
    config: jsonb('config').$type<Record<string, unknown>>().notNull(),
    assets: jsonb('assets').$type<Record<string, string>>().notNull(),
    unmetWishes: jsonb('unmet_wishes').$type<string[]>().notNull().default([]),
    status: text('status').$type<BuildStatus>().notNull().default('queued'),
    /** SHA-256 over the whole bundle: what it is stored, previewed and deployed under. */
    digest: text('digest'),
    sizeBytes: integer('size_bytes'),
    files: jsonb('files').$type<BuildFile[]>(),
    manifest: jsonb('manifest').$type<Record<string, unknown>>(),
    smoke: jsonb('smoke').$type<{ score: number; ticks: number; finished: boolean }>(),
    error: text('error'),
    /** Links to the build's preview name it; a higher one ends the links before. */
    previewGeneration: integer('preview_generation').notNull().default(1),
    attempts: integer('attempts').notNull().default(0),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    finishedAt: moment('finished_at'),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    uniqueIndex('builds_number_key').on(t.organizationId, t.projectId, t.number),
    oneOf('builds_status_check', t.status, buildStatuses),
    ...tenantPolicies(),
  ],
)
