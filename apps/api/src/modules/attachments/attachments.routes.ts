import multipart from '@fastify/multipart'
import { z } from 'zod'
import { attachmentForm, maxAttachmentBytes, newAttachmentView } from '@sparkle/shared/attachments'
import { idParams, text } from '@sparkle/shared/text'
import { actorUserId, type PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { isStillGiven } from '../../core/guest-visits.ts'
import { inTenant, inTenantRead } from '../../core/in-tenant.ts'
import { recordRanges } from '../../core/range-records.ts'
import { createFileReader } from '../../core/read-stored.ts'
import { serveFile } from '../../core/serve-file.ts'
import type { App } from '../../plugins/types.ts'
import { linkedAttachment } from './attachments.queries.ts'
import { storeAttachment } from './store-attachment.ts'

const tags = ['Attachments']
/** Room for the form around the file: boundaries and headers. */
const formBytes = 16_384

/** Files that hang on comments and messages. */
export async function attachmentRoutes(app: App): Promise<void> {
  const { db, store, scanner, crypto } = app.deps
  const read = createFileReader(store)
  await app.register(multipart)

  app.post(
    '/projects/:id/attachments',
    {
      config: { access: 'reviews:comment', guests: true, limit: { max: 60, windowSeconds: 60 } },
      bodyLimit: maxAttachmentBytes + formBytes,
      schema: {
        operationId: 'addAttachment',
        summary: 'Upload a file for a comment or a message',
        description:
          'A form with `file`: a picture, a PDF or plain text of at most 20 MiB, checked by its bytes. A picture is made ' +
          'anew without metadata and location. What no comment or message names within a day is deleted.',
        tags,
        consumes: ['multipart/form-data'],
        params: idParams,
        body: attachmentForm.nullish(),
        response: { 201: newAttachmentView },
      },
    },
    async (req, reply) => reply.code(201).send(await storeAttachment({ db, store, scanner }, req, req.params.id)),
  )

  app.get(
    '/attachments/:token',
    {
      config: { access: 'public', limit: { max: 1200, windowSeconds: 60 } },
      schema: {
        operationId: 'getAttachment',
        summary: 'An attached file by its signed link',
        description:
          'A picture is shown; anything else is a download of no particular type, which goes on record. The link ends ' +
          'with what the file belongs to, and one that a guest was given with their visit.',
        tags,
        produces: ['application/octet-stream'],
        params: z.object({ token: text(400, 1) }),
        response: { 200: z.string().meta({ format: 'binary', description: 'The bytes of the file.' }) },
      },
    },
    async (req, reply) => {
      const [organizationId, id, visitId] = crypto.readToken('attachment', req.params.token) ?? []
      if (!organizationId || !id) return notFound('attachment')
      const actor: PublicActor = { kind: 'public', organizationId, origin: req.origin }
      const [file] = await inTenantRead(db, actor, async (tx) =>
        (await isStillGiven(tx, visitId)) ? tx.run(linkedAttachment, { organizationId, id }) : [],
      )
      if (!file) return notFound('attachment')
      const load = () => read(file)
      if (file.mimeType.startsWith('image/'))
        return serveFile(
          req,
          reply,
          { ...file, load },
          { cacheControl: visitId ? 'private, no-cache' : 'private, max-age=3600' },
        )
      const caller = req.caller?.organizationId === organizationId ? req.caller : actor
      const who = caller.kind === 'guest' ? caller.visitId : (actorUserId(caller) ?? req.ip)
      const part = { range: req.headers.range, key: `${id}:${who}`, ttlSeconds: 3600 }
      const changes = { digest: file.digest }
      const subject = { entity: 'attachment', id, projectId: file.projectId, changes } as const
      const served = { mimeType: 'application/octet-stream', digest: file.digest, load }
      return serveFile(req, reply, served, {
        cacheControl: visitId ? 'private, no-cache' : 'private, max-age=300',
        downloadAs: file.filename,
        record: () =>
          recordRanges(app.limits, part, () =>
            inTenant(db, actor, (tx) => recordAudit(tx, caller, 'attachment:downloaded', subject)),
          ),
      })
    },
  )
}
