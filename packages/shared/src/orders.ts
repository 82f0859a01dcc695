import { z } from 'zod'
import { gameWishes, packageTypes } from './games.ts'
import { projectStatuses } from './projects.ts'
import { email, filename, id, name, personName, phone, text, time } from './text.ts'

export const maxFileBytes = 10_485_760
export const maxOrderPhotos = 12
/** How many may be sent in all: one that could not be used takes no place of the twelve, and yet they have an end. */
export const maxSentPhotos = 3 * maxOrderPhotos
/** How long an uploaded photo waits for the order that names it. */
export const orderUploadKeptSeconds = 3600

export const orderInput = z
  .object({
    customer: z.object({ name: personName(120), email, phone: phone.optional() }),
    pet: z.object({
      name: name(60),
      breed: text(80).default(''),
      age: text(40).default(''),
      personality: text(1000).default(''),
    }),
    packageType: z.enum(packageTypes),
    gameConfig: gameWishes,
    uploadIds: z.array(id).max(maxOrderPhotos).default([]),
    consent: z
      .object({ version: text(40, 1) })
      .meta({ description: 'The version of the consent text that was accepted.' }),
  })
  .meta({ id: 'OrderInput' })
export type OrderInput = z.infer<typeof orderInput>

/** What somebody who is signed in orders. */
export const knownOrderInput = orderInput
  .extend({
    petProfileId: id.optional().meta({
      description: 'The profile of a pet that has been here before: fills in what is left out, and names its client.',
    }),
  })
  .meta({ id: 'KnownOrderInput' })
export type KnownOrderInput = z.infer<typeof knownOrderInput>

/** A staff entry keeps the same shape; consent may have been given on paper or by phone. */
export const orderReceipt = z.object({ orderNumber: z.string(), trackingUrl: z.string() }).meta({ id: 'OrderReceipt' })
export type OrderReceipt = z.infer<typeof orderReceipt>
export const staffOrderReceipt = orderReceipt.extend({ projectId: id }).meta({ id: 'StaffOrderReceipt' })

export const money = z.object({ amountMinor: z.int().min(0), currency: z.string().length(3) })
export const studioView = z
  .object({
    slug: z.string(),
    name: z.string(),
    tagline: z.string(),
    accent: z.string().nullable(),
    logoUrl: z.string().nullable(),
    orderIntro: z.string(),
    orderThanks: z.string(),
    packages: z.array(
      z.object({ type: z.enum(packageTypes), name: z.string(), description: z.string(), price: money, days: z.int() }),
    ),
    form: z.object({
      themes: z.array(z.string()),
      difficulties: z.array(z.string()),
      features: z.array(z.object({ id: z.string(), name: z.string() })),
      maxPhotos: z.int(),
      maxFileBytes: z.int(),
      acceptedTypes: z.array(z.string()),
      consent: z.object({ version: z.string(), text: z.string() }),
    }),
  })
  .meta({ id: 'PublicStudio' })
export type StudioView = z.infer<typeof studioView>

export const uploadInput = z
  .object({
    filename,
    mimeType: text(100, 3),
    sizeBytes: z.int().min(1),
  })
  .meta({ id: 'UploadInput' })
export type UploadInput = z.infer<typeof uploadInput>

export const signedUpload = z
  .object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) })
  .meta({ id: 'SignedUpload' })
export type SignedUpload = z.infer<typeof signedUpload>
/** The same upload in pieces: one that breaks off goes on where it stopped. */
export const resumableUpload = z
  .object({
    url: z.string().meta({ description: 'GET tells what has arrived, PUT with `?offset=` sends the next piece.' }),
    chunkBytes: z.int().meta({ description: 'The size of every piece but the last.' }),
  })
  .meta({ id: 'ResumableUpload' })
export type ResumableUpload = z.infer<typeof resumableUpload>
export const resumableState = z
  .object({ receivedBytes: z.int(), sizeBytes: z.int(), chunkBytes: z.int() })
  .meta({ id: 'ResumableState', description: 'Complete when `receivedBytes` has reached `sizeBytes`.' })
export type ResumableState = z.infer<typeof resumableState>
export const uploadTicket = z
  .object({ uploadId: id, upload: signedUpload, resumable: resumableUpload, expiresAt: time })
  .meta({ id: 'UploadTicket' })
export type UploadTicket = z.infer<typeof uploadTicket>

/** What the customer may see of an order: progress and the game, nothing internal. */
export const trackingView = z
  .object({
    orderNumber: z.string(),
    studio: z.object({ name: z.string(), slug: z.string() }),
    petName: z.string(),
    packageType: z.enum(packageTypes),
    status: z.enum(projectStatuses),
    steps: z.array(
      z.object({
        key: z.enum(['received', 'drawing', 'building', 'live']),
        state: z.enum(['done', 'current', 'waiting']),
        at: time.nullable(),
      }),
    ),
    photos: z.array(z.object({ thumbUrl: z.string().nullable(), status: z.string() })),
    photosLeft: z.int().meta({ description: 'How many more may be added; none after the work or in a closed studio.' }),
    gameUrl: z.string().nullable(),
    createdAt: time,
  })
  .meta({ id: 'OrderTracking' })
export type TrackingView = z.infer<typeof trackingView>

export const studioParams = z.object({ slug: text(40, 1) })
export const trackingParams = z.object({ token: text(120, 20) })
export const trackedPhotoInput = z.object({ uploadId: id }).meta({ id: 'TrackedPhotoInput' })
