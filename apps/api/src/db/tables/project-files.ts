import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import {
  importModes,
  importStatuses,
  type ColumnMapping,
  type ImportMode,
  type ImportStatus,
} from '@sparkle/shared/project-imports'
import { viewLayouts, type SavedFilters, type ViewLayout } from '@sparkle/shared/project-views'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { memberships, organizations } from './organizations.ts'
import { projects } from './projects.ts'

/** A document on a project. Its bytes are its versions; the newest one that has arrived is what people get. */
export const projectFiles = pgTable(
  'project_files',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    name: text('name').notNull(),
    /** The number of the newest version that has arrived; 0 until the first one has. */
    currentNumber: integer('current_number').notNull().default(0),
    createdBy: uuid('created_by'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: moment('deleted_at'),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    index('project_files_project_idx').on(
      t.organizationId,
      t.projectId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    ...tenantPolicies(),
  ],
)

/** One upload of a document. `number` is null while its bytes are on the way; such a row is swept after a day. */
export const projectFileVersions = pgTable(
  'project_file_versions',
  {
    organizationId: organizationId(),
    id: id(),
    fileId: uuid('file_id').notNull(),
    number: integer('number'),
    filename: text('filename').notNull(),
    mimeType: text('mime_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    storageKey: text('storage_key').notNull(),
    digest: text('digest'),
    uploadedBy: uuid('uploaded_by'),
    arrivedAt: moment('arrived_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({
      columns: [t.organizationId, t.fileId],
      foreignColumns: [projectFiles.organizationId, projectFiles.id],
    }),
    index('project_file_versions_file_idx').on(t.organizationId, t.fileId, t.number),
    index('project_file_versions_waiting_idx')
      .on(t.organizationId, t.createdAt)
      .where(sql`arrived_at is null`),
    ...tenantPolicies(),
  ],
)

/** Filters, order, layout and columns of the project list under a name, one person's own or the whole studio's. */
export const projectViews = pgTable(
  'project_views',
  {
    organizationId: organizationId(),
    id: id(),
    ownerId: uuid('owner_id').notNull(),
    name: text('name').notNull(),
    shared: boolean('shared').notNull().default(false),
    layout: text('layout').$type<ViewLayout>().notNull(),
    sort: text('sort').notNull(),
    filters: jsonb('filters').$type<SavedFilters>().notNull(),
    columns: jsonb('columns').$type<string[]>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({
      columns: [t.organizationId, t.ownerId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    index('project_views_owner_idx').on(t.organizationId, t.ownerId, t.createdAt),
    oneOf('project_views_layout_check', t.layout, viewLayouts),
    ...tenantPolicies(),
  ],
)

/** A CSV file that becomes projects. The bytes lie in the store until a sweep takes them a week later. */
export const projectImports = pgTable(
  'project_imports',
  {
    organizationId: organizationId(),
    id: id(),
    createdBy: uuid('created_by').notNull(),
    filename: text('filename').notNull(),
    storageKey: text('storage_key'),
    encoding: text('encoding').notNull(),
    delimiter: text('delimiter').notNull(),
    columns: jsonb('columns').$type<string[]>().notNull(),
    rowCount: integer('row_count').notNull(),
    status: text('status').$type<ImportStatus>().notNull().default('draft'),
    mode: text('mode').$type<ImportMode>(),
    mapping: jsonb('mapping').$type<ColumnMapping>().notNull(),
    dateOrder: text('date_order').notNull().default('dmy'),
    importedCount: integer('imported_count').notNull().default(0),
    failedCount: integer('failed_count').notNull().default(0),
    /** How many rows of the file the job has passed: where it goes on after a crash. */
    passedCount: integer('passed_count').notNull().default(0),
    createdAt: createdAt(),
    finishedAt: moment('finished_at'),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('project_imports_created_idx').on(t.organizationId, t.createdAt),
    oneOf('project_imports_status_check', t.status, importStatuses),
    oneOf('project_imports_mode_check', t.mode, importModes),
    ...tenantPolicies(),
  ],
)
