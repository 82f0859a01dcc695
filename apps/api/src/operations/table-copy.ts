import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type EntryEnd, type SchemaMark, tallying } from './archive.ts'

export interface Table {
  /** `schema.table`, quoted where it has to be. */
  name: string
  /** All but generated ones. */
  columns: string[]
  /** What rows are sorted by, so that the same rows are the same text. */
  order: string[]
}

/** How values look as text must not depend on the server's settings. */
export const plainText = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres';
  set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0; set lock_timeout = '30s'`

/** A connection of the schema's owner, who is not bound by row-level security. */
export async function connectOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'sparkleclassic-operations' })
  await client.connect()
  await client.query(plainText)
  return client
}

const ours = `n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'drizzle')`

/**
 * Every table with data of the installation, the job engine's among them; not those that tell the schema's version, and
 * not the day's secret for visitors' names, which is to be gone at midnight.
 */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select quote_ident(a.attname) from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
            from pg_attribute a left join pg_index x on x.indrelid = c.oid and x.indisprimary
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
              and (x.indkey is null or a.attnum = any (x.indkey)) and a.atttypid not in ('json'::regtype, 'xml'::regtype)
            order by coalesce(array_position(x.indkey::int2[], a.attnum), 0), a.attnum) as "order"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and ${ours} and c.relname not in ('dbos_migrations', 'visitor_salts')
    order by 1`)
  return rows
}

export async function listPartitions(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relispartition and c.relkind in ('r', 'p') and ${ours} order by 1`,
  )
  return rows.map(({ name }) => name)
}

export async function readSchemaMark(client: pg.ClientBase): Promise<SchemaMark> {
  const migrations = await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations order by id')
  const engine = await client.query<{ mark: string }>(
    "select coalesce(string_agg(m::text, ',' order by m::text), '') as mark from dbos.dbos_migrations m",
  )
  return { migrations: migrations.rows.map(({ hash }) => hash), jobEngine: engine.rows[0]?.mark ?? '' }
}

export async function readSequences(client: pg.ClientBase) {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and ${ours} order by 1`,
  )
  const values: { name: string; value: string; called: boolean }[] = []
  for (const { name } of rows) {
    const found = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    if (found.rows[0]) values.push({ name, ...found.rows[0] })
  }
  return values
}

/** A table's rows as COPY text, in the order of their keys. */
export function copyOut(client: pg.Client, { name, columns, order }: Table): AsyncIterable<Buffer> {
  const rows = `select ${columns.join(', ')} from ${name} order by ${order.join(', ')}`
  return client.query(copyTo(`copy (${rows}) to stdout`))
}

/** Adds rows of COPY text to a table. */
export async function copyIn(
  client: pg.Client,
  name: string,
  columns: readonly string[],
  text: AsyncIterable<Buffer>,
): Promise<void> {
  await pipeline(text, client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`)))
}

/** Rows and digest of what a table holds. */
export async function digestTable(client: pg.Client, table: Table): Promise<EntryEnd> {
  const tally = tallying()
  for await (const part of copyOut(client, table)) tally.add(part)
  return tally.end()
}
