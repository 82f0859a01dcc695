import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore } from '../adapters/object-store.ts'
import { type Entry, packEntries, unpackEntries } from './archive.ts'
import { seal, unseal } from './sealed-stream.ts'
import { connectOwner, copyOut, listPartitions, listTables, readSchemaMark, readSequences } from './table-copy.ts'

export interface BackupSource {
  /** A role that sees every row: the owner, or one that may bypass row-level security and read all. */
  databaseUrl: string
  store: ObjectStore
  version: string
}

export interface BackupFigures {
  file: string
  sizeBytes: number
  tables: number
  rows: number
  objects: number
  objectBytes: number
}

/**
 * Writes the whole installation into one encrypted file: every table in one snapshot, then every stored file. A file
 * that is deleted while this runs is left out; one that is added after the snapshot may be in it, without a row. The
 * result appears under its name only when it was written whole and has been read back.
 */
export async function takeBackup(source: BackupSource, file: string, key: Buffer): Promise<BackupFigures> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const partial = `${file}.partial`
  try {
    const writing = createWriteStream(partial, { mode: 0o600 })
    await pipeline(seal(packEntries(entriesOf(source)), key), writing)
    await syncFile(partial)
    const figures = await verifyBackup(partial, key)
    await rename(partial, file)
    return { ...figures, file }
  } finally {
    await rm(partial, { force: true })
  }
}

/** Reads a whole backup, checks every digest in it, and answers what it holds. Changes nothing. */
export async function verifyBackup(file: string, key: Buffer): Promise<BackupFigures> {
  const figures = { file, sizeBytes: (await stat(file)).size, tables: 0, rows: 0, objects: 0, objectBytes: 0 }
  for await (const { head, data, end } of unpackEntries(unseal(createReadStream(file), key))) {
    for await (const part of data) void part
    if (head.kind === 'table') {
      figures.tables += 1
      figures.rows += end().rows
    } else if (head.kind === 'object') {
      figures.objects += 1
      figures.objectBytes += end().bytes
    }
  }
  return figures
}

async function* entriesOf({ databaseUrl, store, version }: BackupSource): AsyncGenerator<Entry> {
  const client = await connectOwner(databaseUrl)
  let tables = 0
  let objects = 0
  try {
    await client.query('begin isolation level repeatable read read only')
    const [schema, partitions] = [await readSchemaMark(client), await listPartitions(client)]
    yield { head: { kind: 'head', format: 1, createdAt: new Date().toISOString(), version, schema, partitions } }
    for (const table of await listTables(client)) {
      yield { head: { kind: 'table', name: table.name, columns: table.columns }, data: copyOut(client, table) }
      tables += 1
    }
    yield { head: { kind: 'sequences', values: await readSequences(client) } }
    await client.query('commit')
  } finally {
    await client.end()
  }
  for await (const key of everyKey(store)) {
    const [bytes, about] = [await store.get(key), await store.head(key)]
    if (!bytes || !about) continue
    yield { head: { kind: 'object', key, mimeType: about.mimeType }, data: [bytes] }
    objects += 1
  }
  yield { head: { kind: 'end', tables, objects } }
}

/** The keys of all stored files, page by page. */
export async function* everyKey(store: ObjectStore, prefix = ''): AsyncGenerator<string> {
  for (let after = ''; ;) {
    const page = await store.list(prefix, after)
    const last = page.at(-1)
    if (!last) return
    for (const { key } of page) yield key
    after = last.key
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
