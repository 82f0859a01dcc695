import { z } from 'zod'
import { date, id, time, version } from './text.ts'

export const maxImportBytes = 5_242_880
export const maxImportRows = 20_000
const maxImportColumns = 100

export const importStatuses = ['draft', 'queued', 'running', 'finished', 'failed'] as const
export type ImportStatus = (typeof importStatuses)[number]

/** What happens where some rows cannot be read: the others come in, or none does. */
export const importModes = ['valid', 'all'] as const
export type ImportMode = (typeof importModes)[number]

/** What a column can be; also the columns of an export, in this order. */
export const importFields = [
  'name',
  'petName',
  'petBreed',
  'petAge',
  'petPersonality',
  'customerName',
  'customerEmail',
  'customerPhone',
  'packageType',
  'status',
  'priority',
  'assignedArtist',
  'startDate',
  'deadline',
  'budgetHours',
  'estimatedHours',
  'actualHours',
  'description',
  'notes',
] as const
export type ImportField = (typeof importFields)[number]

/** Which field each column of the file fills, by its place; null leaves a column out. */
export const columnMapping = z.array(z.enum(importFields).nullable()).max(maxImportColumns)
export type ColumnMapping = z.infer<typeof columnMapping>

export const dateOrders = ['dmy', 'mdy'] as const
export type DateOrder = (typeof dateOrders)[number]
const dateOrder = z
  .enum(dateOrders)
  .default('dmy')
  .meta({ description: 'How 03/04/2027 is read; 2027-04-03 and 3.4.2027 always mean 3 April.' })

const mappingInput = {
  mapping: columnMapping.refine(
    (columns) => {
      const used = columns.filter((field) => field !== null)
      return used.includes('petName') && new Set(used).size === used.length
    },
    { error: "One column has to be the pet's name, and no field may be filled twice." },
  ),
  dateOrder,
}
export const previewImportInput = z.object(mappingInput).meta({ id: 'PreviewImportInput' })
export type PreviewImportInput = z.infer<typeof previewImportInput>
export const startImportInput = z
  .object({
    ...mappingInput,
    mode: z
      .enum(importModes)
      .default('valid')
      .meta({ description: '`all`: every row, or none where one has a fault.' }),
  })
  .meta({ id: 'StartImportInput' })
export type StartImportInput = z.infer<typeof startImportInput>

export const importView = z
  .object({
    id,
    filename: z.string(),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    delimiter: z.string(),
    columns: z.array(z.string()),
    sample: z.array(z.array(z.string())).meta({ description: 'The first rows as they stand in the file.' }),
    mapping: columnMapping.meta({ description: 'As guessed from the titles, or as last chosen.' }),
    dateOrder: z.enum(dateOrders),
    rowCount: z.int(),
    status: z.enum(importStatuses),
    mode: z.enum(importModes).nullable(),
    importedCount: z.int(),
    failedCount: z.int().meta({ description: 'Rows with faults that were left out.' }),
    passedCount: z.int().meta({ description: 'Rows the job has been through.' }),
    createdAt: time,
    finishedAt: time.nullable(),
    version,
  })
  .meta({ id: 'ProjectImport' })
export type ImportView = z.infer<typeof importView>

export const rowFault = z.object({
  row: z.int().meta({ description: 'The line of the table, its title being 1.' }),
  column: z.string().nullable().meta({ description: 'The title of the column; null where the whole row is meant.' }),
  field: z.enum(importFields).nullable(),
  value: z.string(),
  message: z.string(),
})
export type RowFault = z.infer<typeof rowFault>

export const importPreview = z
  .object({
    rowCount: z.int(),
    validCount: z.int(),
    faultyCount: z.int().meta({ description: 'Rows with at least one fault.' }),
    faults: z.array(rowFault).meta({ description: 'The first 200; all of them are in errors.csv.' }),
    rows: z
      .array(
        z.object({
          row: z.int(),
          petName: z.string(),
          customerName: z.string().nullable(),
          status: z.string(),
          priority: z.string(),
          assignedArtistName: z.string().nullable(),
          deadline: date.nullable(),
        }),
      )
      .meta({ description: 'The first projects as they would be made.' }),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof importPreview>

export const importForm = z
  .object({ file: z.string().meta({ format: 'binary' }) })
  .meta({ id: 'ImportForm', description: 'One CSV file of at most 5 MiB and 20,000 rows.' })
