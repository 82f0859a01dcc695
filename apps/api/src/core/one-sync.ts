import type { Client, Connection, Submittable } from 'pg'
import pg from 'pg'
import { isoTime } from '../db/time.ts'

/**
 * A read in one round trip under row-level security: Parse/Bind/Execute of `set_config(..., true)` and of the query go
 * out before a single Sync. PostgreSQL runs all that stands before a Sync as one implicit transaction, so the setting
 * holds for the query and is gone afterwards (documentation, "Extended Query": 54.2.3 and 54.2.4 Pipelining).
 *
 * Only for single statements that read; whatever writes uses a real transaction. It leans on internals of `pg`, which
 * is why that package is pinned and this is the only file that does so.
 */
export interface PreparedRead {
  /** Unique for its text: the name of the prepared statement on each connection. */
  name: string
  text: string
  values: readonly unknown[]
}

interface Field {
  name: string
  dataTypeID: number
}
type Row = Record<string, unknown>
type Parser = (value: string) => unknown

const setTenant = {
  name: 'sc_set_tenant',
  text: "select set_config('app.current_org', $1, true), set_config('app.current_user', $2, true)",
}

const parsers = new Map<number, Parser>([
  [pg.types.builtins.TIMESTAMPTZ, isoTime],
  [pg.types.builtins.DATE, String],
  [pg.types.builtins.INT8, Number],
])

/** Rows of an ordinary query with the same values as those of {@link readInTenant}. */
export function parseRows({ rows, fields }: { rows: Row[]; fields: Field[] }): Row[] {
  const parsed = fields.flatMap(({ name, dataTypeID }) => {
    const parse = parsers.get(dataTypeID)
    return parse ? [{ name, parse }] : []
  })
  for (const row of rows)
    for (const { name, parse } of parsed) if (typeof row[name] === 'string') row[name] = parse(row[name])
  return rows
}

/** So many statements a connection keeps: each costs the server memory, and lists have one for each set of filters. */
const mostPrepared = 200

/**
 * The columns of each statement a connection has prepared; asked for once, since a prepared statement keeps them. Null
 * after a failure, when the server may or may not have kept the name: it is prepared anew.
 */
type Prepared = Map<string, readonly Column[] | null>
const preparedOn = new WeakMap<Connection, Prepared>()

interface Column {
  name: string
  parse: Parser
}

export function readInTenant(client: Client, tenant: { organizationId: string; userId: string }, read: PreparedRead) {
  return new Promise<Row[]>((resolve, reject) => {
    client.query(new OneSync(tenant, read, resolve, reject) as Submittable)
  })
}

class OneSync {
  /** `pg` wraps this when a query timeout is set; it must exist. */
  callback = () => undefined
  private readonly rows: Row[] = []
  private columns: readonly Column[] | undefined
  private statementsDone = 0
  private failure: Error | undefined
  private connection: Connection | undefined
  private readonly tenant: { organizationId: string; userId: string }
  private readonly read: PreparedRead
  private readonly resolve: (rows: Row[]) => void
  private readonly reject: (error: Error) => void

  constructor(
    tenant: { organizationId: string; userId: string },
    read: PreparedRead,
    resolve: (rows: Row[]) => void,
    reject: (error: Error) => void,
  ) {
    this.tenant = tenant
    this.read = read
    this.resolve = resolve
    this.reject = reject
  }

  submit(connection: Connection) {
    this.connection = connection
    const prepared = preparedOn.get(connection) ?? (new Map() as Prepared)
    preparedOn.set(connection, prepared)
    const wire = connection as unknown as Wire
    wire.stream.cork()
    try {
      if (!prepared.get(setTenant.name)) prepare(wire, setTenant)
      wire.bind({ statement: setTenant.name, values: [this.tenant.organizationId, this.tenant.userId] })
      wire.execute({})
      this.columns = prepared.get(this.read.name) ?? undefined
      if (!this.columns) {
        forgetOldest(wire, prepared, this.read.name)
        prepare(wire, this.read)
      }
      wire.bind({ statement: this.read.name, values: this.read.values, valueMapper: prepareValue })
      if (!this.columns) wire.describe({ type: 'P', name: '' })
      wire.execute({})
      wire.sync()
    } finally {
      wire.stream.uncork()
    }
    return null
  }

  handleRowDescription(message: { fields: Field[] }) {
    this.columns = message.fields.map((field) => ({
      name: field.name,
      parse: parsers.get(field.dataTypeID) ?? (pg.types.getTypeParser(field.dataTypeID, 'text') as Parser),
    }))
  }

  handleDataRow(message: { fields: (string | null)[] }) {
    if (this.statementsDone === 0 || !this.columns) return
    const row: Row = {}
    for (let i = 0; i < this.columns.length; i += 1) {
      const column = this.columns[i] as Column
      const value = message.fields[i] as string | null
      row[column.name] = value === null ? null : column.parse(value)
    }
    this.rows.push(row)
  }

  handleCommandComplete() {
    this.statementsDone += 1
  }

  handleEmptyQuery() {
    this.failure = new Error('An empty statement was sent.')
  }

  handlePortalSuspended() {
    this.failure = new Error('A read was suspended although no row limit was set.')
  }

  handleError(error: Error) {
    const prepared = this.connection && preparedOn.get(this.connection)
    for (const { name } of [setTenant, this.read]) prepared?.set(name, null)
    this.reject(error)
  }

  handleReadyForQuery(connection: Connection) {
    if (this.failure) return this.reject(this.failure)
    const prepared = preparedOn.get(connection)
    prepared?.set(setTenant.name, [])
    if (this.columns) prepared?.set(this.read.name, this.columns)
    return this.resolve(this.rows)
  }
}

/** Makes room for a statement on a connection that keeps as many as it may. */
function forgetOldest(wire: Wire, prepared: Prepared, comer: string) {
  if (prepared.size < mostPrepared || prepared.has(comer)) return
  const oldest = prepared.keys().find((name) => name !== setTenant.name)
  if (oldest === undefined) return
  wire.close({ type: 'S', name: oldest })
  prepared.delete(oldest)
}

/** Closing a name that the server does not know is no error. */
function prepare(wire: Wire, statement: { name: string; text: string }) {
  wire.close({ type: 'S', name: statement.name })
  wire.parse({ name: statement.name, text: statement.text, types: [] })
}

interface Wire {
  stream: { cork(): void; uncork(): void }
  parse(message: { name: string; text: string; types: number[] }): void
  bind(message: { statement: string; values: readonly unknown[]; valueMapper?: (value: unknown) => unknown }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: object): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils
