import { z } from 'zod'
import {
  fileUploadInput,
  fileUploadTicket,
  fileVersionList,
  projectFileList,
  projectFileQuery,
  projectFileView,
  renameFileInput,
} from '@sparkle/shared/project-files'
import { idParams, text } from '@sparkle/shared/text'
import { actorUserId, type PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { inTenant, inTenantRead } from '../../core/in-tenant.ts'
import { recordRanges } from '../../core/range-records.ts'
import { readStored } from '../../core/read-stored.ts'
import type { App } from '../../plugins/types.ts'
import { serveFile } from '../../core/serve-file.ts'
import { linkedVersion } from './project-files.queries.ts'
import {
  createFileLinker,
  deleteFile,
  getFile,
  listFileViews,
  listVersions,
  renameFile,
} from './project-files.service.ts'
import { completeDocument, signDocument } from './store-document.ts'

const tags = ['Project files']

export async function projectFileRoutes(app: App): Promise<void> {
  const { db, store, scanner, crypto, config } = app.deps

  const link = createFileLinker(crypto, config.publicOrigin)

  app.get(
    '/projects/:id/files',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'listProjectFiles',
        summary: "A project's documents",
        tags,
        params: idParams,
        querystring: projectFileQuery,
        response: { 200: projectFileList },
      },
    },
    (req) => req.inTenant((tx) => listFileViews(tx, link, req.actor, req.params.id, req.query)),
  )

  app.post(
    '/projects/:id/files/uploads',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'startProjectFileUpload',
        summary: 'Ask for an upload of a document',
        description: 'Any type, at most 50 MiB. Send the bytes to the signed address, then declare them complete.',
        tags,
        params: idParams,
        body: fileUploadInput,
        response: { 201: fileUploadTicket },
      },
    },
    async (req, reply) => reply.code(201).send(await signDocument(store, req, req.params.id, req.body)),
  )

  app.post(
    '/project-files/uploads/:id/complete',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'completeProjectFileUpload',
        summary: 'Declare an upload complete',
        tags,
        params: idParams,
        response: { 200: projectFileView },
      },
    },
    (req) => completeDocument({ db, store, scanner }, link, req, req.params.id),
  )

  app.get(
    '/project-files/:id',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'getProjectFile',
        summary: 'One document',
        tags,
        params: idParams,
        response: { 200: projectFileView },
      },
    },
    (req) => req.inTenant((tx) => getFile(tx, link, req.actor, req.params.id)),
  )

  app.get(
    '/project-files/:id/versions',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'listProjectFileVersions',
        summary: 'The versions of a document',
        description: 'Newest first, at most 200.',
        tags,
        params: idParams,
        response: { 200: fileVersionList },
      },
    },
    (req) => req.inTenant((tx) => listVersions(tx, link, req.actor, req.params.id)),
  )

  app.patch(
    '/project-files/:id',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'renameProjectFile',
        summary: 'Rename a document',
        tags,
        params: idParams,
        body: renameFileInput,
        response: { 200: projectFileView },
      },
    },
    (req) => req.inTenant((tx) => renameFile(tx, link, req.actor, req.params.id, req.body.name, req.ifMatch)),
  )

  app.delete(
    '/project-files/:id',
    {
      config: { access: 'projects:update' },
      schema: {
        operationId: 'deleteProjectFile',
        summary: 'Delete a document',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => deleteFile(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/documents/:token',
    {
      config: { access: 'public', limit: { max: 600, windowSeconds: 60 } },
      schema: {
        operationId: 'downloadProjectFile',
        summary: 'Download a document by its signed link',
        description: 'Always an attachment of no particular type, so that no browser ever shows it as a page of ours.',
        tags,
        produces: ['application/octet-stream'],
        params: z.object({ token: text(400, 1) }),
        response: { 200: z.string().meta({ format: 'binary', description: 'The bytes of the document.' }) },
      },
    },
    async (req, reply) => {
      const [organizationId, id] = crypto.readToken('project-file', req.params.token) ?? []
      if (!organizationId || !id) return notFound('project_file')
      const origin = { address: req.ip, userAgent: (req.headers['user-agent'] ?? '').slice(0, 300), requestId: req.id }
      const actor: PublicActor = { kind: 'public', organizationId, origin }
      const [file] = await inTenantRead(db, actor, (tx) => tx.run(linkedVersion, { organizationId, id }))
      if (!file?.digest) return notFound('project_file')
      const { digest, storageKey, name, fileId, projectId } = file
      const caller = req.caller?.organizationId === organizationId ? req.caller : actor
      const who = caller.kind === 'guest' ? caller.visitId : (actorUserId(caller) ?? req.ip)
      const part = { range: req.headers.range, key: `${id}:${who}`, ttlSeconds: 3600 }
      const subject = { entity: 'project_file', id: fileId, projectId, changes: { name, digest } } as const
      const load = () => readStored(store, { storageKey, digest })
      const served = { mimeType: 'application/octet-stream', digest, load }
      return serveFile(req, reply, served, {
        cacheControl: 'private, max-age=300',
        downloadAs: name,
        record: () =>
          recordRanges(app.limits, part, () =>
            inTenant(db, actor, (tx) => recordAudit(tx, caller, 'document:downloaded', subject)),
          ),
      })
    },
  )
}
