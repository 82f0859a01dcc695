/** What PostgreSQL says of a refused statement; Drizzle wraps the driver's error as `cause`. */
interface DatabaseFault {
  code?: string
  constraint?: string
}

/** Whether a statement was refused by the unique index or constraint of this name. */
export function violates(error: unknown, constraint: string): boolean {
  const fault = (error instanceof Error ? (error.cause ?? error) : error) as DatabaseFault
  return fault?.code === '23505' && fault.constraint === constraint
}
