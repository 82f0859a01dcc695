import { z } from 'zod'

const forbiddenControl = /\u0000/

/**
 * A bounded input string. PostgreSQL stores neither U+0000 nor, within JSON, half of a surrogate pair: both would come
 * back as a fault.
 */
export function text(max: number, min = 0) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !forbiddenControl.test(value), { error: 'Must not contain the character U+0000.' })
    .refine((value) => value.isWellFormed(), { error: 'Must not contain half of a surrogate pair.' })
}

/** Neither white space nor a character that is drawn as nothing; the empty braille cell is one by its looks alone. */
const visible = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

/** A bounded string that is trimmed and must show something afterwards. */
export function name(max: number) {
  return text(max)
    .transform((value) => value.trim())
    .pipe(z.string().refine((value) => visible.test(value), { error: 'Must not be empty.' }))
}

/** What people write to each other: trimmed, and empty where nothing of it can be seen. */
export function prose(max: number) {
  return text(max).transform((value) => (visible.test(value) ? value.trim() : ''))
}

const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
/**
 * Marks of direction, and those without width that no name is written with. ZWNJ and ZWJ are not among them: names in
 * Persian and in scripts of India take them.
 */
const hidden = /[\p{Bidi_Control}\u00ad\u200b\u2060-\u2064\ufeff]/gu

/** A name as it may be shown beside what somebody said or did: on one line, nothing hidden; empty if nothing is left. */
export function shownName(value: string): string {
  const shown = value.replaceAll(controls, ' ').replaceAll(hidden, '').trim()
  return visible.test(shown) ? shown : ''
}

/** The name somebody is shown by; what could pass it off as another one is taken out. */
export function personName(max: number) {
  return text(max)
    .transform(shownName)
    .pipe(z.string().min(1, { error: 'Must have a letter that can be seen.' }))
}

/**
 * The name of a file without its folders, and without the control and direction marks by which `gnp.exe` can be shown
 * as `exe.png`. It is only shown and offered at a download; where a file lies never depends on it.
 */
export const filename = text(255)
  .transform((value) => (value.split(/[/\\]/).at(-1) ?? '').replaceAll(controls, '').replaceAll(hidden, '').trim())
  .pipe(
    z
      .string()
      .max(200)
      .refine((value) => !/^\.*$/.test(value), { error: 'Must name a file.' }),
  )

/** As much of the beginning as fits into `units` UTF-16 units without half of a character at its end. */
export function beginning(value: string, units: number): string {
  const cut = value.slice(0, units)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/** RFC 5321 allows 254 characters in a path; Zod's own check has no upper bound. */
export const email = text(254)
  .pipe(z.email())
  .transform((value) => value.toLowerCase())
export const phone = text(40).regex(/^[+()\d\s./-]{5,40}$/, { error: 'Use digits, spaces and + ( ) / . - only.' })
export const password = text(72, 10)
export const id = z.uuid()
/** ISO 8601 in UTC with microseconds, as PostgreSQL keeps it. */
export const time = z.string().meta({ format: 'date-time', examples: ['2026-11-21T09:30:00.123456Z'] })
/** A moment as somebody names it, with its offset (RFC 3339). Bounded as days are: PostgreSQL has no year 0. */
export const moment = z.iso
  .datetime({ offset: true })
  .max(40)
  .refine((value) => /^(19|20|21)/.test(value), { error: 'Must lie between the years 1900 and 2199.' })
export const date = z
  .string()
  .regex(/^(19|20|21)\d{2}-\d{2}-\d{2}$/, { error: 'Must be a date as YYYY-MM-DD, between 1900 and 2199.' })
  .refine(isOfCalendar, { error: 'Must be a date of the calendar.' })
  .meta({ format: 'date', examples: ['2026-12-24'] })
/** `Date.parse` alone takes 30 February for 2 March, which PostgreSQL then refuses. */
function isOfCalendar(value: string): boolean {
  const parsed = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(value)
}

/** A language and, where it matters, its country (BCP 47): `de`, `de-AT`. */
export const locale = text(20).regex(/^[a-z]{2}(-[A-Z]{2})?$/)
/** A zone of the IANA database. Offsets are refused: PostgreSQL reads `+02:00` with the opposite sign. */
export const timeZone = text(60)
  .regex(/^[A-Za-z]/, { error: 'Must be a time zone such as Europe/Berlin.' })
  .refine(isTimeZone, { error: 'Must be a time zone such as Europe/Berlin.' })
function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

export const slugPattern = /^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/
export const slug = text(40).regex(slugPattern, { error: 'Use 3 to 40 small letters, digits and inner hyphens.' })
export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256, hexadecimal.' })
export const version = z
  .int()
  .min(1)
  .meta({ description: 'Grows by one with every change; also the ETag, `"v<version>"`.' })

export const idParams = z.object({ id })
