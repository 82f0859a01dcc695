import type { ProjectView } from '@sparkle/shared/projects'

export interface Burn {
  /** 0 to 1 of the bar, which is as long as the largest of budget, estimate and hours spent. */
  spent: number
  /** Where the work is expected to end; null without an estimate. */
  forecast: number | null
  /** Where the budget ends on the bar; null without a budget. */
  budget: number | null
  /** Hours that will be spent in all, as far as it can be told: the estimate, or more once it is exceeded. */
  expectedHours: number | null
  state: 'none' | 'fine' | 'close' | 'over'
  /** Hours left of the budget now; negative where it is exceeded. */
  leftHours: number | null
}

/** How a project's hours stand against its budget. `close` from 80 % on, and where the estimate exceeds the budget. */
export function burnOf({
  actualHours,
  estimatedHours,
  budgetHours,
}: Pick<ProjectView, 'actualHours' | 'estimatedHours' | 'budgetHours'>): Burn {
  const expectedHours = estimatedHours === null ? null : Math.max(estimatedHours, actualHours)
  const scale = Math.max(actualHours, expectedHours ?? 0, budgetHours ?? 0) || 1
  const state =
    budgetHours === null
      ? 'none'
      : actualHours > budgetHours
        ? 'over'
        : actualHours >= budgetHours * 0.8 || (expectedHours ?? 0) > budgetHours
          ? 'close'
          : 'fine'
  return {
    spent: actualHours / scale,
    forecast: expectedHours === null ? null : expectedHours / scale,
    budget: budgetHours === null ? null : budgetHours / scale,
    expectedHours,
    state,
    leftHours: budgetHours === null ? null : budgetHours - actualHours,
  }
}
