import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { byteOrderMark, csvLine, readCell } from '@sparkle/shared/csv'
import {
  importForm,
  importPreview,
  importView,
  previewImportInput,
  startImportInput,
  type PreviewImportInput,
} from '@sparkle/shared/project-imports'
import { idParams } from '@sparkle/shared/text'
import { AppError } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { App } from '../../plugins/types.ts'
import { readImportForm } from './import-form.ts'
import { readRows } from './import-rows.ts'
import {
  assertFits,
  createImport,
  getOwnImport,
  importKey,
  keepMapping,
  startImport,
  toImportView,
  toPreview,
} from './project-imports.service.ts'
import { findImport, listAssignable, type ImportRow } from './project-imports.queries.ts'
import { readCsv, type CsvTable } from './read-csv.ts'

const tags = ['Project imports']

export async function projectImportRoutes(app: App): Promise<void> {
  const { db, store } = app.deps
  await app.register(multipart)

  /** The import and its table, read anew from the file: nothing of it is held between two requests. */
  async function open(request: FastifyRequest, id: string) {
    const { actor } = request
    const { row, people } = await inTenant(db, actor, async (tx) => ({
      row: await getOwnImport(tx, actor, id),
      people: await listAssignable(tx),
    }))
    const bytes = row.storageKey ? await store.get(row.storageKey) : undefined
    if (!bytes) throw new AppError('gone', 'import.file_gone', 'The file was kept for a week. Upload it again.')
    return { row, people, table: await readCsv(bytes) }
  }

  app.post(
    '/project-imports',
    {
      config: { access: 'projects:create', limit: { max: 30, windowSeconds: 60 } },
      bodyLimit: 6 * 1024 * 1024,
      schema: {
        operationId: 'createProjectImport',
        summary: 'Upload a CSV file of projects',
        description:
          'Encoding (UTF-8, UTF-16, Windows-1252) and delimiter are found out, columns are matched with fields by their titles. Nothing is imported yet.',
        tags,
        consumes: ['multipart/form-data'],
        body: importForm.nullish(),
        response: { 201: importView },
      },
    },
    async (req, reply) => {
      const { filename, bytes } = await readImportForm(req)
      const table = await readCsv(bytes)
      const id = newId()
      const key = importKey(req.actor.organizationId, id)
      // What an Idempotency-Key is compared by.
      req.body = { filename, digest: sha256(bytes) } as never
      // The row is asked first: where it is there after all (a commit whose answer was lost), its file stays.
      const discard = async () => {
        if (!(await inTenant(db, req.actor, (tx) => findImport(tx, id)))) await store.delete(key)
      }
      await store.put(key, bytes, 'text/csv')
      try {
        const made = await req.inTenant((tx) => createImport(tx, req.actor, id, filename, table))
        if (made.id !== id) await discard()
        return reply.code(201).send(made)
      } catch (error) {
        await discard()
        throw error
      }
    },
  )

  app.get(
    '/project-imports/:id',
    {
      config: { access: 'projects:create' },
      schema: {
        operationId: 'getProjectImport',
        summary: 'How far an import is',
        description: 'Your own imports. The sample is empty once the file is gone, a week after its upload.',
        tags,
        params: idParams,
        response: { 200: importView },
      },
    },
    async (req) => {
      const row = await req.inTenant((tx) => getOwnImport(tx, req.actor, req.params.id))
      const hasSample = row.status === 'draft' && row.storageKey !== null
      return toImportView(row, hasSample ? (await open(req, row.id)).table.rows : [])
    },
  )

  app.post(
    '/project-imports/:id/preview',
    {
      config: { access: 'projects:create', limit: { max: 60, windowSeconds: 60 } },
      schema: {
        operationId: 'previewProjectImport',
        summary: 'What an import would do',
        description:
          'Imports nothing: every row is read by the mapping, and faults are named by row and column. The mapping is kept for errors.csv.',
        tags,
        params: idParams,
        body: previewImportInput,
        response: { 200: importPreview },
      },
    },
    async (req) => {
      const { row, people, table } = await open(req, req.params.id)
      assertFits(row, req.body)
      const preview = toPreview(await readRows(table, req.body, people))
      await req.inTenant((tx) => keepMapping(tx, row.id, req.body))
      return preview
    },
  )

  app.post(
    '/project-imports/:id/start',
    {
      config: { access: 'projects:create' },
      schema: {
        operationId: 'startProjectImport',
        summary: 'Import the projects',
        description: 'A job does it; watch `passedCount`, or the event `project:import:advanced`.',
        tags,
        params: idParams,
        body: startImportInput,
        response: { 202: importView },
      },
    },
    async (req, reply) => {
      const { row, people, table } = await open(req, req.params.id)
      assertFits(row, req.body)
      const rows = await readRows(table, req.body, people)
      const begun = await req.inTenant((tx) => startImport(tx, req.actor, row.id, req.body, table, rows))
      return reply.code(202).send(begun)
    },
  )

  app.get(
    '/project-imports/:id/errors.csv',
    {
      config: { access: 'projects:create' },
      schema: {
        operationId: 'downloadImportErrors',
        summary: 'The rows with faults, as CSV',
        description: 'The columns of the file with the faults in front: mend them and import this file.',
        tags,
        produces: ['text/csv'],
        params: idParams,
        response: { 200: z.string().meta({ format: 'binary', description: 'One line for each faulty row.' }) },
      },
    },
    async (req, reply) => sendErrors(reply, await errorLines(await open(req, req.params.id))),
  )
}

interface Opened {
  row: ImportRow
  people: Awaited<ReturnType<typeof listAssignable>>
  table: CsvTable
}

async function errorLines({ row, people, table }: Opened): Promise<string> {
  const input: PreviewImportInput = { mapping: row.mapping, dateOrder: row.dateOrder === 'mdy' ? 'mdy' : 'dmy' }
  const rows = await readRows(table, input, people)
  const lines = rows.flatMap(({ faults, line }, index) => {
    if (faults.length === 0) return []
    const why = faults.map(({ column, message }) => (column ? `${column}: ${message}` : message)).join(' ')
    return [csvLine([String(line), why, ...(table.rows[index] ?? []).map(readCell)])]
  })
  return byteOrderMark + csvLine(['Row', 'Error', ...table.columns]) + lines.join('')
}

function sendErrors(reply: FastifyReply, csv: string): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="import-errors.csv"')
    .send(csv)
}
