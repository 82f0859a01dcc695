import type { QuietHours } from '@sparkle/shared/notifications'

/** A day of the calendar, as a count of days since 1 January 1970. */
type Day = number

const minuteMs = 60_000
const dayMs = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}

/** What a clock on the wall shows, as if it were UTC: milliseconds since 1 January 1970 by that clock. */
export function wallClock(timeZone: string, at: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

export interface LocalTime {
  day: Day
  weekday: number
  hour: number
  /** `YYYY-MM-DD`. */
  date: string
}

/** Day and hour of a moment as the people of a time zone see it. */
export function localTime(timeZone: string, now: Date): LocalTime {
  const wall = wallClock(timeZone, now.getTime())
  const day = Math.floor(wall / dayMs)
  return { day, weekday: weekdayOf(day), hour: Math.floor((wall % dayMs) / 3_600_000), date: dateOf(day) }
}

function dateOf(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** 1 January 1970 was a Thursday. */
function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7
}

/**
 * When a wall clock shows a time: the moments before and after a change of the clocks differ, so both guesses are tried.
 * A time shown twice gives the earlier or the later one; a time left out gives the moment of the change.
 */
function momentOf(timeZone: string, wall: number, which: 'earlier' | 'later'): number {
  const offsets = [wall - dayMs, wall + dayMs].map((near) => wallClock(timeZone, near) - near)
  const shown = offsets.map((offset) => wall - offset).filter((at) => wallClock(timeZone, at) === wall)
  if (shown.length > 0) return which === 'earlier' ? Math.min(...shown) : Math.max(...shown)
  return changeBetween(timeZone, wall - Math.max(...offsets), wall - Math.min(...offsets))
}

/** The moment, between two, from which on a zone's clocks are the ones they are at the end. */
function changeBetween(timeZone: string, from: number, to: number): number {
  const offset = (at: number) => wallClock(timeZone, at) - at
  let [before, after] = [from, to]
  const last = offset(to)
  while (after - before > minuteMs) {
    const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs
    if (offset(middle) === last) after = middle
    else before = middle
  }
  return after
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** The silence that begins on a day, as moments: its end is the later one where a clock shows it twice. */
function silenceOf(quiet: QuietHours, timeZone: string, day: Day): { from: number; until: number } | null {
  if (!quiet.weekdays.includes(weekdayOf(day))) return null
  const [from, until] = [minutesOf(quiet.from), minutesOf(quiet.until)]
  const midnight = day * dayMs
  const overnight = until <= from ? dayMs : 0
  return {
    from: momentOf(timeZone, midnight + from * minuteMs, 'earlier'),
    until: momentOf(timeZone, midnight + overnight + until * minuteMs, 'later'),
  }
}

/**
 * The end of the silence that holds at a moment, or null where there is none. Silences that follow upon each other
 * without a gap are one; the input's schema sees to it that there is a gap in every week.
 */
export function quietUntil(quiet: QuietHours, timeZone: string, now: Date): Date | null {
  const begin = now.getTime()
  let end = begin
  for (let day = localTime(timeZone, now).day - 1; day * dayMs < begin + 9 * dayMs; day++) {
    const silence = silenceOf(quiet, timeZone, day)
    if (silence && silence.from <= end && end < silence.until) end = silence.until
  }
  return end === begin ? null : new Date(end)
}
