import type { NewAttachmentView } from '@sparkle/shared/attachments'
import { uploadForm, type UploadOptions } from './upload.ts'

/** Uploads a file for a comment or a message that will name it. */
export function uploadAttachment(projectId: string, file: File, options?: UploadOptions): Promise<NewAttachmentView> {
  const form = new FormData()
  form.set('file', file)
  return uploadForm<NewAttachmentView>(`/projects/${projectId}/attachments`, form, options)
}
