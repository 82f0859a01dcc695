import { sql } from 'drizzle-orm'
import { isoTime } from '../db/time.ts'
import type { Snapshot } from '../db/tables/events.ts'
import type { AuditEntity, Changes } from './audit.ts'
import type { TenantTx } from './in-tenant.ts'
import { isSealed, sealerOf } from './person-vault.ts'
import type { ColumnRule, SnapshotShape } from './snapshot-shape.ts'
import { snapshotShapes } from './snapshot-shapes.ts'

type Row = Record<string, unknown>

/** A row before and after what this transaction has done to it so far; null where it was not there. */
export interface RowChange {
  before: Row | null
  after: Row | null
}

export interface Snapshots {
  before: Snapshot | null
  after: Snapshot | null
  changes: Changes
  projectId: string | null
}

/**
 * Takes what a trigger of the database has noted of the entity's row in this transaction (`sys.note_change`), so that no
 * way of changing it can be forgotten, and makes it fit to be kept: secrets are not in it, personal values are sealed.
 * A second record of the same transaction starts from where the first one ended.
 */
export async function takeSnapshots(
  tx: TenantTx,
  entity: AuditEntity,
  id: string,
  changes: Changes,
  /** Where the row does not say it: it may be whose key seals what was noted. */
  ofProject: string | undefined,
): Promise<Snapshots> {
  const shape: SnapshotShape | null = snapshotShapes[entity]
  if (!shape) return { before: null, after: null, changes, projectId: null }
  const { rows } = await tx.execute<{ change: RowChange | null }>(
    sql`select sys.take_change(${`${shape.table}:${id}`}) as change`,
  )
  const { before = null, after = null } = rows[0]?.change ?? {}
  const row = after ?? before
  const projectId = entity === 'project' ? id : row?.['project_id']
  const keep = await keeperOf(tx, shape, row ?? { id, project_id: ofProject }, [before, after], changes)
  return {
    before: before && keep.row(before),
    after: after && keep.row(after),
    changes: keep.changes(changes),
    projectId: typeof projectId === 'string' ? projectId : null,
  }
}

const isPersonal = (rule: ColumnRule) => rule === 'personal' || typeof rule === 'object'
const keptName = (name: string, rule: ColumnRule) => (typeof rule === 'object' ? rule.personal.as : name)

/**
 * The row as it is now, locked, by the names that snapshots use and with its personal values in the clear: what is
 * compared with an earlier state. Undefined where there is no such row any more.
 */
export async function readState(tx: TenantTx, entity: AuditEntity, id: string): Promise<Row | undefined> {
  const shape: SnapshotShape | null = snapshotShapes[entity]
  if (!shape) return undefined
  const { rows } = await tx.execute<{ image: Row }>(
    sql`select to_jsonb(t) as image from ${sql.identifier(shape.table)} t
        where ${sql.identifier(shape.idColumn)} = ${id} for update`,
  )
  const image = rows[0]?.image
  if (!image) return undefined
  const state: Row = {}
  for (const [column, { name, rule, isTime }] of Object.entries(shape.columns)) {
    const value = image[column] ?? null
    if (rule === 'left' || rule === 'secret') continue
    if (typeof rule !== 'object') state[name] = isTime ? isoMoment(value) : value
    else state[rule.personal.as] = typeof value === 'string' ? tx.crypto.decrypt(value, rule.personal.cipher) : null
  }
  return state
}

/** JSON writes times with a `T` and their zone; rows and wire have microseconds and `Z`. */
function isoMoment(value: unknown): unknown {
  return typeof value === 'string' ? isoTime(value.replace('T', ' ').replace('+00:00', '+00')) : value
}

/** The names under which an entity's personal values are kept. */
export function personalNames(entity: AuditEntity): readonly string[] {
  const shape: SnapshotShape | null = snapshotShapes[entity]
  return Object.values(shape?.columns ?? {}).flatMap(({ name, rule }) =>
    isPersonal(rule) ? [keptName(name, rule)] : [],
  )
}

async function keeperOf(tx: TenantTx, shape: SnapshotShape, row: Row, images: readonly (Row | null)[], noted: Changes) {
  const columns = Object.entries(shape.columns)
  const personal = new Set([
    ...shape.noted,
    ...columns.flatMap(([, { name, rule }]) => (isPersonal(rule) ? [keptName(name, rule)] : [])),
  ])
  const inUse =
    // Either of both: a change that clears everything has its personal values in the image before it.
    columns.some(([column, { rule }]) => isPersonal(rule) && images.some((image) => filled(image?.[column]))) ||
    Object.keys(noted).some((name) => personal.has(name))
  const seal = inUse ? await sealerOf(tx, tx.crypto, shape.subject(row)) : null
  const sealed = (value: unknown): unknown => (filled(value) && seal ? seal(value) : (value ?? null))

  function keepValue(rule: ColumnRule, isTime: boolean, value: unknown): unknown {
    if (rule === 'personal') return sealed(value)
    if (typeof rule === 'object')
      return typeof value === 'string' ? sealed(tx.crypto.decrypt(value, rule.personal.cipher)) : null
    return isTime ? isoMoment(value) : value
  }

  return {
    row(image: Row): Snapshot {
      const kept: Snapshot = {}
      for (const [column, { name, rule, isTime }] of columns)
        if (rule !== 'left' && rule !== 'secret')
          kept[keptName(name, rule)] = keepValue(rule, isTime, image[column] ?? null)
      return kept
    },
    /** What the caller noted in its own words, with the personal values among it sealed as well. */
    changes(given: Changes): Changes {
      const kept: Changes = {}
      for (const [name, value] of Object.entries(given))
        kept[name] = !personal.has(name) ? value : Array.isArray(value) ? value.map(sealed) : sealed(value)
      return kept
    },
  }
}

/** Empty text tells nothing of anybody and needs no key. */
function filled(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && !isSealed(value)
}
