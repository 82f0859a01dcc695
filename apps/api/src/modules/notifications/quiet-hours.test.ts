import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quietHours, type QuietHours } from '@sparkle/shared/notifications'
import { localTime, quietUntil, wallClock } from './quiet-hours.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const every = [0, 1, 2, 3, 4, 5, 6]
const night: QuietHours = { from: '22:00', until: '07:00', weekdays: every, urgentPasses: true }
const until = (quiet: QuietHours, zone: string, at: string) => quietUntil(quiet, zone, new Date(at))?.toISOString()

describe('quiet hours', () => {
  test('hold over midnight by the clock on the wall', () => {
    expect(until(night, 'Europe/Berlin', '2026-01-10T21:00:00Z')).toBe('2026-01-11T06:00:00.000Z')
    expect(until(night, 'Europe/Berlin', '2026-01-10T20:59:59Z')).toBeUndefined()
    expect(until(night, 'Europe/Berlin', '2026-01-11T05:59:59Z')).toBe('2026-01-11T06:00:00.000Z')
    expect(until(night, 'Europe/Berlin', '2026-01-11T06:00:00Z')).toBeUndefined()
    expect(until(night, 'Asia/Kathmandu', '2026-01-10T16:15:00Z')).toBe('2026-01-11T01:15:00.000Z')
  })

  test('begin on the chosen days only; silences without a gap are one', () => {
    const weekend = { ...night, from: '00:00', until: '00:00', weekdays: [6, 0] }
    expect(until(weekend, 'UTC', '2026-01-10T12:00:00Z')).toBe('2026-01-12T00:00:00.000Z')
    expect(until(weekend, 'UTC', '2026-01-12T00:00:00Z')).toBeUndefined()
    const friday = { ...night, weekdays: [5] }
    expect(until(friday, 'UTC', '2026-01-10T03:00:00Z')).toBe('2026-01-10T07:00:00.000Z')
    expect(until(friday, 'UTC', '2026-01-11T03:00:00Z')).toBeUndefined()
  })

  test('the night in which the clocks go forward is an hour shorter, the one in which they go back an hour longer', () => {
    expect(until(night, 'Europe/Berlin', '2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00.000Z')
    expect(until(night, 'Europe/Berlin', '2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00.000Z')
  })

  test('an end that the clocks leave out is the moment of the change; one that they show twice is the second', () => {
    const short = { ...night, until: '02:30' }
    expect(until(short, 'Europe/Berlin', '2026-03-28T23:00:00Z')).toBe('2026-03-29T01:00:00.000Z')
    expect(until(short, 'Europe/Berlin', '2026-10-24T23:00:00Z')).toBe('2026-10-25T01:30:00.000Z')
    expect(until(short, 'Europe/Berlin', '2026-10-25T00:45:00Z')).toBe('2026-10-25T01:30:00.000Z')
    const late = { ...night, from: '02:30', until: '04:00' }
    expect(until(late, 'America/New_York', '2026-03-08T06:59:00Z')).toBeUndefined()
    expect(until(late, 'America/New_York', '2026-03-08T07:00:00Z')).toBe('2026-03-08T08:00:00.000Z')
    // Lord Howe Island turns its clocks by half an hour.
    expect(until({ ...night, until: '01:45' }, 'Australia/Lord_Howe', '2026-04-04T13:00:00Z')).toBe(
      '2026-04-04T15:15:00.000Z',
    )
  })

  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
  ]
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
  const anyQuiet = fc
    .record({ from: clock, until: clock, weekdays: fc.uniqueArray(fc.constantFrom(...every), { minLength: 1 }) })
    .map((quiet) => ({ ...quiet, urgentPasses: false }))
    .filter((quiet) => quietHours.safeParse(quiet).success)
  const anyMoment = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) }).map((at) => new Date(at))

  test('end when they say: what comes at the end is delivered, what comes a moment before is held', () => {
    fc.assert(
      fc.property(anyQuiet, fc.constantFrom(...zones), anyMoment, (quiet, zone, now) => {
        const end = quietUntil(quiet, zone, now)
        if (!end) return
        expect(end.getTime()).toBeGreaterThan(now.getTime())
        expect(quietUntil(quiet, zone, end)).toBeNull()
        expect(quietUntil(quiet, zone, new Date(end.getTime() - 1))).toEqual(end)
      }),
      { numRuns: 500 },
    )
  })

  test('agree with a clock on the wall wherever no clock is turned within a day', () => {
    const offset = (zone: string, at: number) => wallClock(zone, at) - at
    fc.assert(
      fc.property(clock, clock, fc.constantFrom(...zones), anyMoment, (from, untilTime, zone, now) => {
        const at = Math.floor(now.getTime() / 1000) * 1000
        const days = [-1, 1].map((day) => offset(zone, at + day * 86_400_000))
        fc.pre(days.every((one) => one === offset(zone, at)) && from !== untilTime)
        const shown = new Date(wallClock(zone, at)).toISOString().slice(11, 16)
        const within = from < untilTime ? from <= shown && shown < untilTime : from <= shown || shown < untilTime
        const quiet = { from, until: untilTime, weekdays: every, urgentPasses: false }
        expect(quietUntil(quiet, zone, new Date(at)) !== null).toBe(within)
      }),
      { numRuns: 500 },
    )
  })

  test('a silence without end is refused', () => {
    const endless = { ...night, from: '08:00', until: '08:00' }
    expect(quietHours.safeParse(endless).success).toBe(false)
    expect(quietHours.safeParse({ ...endless, weekdays: [1] }).success).toBe(true)
  })

  test('day and hour are the person’s own', () => {
    expect(localTime('Pacific/Auckland', new Date('2026-01-10T12:00:00Z'))).toMatchObject({
      date: '2026-01-11',
      weekday: 0,
      hour: 1,
    })
  })
})
