import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { downloadMinutes, downloadView } from '@sparkle/shared/downloads'
import { idParams, text } from '@sparkle/shared/text'
import type { PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { createArchiveSlots, type ArchiveSlot } from '../../core/archive-slots.ts'
import { recordAudit } from '../../core/audit.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { packFiles, type PackedFile } from '../../core/pack-files.ts'
import { recordRanges } from '../../core/range-records.ts'
import { readStored } from '../../core/read-stored.ts'
import { sendArchive } from '../../core/send-archive.ts'
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

/**
 * What a link gives, put on record: the one file of a version, or files for an archive and its name. An archive is sent
 * whole, whatever range was asked for, so that only of a file `isRecorded` can be true; its place in `slot` is taken
 * before it goes on record.
 */
function openDownload(
  db: Deps['db'],
  request: FastifyRequest,
  link: DownloadLink,
  { isRecorded, slot }: { isRecorded: boolean; slot: ArchiveSlot },
) {
  const { kind, organizationId, linkId, id } = link
  const actor: PublicActor = { kind: 'public', organizationId, origin: request.origin }
  return inTenant(db, actor, async (tx): Promise<{ files: PackedFile[]; archive: string | null }> => {
    await assertStillGood(tx, link)
    const caller = callerOf(request, link)
    if (kind === 'version') {
      const { version, files } = await openVersionFiles(tx, id)
      const { projectId, digest, number, petName, buildId } = version
      if (buildId) slot.take()
      if (buildId || !isRecorded)
        await recordAudit(tx, caller, 'version:downloaded', {
          entity: 'version',
          id,
          projectId,
          changes: { linkId, digest },
        })
      return { files, archive: buildId ? `${petName} v${number}.zip` : null }
    }
    const project = (await findProject(tx, id)) ?? notFound('project')
    if (project.deletedAt) notFound('project')
    const { files, versionIds } = await findDelivery(tx, id)
    if (files.length === 0) notFound('version_file')
    slot.take()
    await recordAudit(tx, caller, 'project:delivered', { entity: 'project', id, changes: { linkId, versionIds } })
    return { files, archive: `${project.petName}.zip` }
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
      const { range } = req.headers
      const slot = slotOf(link.linkId)
      const { files, archive } = await recordRanges(
        app.limits,
        { range, key: link.linkId, ttlSeconds: downloadMinutes * 60 },
        (isRecorded) => openDownload(db, req, link, { isRecorded, slot }),
      ).catch((error: unknown) => {
        slot.release()
        throw error
      })
      if (archive !== null) return sendArchive(req, reply, slot.fill(packFiles(store, files)), safeName(archive))
      const [file] = files
      if (!file) return notFound('version_file')
      const served = { mimeType: 'application/octet-stream', digest: file.digest, load: () => readStored(store, file) }
      return serveFile(req, reply, served, { cacheControl: 'private, no-store', downloadAs: file.path })
    },
  )
}
