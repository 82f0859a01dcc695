import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { type CursorPart, decodeCursor, encodeCursor, toPage } from './cursor.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const digits = (min: number, max: number, width: number) =>
  fc.integer({ min, max }).map((n) => String(n).padStart(width, '0'))
const day = fc.tuple(digits(1900, 2199, 4), digits(1, 12, 2), digits(1, 28, 2)).map((parts) => parts.join('-'))
const time = fc
  .tuple(day, digits(0, 23, 2), digits(0, 59, 2), digits(0, 59, 2), digits(0, 999_999, 6))
  .map(([date, h, m, s, micros]) => `${date}T${h}:${m}:${s}.${micros}Z`)
const genuine: Record<CursorPart, fc.Arbitrary<string | number>> = {
  id: fc.uuid(),
  time,
  day: fc.oneof(day, fc.constantFrom('infinity', '-infinity')),
  number: fc.nat(),
  text: fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((value) => !value.includes('\u0000') && value.isWellFormed()),
}
const kinds = fc.array(fc.constantFrom(...(Object.keys(genuine) as CursorPart[])), { minLength: 1, maxLength: 3 })

describe('a cursor', () => {
  test('gives back what it was made of, for the same order only', () => {
    const made = kinds.chain((parts) => fc.tuple(fc.constant(parts), fc.tuple(...parts.map((part) => genuine[part]))))
    fc.assert(
      fc.property(made, ([parts, values]) => {
        const cursor = encodeCursor('-createdAt', values)
        expect(decodeCursor(cursor, '-createdAt', parts)).toEqual(values)
        expect(() => decodeCursor(cursor, 'createdAt', parts)).toThrow(AppError)
        expect(() => decodeCursor(cursor, '-createdAt', [...parts, 'id'])).toThrow(AppError)
      }),
    )
  })

  test('of any other text is refused, never passed on', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (cursor) => {
          expect(() => decodeCursor(cursor, '-createdAt', ['time', 'id'])).toThrow(AppError)
        },
      ),
    )
  })

  test.each<[CursorPart, unknown]>([
    ['time', 'x'],
    ['time', 'infinity'],
    ['time', '2026-02-30T00:00:00.000000Z'],
    ['time', null],
    ['id', 'y'],
    ['day', '2026-13-01'],
    ['number', 1.5],
    ['number', -1],
    ['number', 1e308],
    ['number', '1'],
    ['text', '\u0000'],
    ['text', 'x'.repeat(201)],
  ])('refuses a forged %s: %j', (part, value) => {
    const forged = Buffer.from(JSON.stringify(['s', value])).toString('base64url')
    expect(() => decodeCursor(forged, 's', [part])).toThrow(AppError)
  })

  test('leads through a list of any length, each row once', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 1, max: 20 }), (length, limit) => {
        const rows = Array.from({ length }, (_, number) => ({ number }))
        const read: number[] = []
        let from = -1
        for (let more = true; more;) {
          const found = rows.filter((row) => row.number > from).slice(0, limit + 1)
          const page = toPage(found, limit, 'number', (row) => [row.number])
          read.push(...page.rows.map((row) => row.number))
          more = page.nextCursor !== null
          if (page.nextCursor) [from] = decodeCursor(page.nextCursor, 'number', ['number'])
        }
        expect(read).toEqual(rows.map((row) => row.number))
      }),
    )
  })
})
