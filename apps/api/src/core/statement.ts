import { is, sql, type SQL } from 'drizzle-orm'
import { Placeholder, type Query } from 'drizzle-orm/sql'
import { QueryBuilder, type PgColumn } from 'drizzle-orm/pg-core'

/** A hot read, declared once: its SQL is built a single time and prepared a single time on each connection. */
export interface Statement<Params extends object, Row> {
  name: string
  text: string
  bind(params: Params): unknown[]
  /** Carries the row type; never set. */
  readonly row?: Row
}

type ColumnValue<C> = C extends PgColumn
  ? C['_']['notNull'] extends true
    ? C['_']['data']
    : C['_']['data'] | null
  : C extends SQL<infer T>
    ? T
    : never

type Aliased<C extends Record<string, PgColumn | SQL>> = { [K in keyof C]: SQL.Aliased<ColumnValue<C[K]>> }

/** Gives every column the name of its key, so that rows come back ready without a mapping pass. */
export function fields<C extends Record<string, PgColumn | SQL>>(columns: C): Aliased<C> {
  const aliased = Object.entries(columns).map(([key, column]) => [key, sql`${column}`.as(key)])
  return Object.fromEntries(aliased) as Aliased<C>
}

type RowOf<Fields> = { [K in keyof Fields]: Fields[K] extends SQL.Aliased<infer T> ? T : never }

interface Built<Fields> {
  _: { selectedFields: Fields }
  toSQL(): Query
}

/**
 * Declares a statement on a client-less Drizzle. `build` may use `sql.placeholder('name')` for each parameter.
 * `name` must be unique in the whole server: PostgreSQL keeps the prepared statement under it.
 */
export function statement<Params extends object>(name: string) {
  return <Fields>(build: (q: QueryBuilder) => Built<Fields>): Statement<Params, RowOf<Fields>> => {
    const query = build(new QueryBuilder()).toSQL()
    const { text, params } = inlineNumbers(query)
    const bind = (values: Params) =>
      params.map((param) => (is(param, Placeholder) ? (values as Record<string, unknown>)[param.name] : param))
    return { name, text, bind }
  }
}

/**
 * Writes constant numbers into the text. A `LIMIT $1` is unknown to a generic plan, which then looks so dear that
 * PostgreSQL plans anew for every execution: for the project list that cost more than the execution itself.
 */
function inlineNumbers({ sql: source, params }: Query): { text: string; params: unknown[] } {
  const kept: unknown[] = []
  const text = source.replaceAll(/\$(\d+)/g, (_match, position: string) => {
    const param = params[Number(position) - 1]
    if (typeof param === 'number' && Number.isFinite(param)) return String(param)
    kept.push(param)
    return `$${kept.length}`
  })
  return { text, params: kept }
}
