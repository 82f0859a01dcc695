import { auditEntities } from '@sparkle/shared/audit'
import type { AuditFilter } from './api.ts'

/** The filters as the page's address has them; empty where they are not set. Days are the reader's own. */
export interface AuditSearch {
  q: string
  entity: string
  from: string
  to: string
}

const names = ['q', 'entity', 'from', 'to'] as const

export function readSearch(params: URLSearchParams): AuditSearch {
  const [q, entity, from, to] = names.map((name) => params.get(name) ?? '') as [string, string, string, string]
  return { q, entity, from, to }
}

/** The address with some filters changed; whatever else is in it stays. */
export function withSearch(params: URLSearchParams, change: Partial<AuditSearch>): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(change))
    if (value) next.set(name, value)
    else next.delete(name)
  return next
}

/** As the API takes it: the last day is a whole one. Days that are none, as while one is typed, are left out. */
export function filterOf({ q, entity, from, to }: AuditSearch): AuditFilter {
  const known = auditEntities.find((one) => one === entity)
  return {
    ...(q.trim() && { q: q.trim() }),
    ...(known && { entity: known }),
    ...(startOf(from, 0) && { from: startOf(from, 0) }),
    ...(startOf(to, 1) && { to: startOf(to, 1) }),
  }
}

function startOf(day: string, daysLater: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  const start = new Date(year ?? Number.NaN, (month ?? 1) - 1, (date ?? 1) + daysLater)
  return Number.isNaN(start.getTime()) || !/^\d{4}-\d{2}-\d{2}$/.test(day) ? undefined : start.toISOString()
}
