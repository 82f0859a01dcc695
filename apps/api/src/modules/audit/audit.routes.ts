import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  auditHistoryQuery,
  auditDetail,
  auditDetailQuery,
  auditHistory,
  auditList,
  chainView,
  exportAuditQuery,
  historyParams,
  listAuditQuery,
  restoreInput,
  restorePreview,
  restoreResult,
} from '@sparkle/shared/audit'
import { idParams } from '@sparkle/shared/text'
import { createLinker } from '../../core/file-links.ts'
import type { App } from '../../plugins/types.ts'
import { getEntry, listEntries, listHistory, recordExport } from './audit.service.ts'
import { exportRecords } from './export-audit.ts'
import { previewRestore, restoreEntry } from './restore.service.ts'
import { createVerifier } from './verify-chain.ts'

const tags = ['Audit']

/** The schema of a file says `string`; its bytes go past the serialiser. */
function sendStream(reply: FastifyReply, stream: Readable): FastifyReply {
  return reply.send(stream)
}

export async function auditRoutes(app: App): Promise<void> {
  const { crypto, config, db } = app.deps
  const { publicOrigin, gamesOrigin } = config
  const tools = { crypto, link: createLinker(crypto, publicOrigin), gamesOrigin, publicOrigin }
  const verify = createVerifier(app.deps)

  app.get(
    '/audit',
    {
      config: { access: 'audit:read' },
      schema: {
        operationId: 'listAudit',
        summary: 'Who changed, read and took out what',
        description: 'Newest first. Entries never change; their chain is checked by `GET /audit/verify`.',
        tags,
        querystring: listAuditQuery,
        response: { 200: auditList },
      },
    },
    (req) => req.inTenant((tx) => listEntries(tx, req.query)),
  )

  app.get(
    '/audit/verify',
    {
      config: { access: 'audit:read', limit: { max: 10, windowSeconds: 60 } },
      schema: {
        operationId: 'verifyAudit',
        summary: 'Check the chain of the log',
        description: 'Walks the whole chain and names the first link that does not hold.',
        tags,
        response: { 200: chainView },
      },
    },
    (req) => verify(req.actor.organizationId),
  )

  app.get(
    '/audit/export',
    {
      config: { access: 'audit:export' },
      schema: {
        operationId: 'exportAudit',
        summary: 'The log as a file',
        description:
          'The filters of the list, newest first, as CSV for reading or NDJSON with the whole entries. Personal values stay sealed. The export is itself put on record.',
        tags,
        produces: ['text/csv', 'application/x-ndjson'],
        querystring: exportAuditQuery,
        response: { 200: z.string().meta({ format: 'binary', description: 'One line for each entry.' }) },
      },
    },
    async (req, reply) => {
      const { actor } = req
      const { format, ...filter } = req.query
      await req.inTenant((tx) => recordExport(tx, actor, { ...filter, format }))
      reply
        .header('content-disposition', `attachment; filename="audit.${format}"`)
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
      return sendStream(reply, Readable.from(exportRecords(db, actor, filter, format)))
    },
  )

  app.get(
    '/audit/entities/:entity/:id',
    {
      config: { access: 'audit:read' },
      schema: {
        operationId: 'getEntityHistory',
        summary: 'What has become of one thing',
        description: 'Newest first, each entry with the values that changed. Personal values stay sealed.',
        tags,
        params: historyParams,
        querystring: auditHistoryQuery,
        response: { 200: auditHistory },
      },
    },
    (req) => req.inTenant((tx) => listHistory(tx, req.params.entity, req.params.id, req.query)),
  )

  app.get(
    '/audit/:id',
    {
      config: { access: 'audit:read' },
      schema: {
        operationId: 'getAuditEntry',
        summary: 'One entry, with the row before and after',
        tags,
        params: idParams,
        querystring: auditDetailQuery,
        response: { 200: auditDetail },
      },
    },
    (req) => req.inTenant((tx) => getEntry(tx, req.actor, req.params.id, req.query.personal === 'true')),
  )

  app.post(
    '/audit/:id/restore/preview',
    {
      // The reply may hold personal values, which an idempotency key would keep for a day.
      config: { access: 'audit:restore', idempotent: false },
      schema: {
        operationId: 'previewRestore',
        summary: 'What a restore would change now',
        tags,
        params: idParams,
        body: restoreInput,
        response: { 200: restorePreview },
      },
    },
    (req) => req.inTenant((tx) => previewRestore(tx, req.actor, req.params.id, req.body)),
  )

  app.post(
    '/audit/:id/restore',
    {
      config: { access: 'audit:restore', stepUp: true },
      schema: {
        operationId: 'restoreFromAudit',
        summary: 'Bring a thing back to an earlier state',
        description:
          'As far as it is legal now; `kept` names the rest. `If-Match` names the version of the thing, as the preview gave it.',
        tags,
        params: idParams,
        body: restoreInput,
        response: { 200: restoreResult },
      },
    },
    (req) => req.inTenant((tx) => restoreEntry(tx, tools, req.actor, req.params.id, req.body, req.ifMatch)),
  )
}
