import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { parse } from 'csv-parse'
import { maxImportRows, type ImportView } from '@sparkle/shared/project-imports'
import { AppError, invalid } from '../../core/app-error.ts'

export type Encoding = ImportView['encoding']

export interface CsvTable {
  encoding: Encoding
  delimiter: string
  columns: string[]
  /** The rows under the titles, each as long as these; empty lines are left out. */
  rows: string[][]
  /** The line each row begins on, the titles' being 1: what a spreadsheet shows beside it, unless cells hold line ends. */
  lines: number[]
}

const marks: [Encoding, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * What a file is written in: by its byte order mark; else UTF-16 where every other byte of its beginning is mostly zero;
 * else UTF-8 where it is valid; else Windows-1252, which spreadsheets write on Windows and in which every byte is a sign.
 */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const marked = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  if (marked) return marked[0]
  const start = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  for (const [i, byte] of start.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > start.length / 5 && even < odd / 4) return 'utf-16le'
  if (even > start.length / 5 && odd < even / 4) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

const delimiters = [',', ';', '\t', '|']

/** The sign that parts the titles most often outside of quotes; a comma where there is none. */
export function detectDelimiter(text: string): string {
  const counts = new Map(delimiters.map((sign) => [sign, 0]))
  let quoted = false
  for (const sign of text.slice(0, 65_536)) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '\n' || sign === '\r')) break
    else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  }
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a)
  return best?.[0] ?? ','
}

/** What a workbook begins with: a zip (.xlsx, .ods, .numbers), or the compound file of old ones (.xls). */
const workbookMarks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]

/**
 * Reads a CSV file in whatever encoding and with whatever delimiter it has, in slices, so that others get their turn.
 * Throws 422 where it is no such file.
 */
export async function readCsv(bytes: Uint8Array): Promise<CsvTable> {
  if (workbookMarks.some((mark) => mark.every((byte, i) => bytes[i] === byte)))
    invalid(
      'import.workbook',
      'This is a workbook of a spreadsheet. Open it there, save the table as CSV, and send that.',
    )
  const encoding = detectEncoding(bytes)
  const text = new TextDecoder(encoding).decode(bytes)
  if (text.includes('\0')) invalid('import.not_csv', 'This is no CSV file. Save the table as CSV and send that.')
  const delimiter = detectDelimiter(text)
  const [titles, ...found] = await parseRecords(text, delimiter)
  if (!titles) return invalid('import.empty', 'The file is empty.')
  if (titles.record.length > 100) invalid('import.too_wide', 'The file has more than 100 columns.')
  if (found.length === 0) invalid('import.empty', 'The file has titles and no row under them.')
  if (found.length > maxImportRows)
    throw new AppError('too_large', 'import.too_long', `A file may hold ${maxImportRows} rows; this one has more.`)
  const columns = titles.record.map((title) => title.trim().slice(0, 200))
  return {
    encoding,
    delimiter,
    columns,
    rows: found.map(({ record }) => columns.map((_, i) => record[i] ?? '')),
    lines: found.map(({ info }) => info.lines),
  }
}

interface ParsedRecord {
  record: string[]
  info: { lines: number }
}

/** Some milliseconds' work. */
const sliceLength = 65_536

async function* slices(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += sliceLength) {
    yield text.slice(at, at + sliceLength)
    await setImmediate()
  }
}

async function parseRecords(text: string, delimiter: string): Promise<ParsedRecord[]> {
  const records: ParsedRecord[] = []
  try {
    const parser = parse({
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 200_000,
    })
    for await (const record of Readable.from(slices(text)).compose(parser)) {
      records.push(record as ParsedRecord)
      if (records.length > maxImportRows + 1) break
    }
    return records
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code?.startsWith('CSV_'))
      return invalid('import.not_csv', `The file cannot be read: ${(error as Error).message}`)
    throw error
  }
}
