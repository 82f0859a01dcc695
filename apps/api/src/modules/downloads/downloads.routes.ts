import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { downloadMinutes, downloadView } from '@sparkle/shared/downloads'
import type { AuditAction } from '@sparkle/shared/events'
import { idParams, text } from '@sparkle/shared/text'
import type { PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { createArchiveSlots } from '../../core/archive-slots.ts'
import { recordAudit, type AuditSubject } from '../../core/audit.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { packFiles, type PackedFile } from '../../core/pack-files.ts'
import { recordRanges } from '../../core/range-records.ts'
import { readStored } from '../../core/read-stored.ts'
import { sendArchive, startArchive } from '../../core/send-archive.ts'
import { serveFile } from '../../core/serve-file.ts'
import type { App, Deps } from '../../plugins/types.ts'
import { findProject } from '../projects/projects.queries.ts'
import {
  assertStillGood,
  findDelivery,
  linkDelivery,
  linkVersion,
  openVersionFiles,
  readDownload,
  type DownloadLink,
} from './downloads.service.ts'
import { safeName } from './safe-names.ts'

const tags = ['Downloads']
const slots = { atOnce: 8, perLink: 2, stallMs: 60_000 }

/** Whose request it is: of somebody signed in to the studio of the link, or of whoever was given it. */
function callerOf(request: FastifyRequest, { organizationId }: DownloadLink) {
  const actor: PublicActor = { kind: 'public', organizationId, origin: request.origin }
  return request.caller?.organizationId === organizationId ? request.caller : actor
}

interface Download {
  files: PackedFile[]
  /** The name of the archive; null where one file is sent as it is. */
  archive: string | null
  /** Puts it on record. Called once the store has given something, and before anything is sent. */
  record: () => Promise<void>
}

/** What a link gives: the one file of a version, or files for an archive. */
function openDownload(db: Deps['db'], request: FastifyRequest, link: DownloadLink): Promise<Download> {
  const { kind, organizationId, linkId, id } = link
  const actor: PublicActor = { kind: 'public', organizationId, origin: request.origin }
  const recorded = (action: AuditAction, subject: AuditSubject) => () =>
    inTenant(db, actor, (tx) => recordAudit(tx, callerOf(request, link), action, subject))
  return inTenant(db, actor, async (tx): Promise<Download> => {
    await assertStillGood(tx, link)
    if (kind === 'version') {
      const { version, files } = await openVersionFiles(tx, id)
      const { projectId, digest, number, petName, buildId } = version
      const subject = { entity: 'version', id, projectId, changes: { linkId, digest } } as const
      return {
        files,
        archive: buildId ? `${petName} v${number}.zip` : null,
        record: recorded('version:downloaded', subject),
      }
    }
    const project = (await findProject(tx, id)) ?? notFound('project')
    if (project.deletedAt) notFound('project')
    const { files, versionIds } = await findDelivery(tx, id)
    if (files.length === 0) notFound('version_file')
    const subject = { entity: 'project', id, changes: { linkId, versionIds } } as const
    return { files, archive: `${project.petName}.zip`, record: recorded('project:delivered', subject) }
  })
}

export async function downloadRoutes(app: App): Promise<void> {
  const { db, store, crypto, config } = app.deps
  const tools = { crypto, publicOrigin: config.publicOrigin }
  const slotOf = createArchiveSlots(slots)

  app.post(
    '/versions/:id/downloads',
    {
      config: { access: 'reviews:read', guests: true, idempotent: false },
      schema: {
        operationId: 'downloadVersion',
        summary: 'A link to the files of a version',
        description: `Good for ${downloadMinutes} minutes: a game as a zip, anything else as the file it is. Who asks and each download go on record.`,
        tags,
        params: idParams,
        response: { 201: downloadView },
      },
    },
    async (req, reply) =>
      reply.code(201).send(await req.inTenant((tx) => linkVersion(tx, tools, req.reviewer, req.params.id))),
  )

  app.post(
    '/projects/:id/deliveries',
    {
      config: { access: 'reviews:read', guests: true, idempotent: false },
      schema: {
        operationId: 'deliverProject',
        summary: 'A link to everything of a project, as one zip',
        description:
          'Of each deliverable what is approved, else what was sent last. The archive is written while it is sent.',
        tags,
        params: idParams,
        response: { 201: downloadView },
      },
    },
    async (req, reply) =>
      reply.code(201).send(await req.inTenant((tx) => linkDelivery(tx, tools, req.reviewer, req.params.id))),
  )

  app.get(
    '/downloads/:token',
    {
      // Answering HEAD would write the whole archive only to throw it away.
      exposeHeadRoute: false,
      config: { access: 'public', limit: { max: 120, windowSeconds: 60 } },
      schema: {
        operationId: 'getDownload',
        summary: 'Download by a signed link',
        tags,
        produces: ['application/octet-stream', 'application/zip'],
        params: z.object({ token: text(400, 1) }),
        response: { 200: z.string().meta({ format: 'binary', description: 'The bytes of the file or the archive.' }) },
      },
    },
    async (req, reply) => {
      const link = readDownload(tools, req.params.token) ?? notFound('download')
      const { files, archive, record } = await openDownload(db, req, link)
      if (archive !== null) {
        // Sent whole, whatever range was asked for, and so on record each time.
        const slot = slotOf(link.linkId)
        slot.take()
        try {
          const chunks = await startArchive(req, packFiles(store, files))
          await record()
          return sendArchive(req, reply, slot.fill(chunks), safeName(archive))
        } catch (error) {
          slot.release()
          throw error
        }
      }
      const [file] = files
      if (!file) return notFound('version_file')
      const served = { mimeType: 'application/octet-stream', digest: file.digest, load: () => readStored(store, file) }
      const part = { range: req.headers.range, key: link.linkId, ttlSeconds: downloadMinutes * 60 }
      return serveFile(req, reply, served, {
        cacheControl: 'private, no-store',
        downloadAs: file.path,
        record: () => recordRanges(app.limits, part, record),
      })
    },
  )
}
