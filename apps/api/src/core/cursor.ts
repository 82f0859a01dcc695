import { date, id, text } from '@sparkle/shared/text'
import { z } from 'zod'
import { AppError } from './app-error.ts'

/** What the values of a cursor may be. Each is checked, so that a forged one never reaches a statement. */
const parts = {
  id,
  /** As `db/time.ts` writes times. */
  time: z
    .string()
    .regex(/^.{10}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/)
    .refine((value) => date.safeParse(value.slice(0, 10)).success),
  /** A day, or where rows without one are sorted to. */
  day: z.union([date, z.enum(['infinity', '-infinity'])]),
  number: z.int().min(0),
  text: text(200),
}
export type CursorPart = keyof typeof parts
type ValuesOf<P extends readonly CursorPart[]> = { [K in keyof P]: z.infer<(typeof parts)[P[K]]> }

/** An opaque place in a list: the sort order it belongs to and the values of the last row's sort columns. */
export function encodeCursor(sort: string, values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([sort, ...values])).toString('base64url')
}

/** The values of a cursor made for the same sort order. Throws 422 `cursor.invalid` on any other text. */
export function decodeCursor<const P extends readonly CursorPart[]>(
  cursor: string,
  sort: string,
  kinds: P,
): ValuesOf<P> {
  const [madeFor, ...values] = readValues(cursor)
  const genuine = values.length === kinds.length && kinds.every((kind, i) => parts[kind].safeParse(values[i]).success)
  if (madeFor === sort && genuine) return values as ValuesOf<P>
  throw new AppError(
    'invalid',
    'cursor.invalid',
    'This cursor belongs to another list or sort order. Start without one.',
    {
      errors: [{ path: 'cursor', message: 'Not a cursor of this list.' }],
    },
  )
}

function readValues(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parsed) ? parsed : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** Whether `?include=` names this extra, such as `total`. */
export function asksFor(include: string | undefined, extra: string): boolean {
  return include?.split(',').includes(extra) ?? false
}

/** Cuts the extra row that tells whether there is more, and makes the cursor of the next page from the last kept row. */
export function toPage<R>(rows: R[], limit: number, sort: string, placeOf: (row: R) => (string | number)[]) {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { rows: kept, nextCursor: rows.length > limit && last ? encodeCursor(sort, placeOf(last)) : null }
}
