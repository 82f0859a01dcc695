import { DrizzleQueryError } from 'drizzle-orm'
import pg from 'pg'

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

/**
 * A failed statement's error holds its parameters, and PostgreSQL's messages quote them: a studio's data, which belongs
 * into no log and no table of the job engine. What is left is the statement, its code and constraint, and where it ran.
 */
export function withoutValues(error: unknown): unknown {
  const query = error instanceof DrizzleQueryError ? error.query : undefined
  if (query === undefined && !(error instanceof pg.DatabaseError)) return error
  const { cause, stack } = error as Error
  const { code, constraint, message } = (cause ?? error) as DatabaseFault & Error
  const said = cause === undefined && query !== undefined ? 'it could not be sent' : unquoted(code, message)
  const bare = new Error(`A statement failed: ${said}`)
  bare.stack = [bare.message, ...framesOf(stack)].join('\n')
  return Object.assign(bare, { code, constraint, query })
}

/** Class 22 of PostgreSQL's codes is about values, and names them in quotes; other classes quote names. */
function unquoted(code: string | undefined, message: string): string {
  return code?.startsWith('22') ? message.replaceAll(/"[^"]*"/g, '"…"') : message
}

/** The lines of a stack that say where, without those that say what. */
function framesOf(stack = ''): string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line))
}
