import { setImmediate } from 'node:timers/promises'
import { readCell } from '@sparkle/shared/csv'
import type { DateOrder, ImportField, PreviewImportInput, RowFault } from '@sparkle/shared/project-imports'
import { createProjectInput, projectStatuses, updateProjectInput } from '@sparkle/shared/projects'
import { z } from 'zod'
import type { CsvTable } from './read-csv.ts'

/** Somebody a project can be given to. */
export interface Assignable {
  userId: string
  displayName: string
}

const rowInput = createProjectInput.extend({
  status: z.enum(projectStatuses).default('backlog'),
  actualHours: updateProjectInput.shape.actualHours.unwrap().default(0),
})
/** A project as a row describes it. */
export type ImportedProject = z.infer<typeof rowInput>

export interface ReadRow {
  line: number
  project: ImportedProject | null
  assignedArtistName: string | null
  faults: RowFault[]
}

type Cell = { value: unknown } | { fault: string }

const words = (value: string) =>
  value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_')

function readDate(value: string, order: DateOrder): Cell {
  if (/^\d{4}-\d{1,2}-\d{1,2}/.test(value)) {
    const [year = '', month = '', day = ''] = value.slice(0, 10).split(/[-T ]/)
    return { value: iso(year, month, day) }
  }
  const parts = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})$/.exec(value)
  if (!parts) return { fault: 'Not a date. Write 2027-04-03 or 3.4.2027.' }
  const [, first = '', sign, second = '', year = ''] = parts
  const [day, month] = sign === '.' || order === 'dmy' ? [first, second] : [second, first]
  return { value: iso(year, month, day) }
}
const iso = (year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

/** Hours with a decimal point or comma, or as 1:30. */
function readHours(value: string): Cell {
  const clock = /^(\d{1,5}):([0-5]\d)$/.exec(value)
  if (clock) return { value: Number(clock[1]) + Number(clock[2]) / 60 }
  const number = Number(value.replace(/\s?h$/i, '').replace(',', '.'))
  return Number.isFinite(number) ? { value: number } : { fault: 'Not a number of hours. Write 2.5 or 2:30.' }
}

const dates = new Set<ImportField>(['startDate', 'deadline'])
const hours = new Set<ImportField>(['budgetHours', 'estimatedHours', 'actualHours'])
const choices = new Set<ImportField>(['packageType', 'status', 'priority'])

function readField(field: ImportField, value: string, order: DateOrder, artists: Map<string, Assignable[]>): Cell {
  if (dates.has(field)) return readDate(value, order)
  if (hours.has(field)) return readHours(value)
  if (choices.has(field)) return { value: words(value) }
  if (field !== 'assignedArtist') return { value }
  const found = artists.get(value.toLowerCase()) ?? []
  if (found.length > 1) return { fault: 'Several people have this name.' }
  return found[0] ? { value: found[0].userId } : { fault: 'Nobody in the studio has this name.' }
}

/** Reads every row by the mapping; what cannot be read is named by row and column, and the row has no project then. */
export async function readRows(
  table: Pick<CsvTable, 'columns' | 'rows' | 'lines'>,
  { mapping, dateOrder }: PreviewImportInput,
  people: readonly Assignable[],
): Promise<ReadRow[]> {
  const artists = Map.groupBy(people, ({ displayName }) => displayName.toLowerCase())
  const nameOf = new Map(people.map(({ userId, displayName }) => [userId, displayName]))
  const placeOf = new Map(mapping.flatMap((field, i) => (field ? [[field, i] as const] : [])))
  const readRow = (cells: string[], line: number): ReadRow => {
    const faults: RowFault[] = []
    const blame = (field: ImportField | null, message: string) => {
      const place = field === null ? undefined : placeOf.get(field)
      const column = place === undefined ? null : (table.columns[place] ?? null)
      const value = place === undefined ? '' : (cells[place] ?? '').slice(0, 200)
      faults.push({ row: line, column, field, value, message })
    }
    const input: Record<string, unknown> = {}
    for (const [field, place] of placeOf) {
      const value = readCell(cells[place] ?? '').trim()
      if (value === '') continue
      const cell = readField(field, value, dateOrder, artists)
      if ('fault' in cell) blame(field, cell.fault)
      else input[field === 'assignedArtist' ? 'assignedArtistId' : field] = cell.value
    }
    const parsed = rowInput.safeParse(input)
    for (const issue of parsed.error?.issues ?? []) {
      const { path } = issue
      const message =
        issue.code === 'invalid_value' ? `Write one of: ${issue.values.map(String).join(', ')}.` : issue.message
      const field = path[0] === 'assignedArtistId' ? 'assignedArtist' : (path[0] as ImportField | undefined)
      blame(field ?? null, field === 'petName' && !input['petName'] ? 'A pet needs a name.' : message)
    }
    const project = parsed.data
    if (project?.startDate && project.deadline && project.startDate > project.deadline)
      blame('startDate', 'The start lies after the deadline.')
    const assignedArtistName = project?.assignedArtistId ? (nameOf.get(project.assignedArtistId) ?? null) : null
    return { line, project: faults.length === 0 && project ? project : null, assignedArtistName, faults }
  }
  const read: ReadRow[] = []
  for (const [index, cells] of table.rows.entries()) {
    // Thousands of rows take a while: others get their turn in between.
    if (index % 500 === 499) await setImmediate()
    read.push(readRow(cells, table.lines[index] ?? index + 2))
  }
  return read
}
