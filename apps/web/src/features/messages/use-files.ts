import { maxAttachments } from '@sparkle/shared/attachments'
import { useState } from 'react'
import { newKey } from '../../lib/http.ts'
import { uploadAttachment } from './api.ts'

/** A file that is to go along: on its way, there (`id`), or refused (`error`). */
export interface ChosenFile {
  key: string
  filename: string
  id: string | null
  error: unknown
}

/** The files of a message that is being written. They are uploaded at once, so that sending is only a word. */
export function useFiles(projectId: string) {
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const set = (key: string, change: Partial<ChosenFile>) =>
    setFiles((known) => known.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const add = (chosen: readonly File[]) => {
    const some = chosen.slice(0, maxAttachments - files.length).map((file) => ({ file, key: newKey() }))
    setFiles((known) => [
      ...known,
      ...some.map(({ file, key }) => ({ key, filename: file.name, id: null, error: null })),
    ])
    for (const { file, key } of some)
      uploadAttachment(projectId, file).then(
        ({ id, filename }) => set(key, { id, filename }),
        (error: unknown) => set(key, { error }),
      )
  }
  return {
    files,
    add,
    remove: (key: string) => setFiles((known) => known.filter((one) => one.key !== key)),
    clear: () => setFiles([]),
    full: files.length >= maxAttachments,
    uploading: files.some(({ id, error }) => id === null && error === null),
    uploaded: files.flatMap(({ id, filename }) => (id === null ? [] : [{ id, filename }])),
  }
}
