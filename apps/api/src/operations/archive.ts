import { createHash } from 'node:crypto'
import { BackupError } from './sealed-stream.ts'

/** What stands in a backup, one after the other: its head, every table, every file, its end. */
export type EntryHead =
  | { kind: 'head'; format: 1; createdAt: string; version: string; schema: SchemaMark; partitions: string[] }
  | { kind: 'table'; name: string; columns: string[] }
  | { kind: 'sequences'; values: { name: string; value: string; called: boolean }[] }
  | { kind: 'object'; key: string; mimeType: string }
  | { kind: 'end'; tables: number; objects: number }

/** By what a restore knows that the schema is the one the backup was made of. */
export interface SchemaMark {
  migrations: string[]
  jobEngine: string
}

/** What was written for an entry, found again when it is read. */
export interface EntryEnd {
  bytes: number
  sha256: string
  /** Lines of a table's COPY text, which are its rows. */
  rows: number
}

export interface Entry {
  head: EntryHead
  data?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

const kinds = { head: 1, data: 2, end: 3 } as const
/** Pieces are kept small, since a reader has to put one together from what arrives. */
const pieceBytes = 256 * 1024
const maxFrame = 16 * 1024 * 1024
const lineFeed = 10

/** Counts and hashes what passes. */
export function tallying() {
  const hash = createHash('sha256')
  let bytes = 0
  let rows = 0
  return {
    add(part: Uint8Array) {
      hash.update(part)
      bytes += part.length
      for (let at = part.indexOf(lineFeed); at >= 0; at = part.indexOf(lineFeed, at + 1)) rows += 1
    },
    end: (): EntryEnd => ({ bytes, rows, sha256: hash.digest('hex') }),
  }
}

/** Entries as bytes: each a head, its data in pieces, and its figures behind it, so that nothing has to be known before. */
export async function* packEntries(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const { head, data = [] } of entries) {
    yield frame(kinds.head, Buffer.from(JSON.stringify(head)))
    const tally = tallying()
    for await (const part of data) {
      tally.add(part)
      for (let at = 0; at < part.length; at += pieceBytes) yield frame(kinds.data, part.subarray(at, at + pieceBytes))
    }
    yield frame(kinds.end, Buffer.from(JSON.stringify(tally.end())))
  }
}

function frame(kind: number, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(5)
  head[0] = kind
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

export interface OpenEntry {
  head: EntryHead
  /** To be read to its end before the next entry; throws where figures and bytes disagree. */
  data: AsyncGenerator<Buffer>
  /** After `data` was read: its figures. */
  end(): EntryEnd
}

/** Reads entries one after the other. What the reader of an entry leaves is read over, and checked all the same. */
export async function* unpackEntries(source: AsyncIterable<Buffer>): AsyncGenerator<OpenEntry> {
  const frames = framesOf(source)
  let last: EntryHead | undefined
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    if (next.value.kind !== kinds.head) throw new BackupError('The backup is damaged: an entry has no head.')
    last = JSON.parse(next.value.bytes.toString()) as EntryHead
    let ended: EntryEnd | undefined
    const data = dataOf(frames, (end) => (ended = end))
    const end = () => {
      if (!ended) throw new Error('The figures of an entry come after its data.')
      return ended
    }
    yield { head: last, data, end }
    for await (const rest of data) void rest
  }
  if (last?.kind !== 'end') throw new BackupError('The backup has no end.')
}

async function* dataOf(frames: AsyncGenerator<Frame>, onEnd: (end: EntryEnd) => void): AsyncGenerator<Buffer> {
  const tally = tallying()
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    const { kind, bytes } = next.value
    if (kind === kinds.data) {
      tally.add(bytes)
      yield bytes
      continue
    }
    const found = tally.end()
    const told = kind === kinds.end ? (JSON.parse(bytes.toString()) as EntryEnd) : undefined
    if (found.sha256 !== told?.sha256 || found.bytes !== told.bytes)
      throw new BackupError('The backup is damaged: an entry is not what was written.')
    onEnd(found)
    return
  }
  throw new BackupError('The backup is damaged: an entry has no end.')
}

interface Frame {
  kind: number
  bytes: Buffer
}

async function* framesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer = Buffer.alloc(0)
  for await (const part of source) {
    waiting = waiting.length === 0 ? part : Buffer.concat([waiting, part])
    while (waiting.length >= 5) {
      const size = waiting.readUInt32BE(1)
      if (size > maxFrame) throw new BackupError('The backup is damaged: a piece is too large.')
      if (waiting.length < 5 + size) break
      yield { kind: waiting[0] ?? 0, bytes: waiting.subarray(5, 5 + size) }
      waiting = waiting.subarray(5 + size)
    }
  }
  if (waiting.length > 0) throw new BackupError('The backup is damaged: it ends in the middle of a piece.')
}
