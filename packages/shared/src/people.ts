import { z } from 'zod'
import { id, name, time, version } from './text.ts'

/** Whose data: somebody who signs in, or a contact of an account. */
export const personSubject = z
  .union([z.strictObject({ userId: id }), z.strictObject({ contactId: id })])
  .meta({ id: 'PersonSubject' })
export type PersonSubject = z.infer<typeof personSubject>

export const jobStatuses = ['queued', 'running', 'finished', 'failed'] as const
export type JobStatus = (typeof jobStatuses)[number]

/** How long the link of an export is good, and the file kept. */
export const exportDays = 7

export const exportInput = z.object({ subject: personSubject }).meta({ id: 'ExportPersonInput' })
export const exportView = z
  .object({
    id,
    subject: personSubject,
    status: z.enum(jobStatuses),
    sizeBytes: z.int().nullable(),
    url: z.string().nullable().meta({ description: 'Signed, until `expiresAt`; every download goes on record.' }),
    expiresAt: time.nullable(),
    createdAt: time,
    finishedAt: time.nullable(),
    version,
  })
  .meta({ id: 'PersonExport' })
export type ExportView = z.infer<typeof exportView>

/** What becomes of live games: all go, or only those with a picture in them that came from the person. */
export const gameChoices = ['takeDown', 'keepWithoutPhotos'] as const
export type GameChoice = (typeof gameChoices)[number]

/** What becomes of documents on the person's projects: a law may ask for a contract that nobody else may keep. */
export const documentChoices = ['erase', 'keep'] as const
export type DocumentChoice = (typeof documentChoices)[number]

export const erasurePreviewInput = z
  .object({
    subject: personSubject,
    games: z.enum(gameChoices).default('takeDown'),
    documents: z.enum(documentChoices).default('erase'),
  })
  .meta({ id: 'PreviewErasureInput' })
export type ErasurePreviewInput = z.infer<typeof erasurePreviewInput>
export const erasureInput = erasurePreviewInput.extend({ reason: name(500) }).meta({ id: 'ErasePersonInput' })
export type ErasureInput = z.infer<typeof erasureInput>

export const erasureScope = z
  .object({
    name: z.string(),
    contacts: z.int(),
    projects: z.array(z.object({ id, petName: z.string() })),
    orders: z.int(),
    photos: z.int(),
    sprites: z.int().meta({ description: 'Made from the photos.' }),
    builds: z.int().meta({ description: 'With one of the photos or sprites in them.' }),
    liveGames: z.array(z.object({ id, slug: z.string(), kept: z.boolean() })),
    profiles: z.int(),
    documents: z.int().meta({ description: 'On the projects, whether they go or are kept.' }),
    reviews: z.int().meta({ description: 'Versions and decisions whose words go.' }),
    mails: z.int().meta({ description: 'Waiting or kept as delivered.' }),
    notifications: z.int(),
    messages: z.int().meta({ description: 'Written by the person, or in the conversations of their projects.' }),
    worksElsewhere: z
      .boolean()
      .meta({ description: 'A member of another studio too: there, and at the sign-in, they stay.' }),
    kept: z.array(z.enum(['auditRecords', 'orderNumbers', 'slugs', 'documents', 'account'])),
  })
  .meta({ id: 'ErasureScope' })
export type ErasureScope = z.infer<typeof erasureScope>

export const erasureView = z
  .object({
    id,
    subject: personSubject,
    reason: z.string(),
    games: z.enum(gameChoices),
    documents: z.enum(documentChoices),
    status: z.enum(jobStatuses),
    erased: z.record(z.string().max(40), z.int()).meta({ description: 'How many of what, once it has run.' }),
    createdAt: time,
    finishedAt: time.nullable(),
    version,
  })
  .meta({ id: 'Erasure' })
export type ErasureView = z.infer<typeof erasureView>
