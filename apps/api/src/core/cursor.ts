import { AppError } from './app-error.ts'

/** An opaque place in a list: the sort order it belongs to and the values of the last row's sort columns. */
export function encodeCursor(sort: string, values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify([sort, ...values])).toString('base64url')
}

/** The values of a cursor made for the same sort order. Throws 422 `cursor.invalid` on any other text. */
export function decodeCursor(cursor: string, sort: string, count: number): (string | number | null)[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parsed) && parsed[0] === sort && parsed.length === count + 1 && parsed.every(isPlain))
      return parsed.slice(1)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new AppError(
    'invalid',
    'cursor.invalid',
    'This cursor belongs to another list or sort order. Start without one.',
    {
      errors: [{ path: 'cursor', message: 'Not a cursor of this list.' }],
    },
  )
}

function isPlain(value: unknown): value is string | number | null {
  return (
    value === null ||
    typeof value === 'number' ||
    (typeof value === 'string' && value.length <= 200 && !value.includes('\u0000'))
  )
}

/** Cuts the extra row that tells whether there is more, and makes the cursor of the next page from the last kept row. */
export function toPage<R>(rows: R[], limit: number, sort: string, placeOf: (row: R) => (string | number | null)[]) {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { rows: kept, nextCursor: rows.length > limit && last ? encodeCursor(sort, placeOf(last)) : null }
}
