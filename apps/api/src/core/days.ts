/** The calendar day of a moment in a time zone, as `YYYY-MM-DD`: how Canadian English writes dates. */
export function dayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)
}
