import { z } from 'zod'
import {
  erasureInput,
  erasurePreviewInput,
  erasureScope,
  erasureView,
  exportInput,
  exportView,
} from '@sparkle/shared/people'
import { idParams, text } from '@sparkle/shared/text'
import type { PublicActor } from '../../core/actor.ts'
import { AppError, notFound } from '../../core/app-error.ts'
import { createArchiveSlots } from '../../core/archive-slots.ts'
import { recordAudit } from '../../core/audit.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { sendArchive } from '../../core/send-archive.ts'
import type { App } from '../../plugins/types.ts'
import { previewErasure } from './erasure-plan.ts'
import { exportKey, openExport } from './export-person.ts'
import { lockExport } from './people.queries.ts'
import { type ExportLinker, getErasure, getExport, requestErasure, requestExport } from './people.service.ts'
import { subjectOf } from './people.subject.ts'

const tags = ['Personal data']
const slots = { atOnce: 4, perLink: 2, stallMs: 60_000 }

/** What a person may ask of a studio: all that it keeps of them, and that it forgets them. */
export async function peopleRoutes(app: App): Promise<void> {
  const { db, store, crypto, config } = app.deps
  const link: ExportLinker = (organizationId, id, expiresAt) =>
    `${config.publicOrigin}/api/v1/public/person-exports/${crypto.signToken('person-export', [organizationId, id], new Date(expiresAt))}`

  const slotOf = createArchiveSlots(slots)

  app.post(
    '/people/exports',
    {
      config: { access: 'people:export', stepUp: true, lasting: true },
      schema: {
        operationId: 'exportPerson',
        summary: "Export a person's data",
        description: 'A zip of JSON, a readable page and the own photos. Whoever asks gets a mail when it is ready.',
        tags,
        body: exportInput,
        response: { 202: exportView },
      },
    },
    async (req, reply) => {
      const made = await req.inTenant((tx) => requestExport(tx, crypto, link, req.actor, req.body.subject))
      return reply.code(202).send(made)
    },
  )

  app.get(
    '/people/exports/:id',
    {
      config: { access: 'people:export' },
      schema: {
        operationId: 'getPersonExport',
        summary: 'How far an export is, and its link',
        tags,
        params: idParams,
        response: { 200: exportView },
      },
    },
    (req) => req.inTenant((tx) => getExport(tx, link, req.actor, req.params.id, false)),
  )

  app.post(
    '/me/export',
    {
      config: { access: 'signed-in', stepUp: true },
      schema: {
        operationId: 'exportOwnData',
        summary: 'Export your own data',
        description: 'What the active studio keeps of you. You get a mail when it is ready.',
        tags,
        response: { 202: exportView },
      },
    },
    async (req, reply) => {
      const subject = { userId: req.actor.userId }
      const made = await req.inTenant((tx) => requestExport(tx, crypto, link, req.actor, subject))
      return reply.code(202).send(made)
    },
  )

  app.get(
    '/me/exports/:id',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'getOwnExport',
        summary: 'How far your own export is, and its link',
        tags,
        params: idParams,
        response: { 200: exportView },
      },
    },
    (req) => req.inTenant((tx) => getExport(tx, link, req.actor, req.params.id, true)),
  )

  app.get(
    '/public/person-exports/:token',
    {
      // Answering HEAD would write the whole archive only to throw it away.
      exposeHeadRoute: false,
      config: { access: 'public', limit: { max: 60, windowSeconds: 60 } },
      schema: {
        operationId: 'downloadPersonExport',
        summary: 'Download an export by its signed link',
        description:
          'Good for 7 days. The archive is written while it is sent; every download goes on record. 410 ' +
          '`person_export.outdated` for one made by an earlier release: ask for a new one.',
        tags,
        produces: ['application/zip'],
        params: z.object({ token: text(400, 1) }),
        response: { 200: z.string().meta({ format: 'binary', description: 'The bytes of the archive.' }) },
      },
    },
    async (req, reply) => {
      const [organizationId, id] = crypto.readToken('person-export', req.params.token) ?? []
      if (!organizationId || !id) return notFound('person_export')
      const actor: PublicActor = { kind: 'public', organizationId, origin: req.origin }
      const slot = slotOf(id)
      slot.take()
      try {
        const file = await inTenant(db, actor, async (tx) => {
          const row = await lockExport(tx, id)
          if (!row?.storageKey || !row.digest) return undefined
          // A whole archive, as it was stored once: what has been erased since would still be in it.
          if (row.storageKey !== exportKey(organizationId, id))
            throw new AppError(
              'gone',
              'person_export.outdated',
              'This export was made before an update of SparkleClassic. Ask for a new one.',
            )
          return { storageKey: row.storageKey, digest: row.digest }
        })
        const archive = (file && (await openExport(store, file))) ?? notFound('person_export')
        // On record before its first byte goes out, and only where there is something to send.
        const caller = req.caller?.organizationId === organizationId ? req.caller : actor
        await inTenant(db, actor, (tx) =>
          recordAudit(tx, caller, 'user:export:downloaded', { entity: 'person_export', id }),
        )
        return sendArchive(req, reply, slot.fill(archive), 'personal-data.zip')
      } catch (error) {
        slot.release()
        throw error
      }
    },
  )

  app.post(
    '/people/erasures/preview',
    {
      config: { access: 'people:erase', stepUp: true },
      schema: {
        operationId: 'previewErasure',
        summary: 'What would go with a person',
        description: 'Projects, photos, sprites, builds, live games, mails; and what is kept. Changes nothing.',
        tags,
        body: erasurePreviewInput,
        response: { 200: erasureScope },
      },
    },
    (req) => req.inTenant((tx) => previewErasure(tx, crypto, subjectOf(req.body.subject), req.body)),
  )

  app.post(
    '/people/erasures',
    {
      config: { access: 'people:erase', stepUp: true },
      schema: {
        operationId: 'erasePerson',
        summary: 'Erase a person',
        description:
          'Takes their games down, deletes photos and everything made from them, blanks their data and makes what the record keeps of them unreadable. Cannot be taken back.',
        tags,
        body: erasureInput,
        response: { 202: erasureView },
      },
    },
    async (req, reply) => {
      const made = await req.inTenant((tx) => requestErasure(tx, crypto, req.actor, req.body))
      return reply.code(202).send(made)
    },
  )

  app.get(
    '/people/erasures/:id',
    {
      config: { access: 'people:erase' },
      schema: {
        operationId: 'getErasure',
        summary: 'How far an erasure is',
        tags,
        params: idParams,
        response: { 200: erasureView },
      },
    },
    (req) => req.inTenant((tx) => getErasure(tx, req.params.id)),
  )
}
