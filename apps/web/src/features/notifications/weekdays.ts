/** The days of the week in a language, Monday first; `day` counts from Sunday, as the API does. */
export function weekdayNames(locale: string, style: 'short' | 'long'): { day: number; name: string }[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' })
  // 4 January 1970 was a Sunday.
  return [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, name: format.format(new Date(Date.UTC(1970, 0, 4 + day))) }))
}
