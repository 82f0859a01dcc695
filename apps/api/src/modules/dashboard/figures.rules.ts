import type { FigureUnit } from '@sparkle/shared/dashboard'

const dayMs = 86_400_000
const usualDays = 90
const mostDays = 732

export interface Period {
  /** Days of the studio, both included. */
  from: string
  to: string
}

export interface FigurePeriod extends Period {
  /** As many days, right before. */
  before: Period
  unit: FigureUnit
}

const plus = (day: string, days: number) => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

/** The period asked for, the last 90 days when left out, and what it is compared with. */
export function figurePeriod(
  query: { from?: string | undefined; to?: string | undefined; days?: number | undefined },
  today: string,
): FigurePeriod | 'reversed' | 'too_long' {
  const to = query.to ?? (query.from && query.from > today ? query.from : today)
  const from = query.from ?? plus(to, 1 - (query.days ?? usualDays))
  const days = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1
  if (days < 1) return 'reversed'
  if (days > mostDays) return 'too_long'
  const unit = days <= 31 ? 'day' : days <= 190 ? 'week' : 'month'
  return { from, to, before: { from: plus(from, -days), to: plus(from, -1) }, unit }
}
