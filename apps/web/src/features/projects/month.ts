import { addDays } from './deadline.ts'

/** `2027-02` and 1 are `2027-03`. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = new Date(Date.UTC(year, number - 1 + months, 1))
  return at.toISOString().slice(0, 7)
}

export interface MonthGrid {
  /** Whole weeks from Monday on, in which the month lies. */
  weeks: string[][]
  from: string
  /** The day after the last one shown. */
  before: string
}

/** The days a month's page shows (ISO 8601 weeks, which begin on Monday). */
export function monthGrid(month: string): MonthGrid {
  const first = `${month}-01`
  const from = addDays(first, -((weekday(first) + 6) % 7))
  const end = `${addMonths(month, 1)}-01`
  const weeks: string[][] = []
  for (let day = from; day < end; day = addDays(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(day, i)))
  return { weeks, from, before: addDays(from, weeks.length * 7) }
}

/** 0 is Sunday. */
function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}
