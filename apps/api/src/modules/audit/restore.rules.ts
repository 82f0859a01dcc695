import type { KeptReason, RestoreEffect, RestoreStep } from '@sparkle/shared/audit'
import { isSame } from './audit.rules.ts'

/** A row by the names of its values, personal ones opened. */
export type State = Record<string, unknown>

export interface Plan {
  steps: RestoreStep[]
  effects: RestoreEffect[]
  kept: { field: string; reason: KeptReason }[]
}

/** A value that differs between now and goal, and what is to become of it. */
export interface Difference {
  field: string
  from: unknown
  to: unknown
}

/** What follows from other values, or counts what has been done to the row: it is no part of its state. */
const ownAccount = new Set(['id', 'version', 'createdAt', 'updatedAt', 'completedAt', 'statusBeforeHold', 'deployedAt'])

export function differencesOf(now: State, goal: State): Difference[] {
  return Object.keys(goal).flatMap((field) =>
    ownAccount.has(field) || isSame(now[field], goal[field])
      ? []
      : [{ field, from: now[field] ?? null, to: goal[field] ?? null }],
  )
}

/** Says of a difference that it is restored, with what follows, or why it stays. */
export type Verdict = { restore: true; effect?: RestoreEffect } | { restore: false; reason: KeptReason }
export const restored: Verdict = { restore: true }
export const keeps = (reason: KeptReason): Verdict => ({ restore: false, reason })

/** Sorts the differences; `erased` are values whose person has been erased, so that nobody knows them any more. */
export function planOf(
  differences: readonly Difference[],
  erased: ReadonlySet<string>,
  personal: ReadonlySet<string>,
  judge: (difference: Difference) => Verdict,
): Plan {
  const plan: Plan = { steps: [], effects: [], kept: [] }
  for (const difference of differences) {
    const { field } = difference
    const verdict = erased.has(field) ? keeps('erased') : judge(difference)
    if (!verdict.restore) plan.kept.push({ field, reason: verdict.reason })
    else {
      plan.steps.push({ ...difference, personal: personal.has(field) })
      if (verdict.effect && !plan.effects.includes(verdict.effect)) plan.effects.push(verdict.effect)
    }
  }
  return plan
}

/** The new values of some fields, as far as they are among the steps. */
export function patchOf(steps: readonly RestoreStep[], fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(steps.filter(({ field }) => fields.includes(field)).map(({ field, to }) => [field, to]))
}
