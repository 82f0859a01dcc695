import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, jsonb, pgPolicy, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { appRole, createdAt, moment, now, oneOf, organizationId, tenantPolicies } from '../columns.ts'
import { organizations } from './organizations.ts'

/** What is true of the installation as a whole, written once: no studio's and no secret. */
export const installationFacts = pgTable(
  'installation_facts',
  { key: text('key').primaryKey(), value: text('value').notNull(), createdAt: createdAt() },
  () => [
    pgPolicy('read_facts', { for: 'select', to: appRole, using: sql`true` }),
    pgPolicy('add_facts', { for: 'insert', to: appRole, withCheck: sql`true` }),
  ],
)

export const operationKinds = ['backup', 'drill', 'rotation', 'integrity'] as const
export type OperationKind = (typeof operationKinds)[number]
/** `impossible`: it could not be tried here, for instance a drill where no database may be made. */
export const operationOutcomes = ['passed', 'failed', 'impossible'] as const
export type OperationOutcome = (typeof operationOutcomes)[number]

/** What the operator's jobs did, one row when each has ended: figures and names of files, nothing of a studio. */
export const operationRuns = pgTable(
  'operation_runs',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<OperationKind>().notNull(),
    outcome: text('outcome').$type<OperationOutcome>().notNull(),
    startedAt: moment('started_at').notNull(),
    finishedAt: moment('finished_at').notNull(),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('operation_runs_newest_idx').on(t.kind, t.finishedAt),
    oneOf('operation_runs_kind_check', t.kind, operationKinds),
    oneOf('operation_runs_outcome_check', t.outcome, operationOutcomes),
    pgPolicy('read_runs', { for: 'select', to: appRole, using: sql`true` }),
    pgPolicy('add_runs', { for: 'insert', to: appRole, withCheck: sql`true` }),
    pgPolicy('forget_runs', { for: 'delete', to: appRole, using: sql`true` }),
  ],
)

export const fileFaults = ['missing', 'changed', 'orphaned'] as const
export type FileFault = (typeof fileFaults)[number]

/** Stored files that are not as the studio's rows say, as the integrity sweep found them last. */
export const storedFileFaults = pgTable(
  'stored_file_faults',
  {
    organizationId: organizationId(),
    storageKey: text('storage_key').notNull(),
    fault: text('fault').$type<FileFault>().notNull(),
    foundAt: moment('found_at').notNull().default(now),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.storageKey] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    oneOf('stored_file_faults_fault_check', t.fault, fileFaults),
    ...tenantPolicies(),
  ],
)

/** How far the integrity sweep has come in a studio's files. */
export const storedFileChecks = pgTable(
  'stored_file_checks',
  {
    organizationId: organizationId().primaryKey(),
    /** The last key that was looked at; empty where a round begins. */
    afterKey: text('after_key').notNull().default(''),
    checked: integer('checked').notNull().default(0),
    roundEndedAt: moment('round_ended_at'),
  },
  (t) => [foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }), ...tenantPolicies()],
)
