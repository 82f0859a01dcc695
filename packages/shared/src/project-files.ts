import { z } from 'zod'
import { listOf, pageQuery, wholeListOf, sortedBy } from './lists.ts'
import { signedUpload } from './orders.ts'
import { filename, id, name, text, time, version } from './text.ts'

/** 50 MiB, as for a studio's own builds. */
export const maxDocumentBytes = 52_428_800

export const fileUploadInput = z
  .object({
    filename,
    mimeType: text(100)
      .regex(/^[\w.+-]+\/[\w.+-]+$/, { error: 'Must be a media type such as application/pdf.' })
      .default('application/octet-stream'),
    sizeBytes: z.int().min(1).max(maxDocumentBytes),
    fileId: id.optional().meta({ description: 'The file this becomes a new version of; without it, a new file.' }),
  })
  .meta({ id: 'ProjectFileUploadInput' })
export type FileUploadInput = z.infer<typeof fileUploadInput>

export const fileUploadTicket = z
  .object({
    uploadId: id.meta({ description: 'Declare the upload complete with it once the bytes are sent.' }),
    fileId: id,
    upload: signedUpload,
    expiresAt: time,
  })
  .meta({ id: 'ProjectFileUploadTicket' })
export type FileUploadTicket = z.infer<typeof fileUploadTicket>

export const fileVersionView = z
  .object({
    id,
    number: z.int(),
    filename: z.string().meta({ description: 'What it was called when it was uploaded.' }),
    mimeType: z.string(),
    sizeBytes: z.int(),
    digest: z.string(),
    uploadedBy: id.nullable(),
    uploadedByName: z.string().nullable(),
    uploadedAt: time,
    downloadUrl: z.string().meta({ description: 'Signed, for a day; always sent as an attachment.' }),
  })
  .meta({ id: 'ProjectFileVersion' })
export type FileVersionView = z.infer<typeof fileVersionView>

export const projectFileView = z
  .object({
    id,
    projectId: id,
    name: z.string(),
    current: fileVersionView,
    versionCount: z.int(),
    createdAt: time,
    updatedAt: time,
    version,
  })
  .meta({ id: 'ProjectFile' })
export type ProjectFileView = z.infer<typeof projectFileView>

export const projectFileList = listOf(projectFileView)
export type ProjectFileList = z.infer<typeof projectFileList>
export const projectFileQuery = pageQuery.extend(sortedBy('-createdAt', 'createdAt'))
export type ProjectFileQuery = z.infer<typeof projectFileQuery>
export const fileVersionList = wholeListOf(fileVersionView)
export const renameFileInput = z.object({ name: name(200).pipe(filename) }).meta({ id: 'RenameProjectFileInput' })
