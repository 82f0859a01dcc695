import { useFormatter, useNow } from 'use-intl'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** `{amountMinor: 4900, currency: 'EUR'}`, as the API writes money. */
export interface Money {
  amountMinor: number
  currency: string
}

/**
 * Dates, numbers and sizes in the person's own way of writing and time zone. Instants are the API's ISO 8601 strings;
 * days are `YYYY-MM-DD` and belong to no zone.
 */
export function useFormats() {
  const format = useFormatter()
  return {
    number: (value: number, maximumFractionDigits = 0) => format.number(value, { maximumFractionDigits }),
    percent: (share: number) => format.number(share, { style: 'percent', maximumFractionDigits: 0 }),
    dateTime: (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' }),
    date: (instant: string) => format.dateTime(new Date(instant), { dateStyle: 'medium' }),
    /** `2026-12-24` as that very day, wherever the reader is. */
    day: (day: string) => format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
    /** 10,485,760 bytes are 10 MB here: the API counts in 1,024s. */
    size: (bytes: number) => {
      const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1)
      const unit = units[power] ?? 'byte'
      return format.number(bytes / 1024 ** power, {
        style: 'unit',
        unit,
        unitDisplay: power ? 'short' : 'long',
        maximumFractionDigits: power > 1 ? 1 : 0,
      })
    },
    money: ({ amountMinor, currency }: Money) => {
      const digits =
        new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
      return format.number(amountMinor / 10 ** digits, { style: 'currency', currency })
    },
  }
}

/** The page's clock only ticks every half minute: what lies ahead of it by less than that has just happened. */
const tickMs = 30_000

/** "3 minutes ago", kept true while the page is open. */
export function useRelative(instant: string): string {
  const format = useFormatter()
  const now = useNow({ updateInterval: tickMs })
  const at = new Date(instant)
  const ahead = at.getTime() - now.getTime()
  return format.relativeTime(ahead > 0 && ahead <= tickMs ? now : at, now)
}
