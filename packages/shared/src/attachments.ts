import { z } from 'zod'
import { digest, id } from './text.ts'

/** 20 MiB. */
export const maxAttachmentBytes = 20_971_520
/** The most on one comment or message. */
export const maxAttachments = 5

/** What may be attached. The bytes decide, and never an archive. */
export const attachmentTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'application/pdf',
  'text/plain',
] as const

export const attachmentIds = z
  .array(id)
  .max(maxAttachments)
  .default([])
  .meta({ description: 'Of own attachments of the same project that belong to nothing yet.' })

export const attachmentForm = z.object({ file: z.string().meta({ format: 'binary' }) }).meta({ id: 'AttachmentForm' })

/** An attachment on its way: it is kept for a day, and for good once a comment or a message names it. */
export const newAttachmentView = z
  .object({ id, filename: z.string(), mimeType: z.string(), fileSize: z.int(), digest })
  .meta({ id: 'NewAttachment' })
export type NewAttachmentView = z.infer<typeof newAttachmentView>

export const attachmentView = z
  .object({
    id,
    filename: z.string(),
    mimeType: z.string(),
    fileSize: z.int(),
    url: z.string().meta({ description: 'Signed, for one to two hours; a picture is shown, all else is downloaded.' }),
  })
  .meta({ id: 'Attachment' })
export type AttachmentView = z.infer<typeof attachmentView>
