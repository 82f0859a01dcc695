export type Urgency = 'overdue' | 'today' | 'soon' | 'later'

const dayMs = 86_400_000
const soonDays = 3

/** `2026-11-21` and 7 are `2026-11-28`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative where the other lies before it. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}

export function urgencyOf(deadline: string, today: string): Urgency {
  const days = daysBetween(today, deadline)
  if (days < 0) return 'overdue'
  if (days === 0) return 'today'
  return days <= soonDays ? 'soon' : 'later'
}
