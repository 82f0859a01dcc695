import type { AuditField } from '@sparkle/shared/audit'
import type { Snapshot } from '../../db/tables/events.ts'
import { isSealed, type SealedValue } from '../../core/person-vault.ts'

/** Opens a personal value; null where its person has been erased. */
export type Opener = (value: SealedValue) => unknown

/** The names of the values that two rows do not have in common; none where there was no row on one side. */
export function changedNames(before: Snapshot | null, after: Snapshot | null): string[] {
  if (!before || !after) return []
  return Object.keys(after).filter((name) => !isSame(before[name], after[name]))
}

/** Equal values of a person in one record are one and the same ciphertext, so that no key is needed to compare them. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}

/** A row before and after, value by value; without `open`, personal values stay sealed. */
export function fieldsOf(before: Snapshot | null, after: Snapshot | null, open: Opener | null): AuditField[] {
  const names = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])
  return [...names].map((name) => {
    const sides = [before?.[name] ?? null, after?.[name] ?? null] as const
    const [was, is] = sides.map((value) => (isSealed(value) ? (open ? open(value) : null) : value))
    const changed = before === null || after === null ? sides.some((side) => side !== null) : !isSame(...sides)
    return { name, state: stateOf(sides, open), changed, before: was ?? null, after: is ?? null }
  })
}

function stateOf(sides: readonly unknown[], open: Opener | null): AuditField['state'] {
  const sealed = sides.filter(isSealed)
  if (sealed.length === 0) return 'plain'
  if (sealed.every((value) => value.sealed === null)) return 'erased'
  if (!open) return 'sealed'
  return sealed.some((value) => open(value) !== null) ? 'opened' : 'erased'
}

/** The people whose keys open what is sealed in these rows. */
export function subjectsOf(...rows: readonly (Snapshot | null)[]): string[] {
  return rows.flatMap((row) => Object.values(row ?? {}).flatMap((value) => (isSealed(value) ? [value.subject] : [])))
}
