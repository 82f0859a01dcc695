const formats = new Map<string | undefined, Intl.DateTimeFormat>()

/**
 * The calendar day of an instant as `YYYY-MM-DD`, in a time zone or, without one, the reader's own. Every row of a table
 * asks: a format is made once for each zone, since making one takes longer than everything it is used for.
 */
export function dayIn(timeZone: string | undefined, instant: Date): string {
  let format = formats.get(timeZone)
  if (!format) {
    // Canada writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  return format.format(instant)
}
