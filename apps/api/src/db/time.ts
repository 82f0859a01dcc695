/** PostgreSQL's `2026-11-21 09:30:00.1+00` (session in UTC) as `2026-11-21T09:30:00.100000Z`; ISO input passes through. */
export function isoTime(value: string): string {
  // `2026-11-21 09:30:00.123456+00`, which nearly all are, needs no parsing.
  if (value.length === 29 && value.endsWith('+00')) return `${value.slice(0, 10)}T${value.slice(11, 26)}Z`
  if (value.endsWith('Z')) return value
  const [seconds, fraction = ''] = value.slice(0, -3).replace(' ', 'T').split('.')
  return `${seconds}.${fraction.padEnd(6, '0')}Z`
}
