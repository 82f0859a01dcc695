import { createReadStream } from 'node:fs'
import type pg from 'pg'
import type { ObjectStore } from '../adapters/object-store.ts'
import { sha256 } from '../core/crypto.ts'
import { type EntryEnd, type OpenEntry, type SchemaMark, unpackEntries } from './archive.ts'
import { BackupError, unseal } from './sealed-stream.ts'
import { connectOwner, copyIn, digestTable, listPartitions, listTables, readSchemaMark } from './table-copy.ts'
import { type BackupFigures, everyKey, verifyBackup } from './take-backup.ts'

export interface RestoreTarget {
  /** The owner of a freshly migrated schema. */
  ownerUrl: string
  /** Where files go; null for a drill, which checks them as they are read. */
  store: ObjectStore | null
}

/**
 * Puts a backup back into a database of the same schema and an empty store, and compares every table and every file with
 * what was written. The file is read and checked whole before anything is touched; the tables come in one transaction,
 * which is undone where one of them differs. `force` empties what is there first.
 */
export async function restoreBackup(
  file: string,
  key: Buffer,
  { ownerUrl, store }: RestoreTarget,
  { force = false } = {},
): Promise<BackupFigures> {
  const figures = await verifyBackup(file, key)
  if (store && !force && (await store.list('')).length > 0)
    throw new BackupError(
      'The object store is not empty. --force overwrites it and deletes what the backup does not have.',
    )
  const client = await connectOwner(ownerUrl)
  try {
    const entries = unpackEntries(unseal(createReadStream(file), key))
    await client.query('begin')
    await loadTables(client, entries, force)
    await client.query('commit')
    await client.query('analyze')
    if (store) await loadObjects(store, entries)
  } finally {
    await client.end()
  }
  return figures
}

async function loadTables(client: pg.Client, entries: AsyncGenerator<OpenEntry>, force: boolean): Promise<void> {
  const tables = await listTables(client)
  if (!force) await assertEmpty(client)
  const settle = await openTables(
    client,
    tables.map(({ name }) => name),
  )
  const written = new Map<string, EntryEnd>()
  // Not `for await`: that would close the archive at the end of the tables, and the files are still to come.
  for (let next = await entries.next(); !next.done; next = await entries.next()) {
    const { head, data, end } = next.value
    if (head.kind === 'head') {
      assertSameSchema(head.schema, await readSchemaMark(client), head.version)
      await addPartitions(client, head.partitions)
    } else if (head.kind === 'table') {
      const known = tables.find(({ name }) => name === head.name)
      if (!known || known.columns.join() !== head.columns.join())
        throw new BackupError(`The table ${head.name} of the backup is another one than that of this release.`)
      await copyIn(client, head.name, head.columns, data)
      written.set(head.name, end())
    } else if (head.kind === 'sequences') {
      for (const { name, value, called } of head.values)
        await client.query('select setval($1::regclass, $2::bigint, $3)', [name, value, called])
      break
    }
  }
  await settle()
  for (const table of tables) {
    const [was, is] = [written.get(table.name), await digestTable(client, table)]
    if (!was) throw new BackupError(`The backup has no table ${table.name}.`)
    if (was.sha256 !== is.sha256) throw new BackupError(`The table ${table.name} is not what was backed up.`)
  }
}

async function assertEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select from organizations) or exists (select from users) as used',
  )
  if (rows[0]?.used)
    throw new BackupError('The database is not empty. --force replaces everything in it by the backup.')
}

function assertSameSchema(backup: SchemaMark, here: SchemaMark, version: string): void {
  if (JSON.stringify(backup) === JSON.stringify(here)) return
  const [theirs, ours] = [backup.migrations.length, here.migrations.length]
  throw new BackupError(
    `The backup is of another schema (release ${version}, ${theirs} migrations; this one has ${ours}). ` +
      'Restore it with the release it was made by, and upgrade afterwards.',
  )
}

/**
 * Empties the tables and takes foreign keys and triggers out of the way: rows come table by table, and what triggers did
 * was done when the rows were first written. Answers the way back, which checks every foreign key anew.
 */
async function openTables(client: pg.Client, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and conparentid = 0
      and conrelid::regclass::text !~ '^(pg_|information_schema|drizzle)'`)
  const triggers = async (verb: 'disable' | 'enable') => {
    const { rows } = await client.query<{ name: string }>(
      `select distinct tgrelid::regclass::text as name from pg_trigger where not tgisinternal`,
    )
    for (const { name } of rows) await client.query(`alter table ${name} ${verb} trigger user`)
  }
  for (const { drop } of keys) await client.query(drop)
  await triggers('disable')
  await client.query(`truncate ${tables.join(', ')}`)
  return async () => {
    // Partitions made meanwhile have triggers of their own, which were never off: enabling them changes nothing.
    await triggers('enable')
    for (const { add } of keys) await client.query(add)
  }
}

/** Months of the record that the backup has and a fresh schema has not. */
async function addPartitions(client: pg.Client, names: readonly string[]): Promise<void> {
  const here = new Set(await listPartitions(client))
  for (const name of names.filter((one) => !here.has(one))) {
    const [, year, month] = /^audit_(\d{4})_(\d{2})$/.exec(name) ?? []
    if (!year || !month) throw new BackupError(`The backup has a partition ${name}, which this release does not know.`)
    await client.query('select sys.add_audit_partition($1::date)', [`${year}-${month}-01`])
  }
}

async function loadObjects(store: ObjectStore, entries: AsyncGenerator<OpenEntry>): Promise<void> {
  const digests = new Map<string, string>()
  for (let next = await entries.next(); !next.done; next = await entries.next()) {
    const { head, data, end } = next.value
    if (head.kind !== 'object') continue
    const parts: Buffer[] = []
    for await (const part of data) parts.push(part)
    await store.put(head.key, Buffer.concat(parts), head.mimeType)
    digests.set(head.key, end().sha256)
  }
  for await (const key of everyKey(store)) if (!digests.has(key)) await store.delete(key)
  for (const [key, digest] of digests) {
    const bytes = await store.get(key)
    if (!bytes || sha256(bytes) !== digest) throw new BackupError(`The stored file ${key} is not what was backed up.`)
  }
}
