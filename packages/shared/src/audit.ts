import { z } from 'zod'
import { auditActions } from './events.ts'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { id, moment, text, time, version } from './text.ts'

/** What changes are made to, as the record names it. */
export const auditEntities = [
  'project',
  'project_file',
  'project_import',
  'project_view',
  'order',
  'asset',
  'build',
  'url',
  'version',
  'comment',
  'attachment',
  'domain',
  'membership',
  'invitation',
  'organization',
  'hosting_page',
  'user',
  'session',
  'notification',
  'passkey',
  'identity_provider',
  'api_key',
  'custom_role',
  'permission_grant',
  'account',
  'contact',
  'profile',
  'person_export',
  'person_erasure',
  'message',
  'guest_link',
] as const
export type AuditEntity = (typeof auditEntities)[number]

/** The entities that can be brought back to an earlier state. */
export const restorableEntities = ['project', 'organization', 'hosting_page', 'asset', 'url'] as const
export type RestorableEntity = (typeof restorableEntities)[number]
export function isRestorable(entity: string): entity is RestorableEntity {
  return (restorableEntities as readonly string[]).includes(entity)
}

const filters = {
  actor: id.optional().meta({ description: 'Only what this person did.' }),
  action: text(60).optional().meta({ description: 'Only this action, such as `project:updated`.' }),
  entity: z.enum(auditEntities).optional(),
  entityId: id.optional(),
  projectId: id.optional(),
  from: moment.optional().meta({ description: 'At this moment or later.' }),
  to: moment.optional().meta({ description: 'Before this moment.' }),
  q: text(100).optional().meta({ description: "Part of an action, of an actor's name, an address or a request's id." }),
}
export const listAuditQuery = pageQuery.extend({ ...filters, ...sortedBy('-at') })
export type ListAuditQuery = z.infer<typeof listAuditQuery>
export const exportAuditQuery = z.object({ ...filters, format: z.enum(['csv', 'ndjson']).default('csv') })
export const auditHistoryQuery = pageQuery.extend(sortedBy('-at'))
export const historyParams = z.object({ entity: z.enum(auditEntities), id })

export const auditSubject = z
  .object({
    name: z.string().nullable(),
    number: z.int().nullable().meta({ description: "A build's or a version's." }),
    project: z.string().nullable().meta({ description: "The pet's name." }),
  })
  .meta({ id: 'AuditSubject', description: 'What an entry is about, as it is called today; null where it is gone.' })
export type AuditSubject = z.infer<typeof auditSubject>

export const auditEntry = z
  .object({
    id,
    seq: z.int().nullable().meta({ description: 'Its place in the chain; null until it is sealed.' }),
    at: time,
    action: z.enum(auditActions as [string, ...string[]]),
    entity: z.enum(auditEntities),
    entityId: id,
    projectId: id.nullable(),
    subject: auditSubject,
    actor: z.object({ kind: z.string(), id: id.nullable(), name: z.string().nullable() }),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
    changed: z.array(z.string()).meta({ description: 'The fields whose values differ before and after.' }),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.infer<typeof auditEntry>
export const auditList = listOf(auditEntry)

/** `sealed`: personal and not opened; `opened`: personal, with the right to see it; `erased`: its person was erased. */
export const valueStates = ['plain', 'sealed', 'opened', 'erased'] as const
export const auditField = z
  .object({
    name: z.string(),
    state: z.enum(valueStates),
    changed: z.boolean(),
    before: z.unknown().meta({ description: 'Null where it is sealed or erased, or was nothing.' }),
    after: z.unknown(),
  })
  .meta({ id: 'AuditField' })
export type AuditField = z.infer<typeof auditField>

export const auditDetail = auditEntry
  .extend({
    fields: z.array(auditField).meta({ description: 'The whole row, field by field; empty where no row changed.' }),
    had: z.object({ before: z.boolean(), after: z.boolean() }),
    facts: z
      .record(z.string(), z.unknown())
      .meta({ description: "What was noted beside the row, such as a file's name." }),
    hash: z.string().nullable(),
    restorable: z.boolean(),
  })
  .meta({ id: 'AuditDetail' })
export type AuditDetail = z.infer<typeof auditDetail>
export const auditDetailQuery = z.object({
  personal: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: '`true` opens personal values; needs `audit:personal` and is itself put on record.' }),
})
export const auditHistory = listOf(auditEntry.extend({ fields: z.array(auditField) }))

export const chainFaultKinds = [
  'row_changed',
  'row_missing',
  'row_slipped_in',
  'seal_missing',
  'seal_forged',
  'end_cut_off',
  'chain_replaced',
  'anchor_forged',
] as const
export const chainFault = z.object({
  kind: z.enum(chainFaultKinds),
  seq: z.int().nullable(),
  auditId: id.nullable(),
})
export type ChainFault = z.infer<typeof chainFault>
export const chainView = z
  .object({
    intact: z.boolean(),
    verifiedSeals: z.int().meta({ description: 'How many seals hold, from the first one on.' }),
    fault: chainFault.nullable().meta({ description: 'The first link that does not hold.' }),
    head: z.object({ seq: z.int(), hash: z.string(), sealedAt: time }).nullable(),
    anchor: z
      .object({ day: z.string(), seq: z.int() })
      .nullable()
      .meta({ description: 'The newest head that is kept outside the database.' }),
    archivedMonths: z.int(),
    verifiedAt: z.string(),
  })
  .meta({ id: 'AuditChain' })
export type ChainView = z.infer<typeof chainView>

export const restoreInput = z
  .object({ state: z.enum(['before', 'after']).default('after') })
  .meta({ id: 'RestoreInput', description: 'Back to how it was before the recorded change, or right after it.' })
export type RestoreInput = z.infer<typeof restoreInput>

export const restoreStep = z.object({
  field: z.string(),
  personal: z.boolean(),
  from: z.unknown(),
  to: z.unknown(),
})
export type RestoreStep = z.infer<typeof restoreStep>
export const restoreEffects = [
  'status_moves',
  'assignee_told',
  'deleted_again',
  'undeleted',
  'archived_again',
  'unarchived',
  'address_moves',
] as const
export type RestoreEffect = (typeof restoreEffects)[number]
export const keptReasons = [
  'not_by_restore',
  'move_not_legal',
  'person_gone',
  'erased',
  'address_gone',
  'address_taken',
] as const
export type KeptReason = (typeof keptReasons)[number]
export const restorePreview = z
  .object({
    entity: z.enum(restorableEntities),
    entityId: id,
    version: version.meta({ description: 'Of the entity as it is now: what `If-Match` of the restore should name.' }),
    steps: z.array(restoreStep).meta({ description: 'What would change now.' }),
    effects: z.array(z.enum(restoreEffects)).meta({ description: 'What follows from that.' }),
    kept: z
      .array(z.object({ field: z.string(), reason: z.enum(keptReasons) }))
      .meta({ description: 'What differs and stays as it is now.' }),
  })
  .meta({ id: 'RestorePreview' })
export type RestorePreview = z.infer<typeof restorePreview>
export const restoreResult = restorePreview
  .pick({ entity: true, entityId: true, version: true, kept: true })
  .extend({ restored: z.array(z.string()).meta({ description: 'The fields that are as they were.' }) })
  .meta({ id: 'RestoreResult' })
export type RestoreResult = z.infer<typeof restoreResult>
