import { useSearchParams } from 'react-router-dom'

/** Periods that end today. */
export const presets = ['week', 'month', 'quarter', 'year'] as const
export type Preset = (typeof presets)[number]
const presetDays: Record<Preset, number> = { week: 7, month: 30, quarter: 90, year: 365 }

/** A period as the API's figures take it: so many days up to today, or from one day to another. */
export type PeriodQuery = { days: number } | { from: string; to: string }

export interface Period {
  /** Null where a person chose the days. */
  preset: Preset | null
  query: PeriodQuery
}

const dayPattern = /^(19|20|21)\d{2}-\d{2}-\d{2}$/
const dayMs = 86_400_000
const mostDays = 732

/** What is wrong with a period somebody typed, or null. */
export function faultOf(from: string, to: string): 'reversed' | 'tooLong' | null {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (!(days >= 1)) return 'reversed'
  return days > mostDays ? 'tooLong' : null
}

/** The period an address asks for: `?period=year`, or `?from=2026-01-01&to=2026-03-31`. */
export function readPeriod(search: URLSearchParams, usual: Preset): Period {
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? '']
  if (dayPattern.test(from) && dayPattern.test(to) && faultOf(from, to) === null)
    return { preset: null, query: { from, to } }
  const wanted = search.get('period')
  const preset = presets.find((name) => name === wanted) ?? usual
  return { preset, query: { days: presetDays[preset] } }
}

/** How many days a period has. */
export function daysOf(query: PeriodQuery): number {
  return 'days' in query ? query.days : (Date.parse(query.to) - Date.parse(query.from)) / dayMs + 1
}

/** The period in the page's address, and how to change it without a new entry in the history. */
export function usePeriod(usual: Preset) {
  const [search, setSearch] = useSearchParams()
  const set = (changes: Partial<Record<'period' | 'from' | 'to', string>>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        for (const name of ['period', 'from', 'to'] as const) {
          const value = changes[name]
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  return {
    period: readPeriod(search, usual),
    choosePreset: (preset: Preset) => set(preset === usual ? {} : { period: preset }),
    chooseDays: (from: string, to: string) => set({ from, to }),
  }
}
