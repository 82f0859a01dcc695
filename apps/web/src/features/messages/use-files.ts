import { maxAttachments } from '@sparkle/shared/attachments'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { uploadAttachment } from '../../lib/attachments.ts'
import { newKey } from '../../lib/http.ts'

/** A file that is to go along: on its way, there (`id`), or refused (`error`). */
export interface ChosenFile {
  key: string
  filename: string
  id: string | null
  uploadedAt: number
  error: unknown
}

/** The API sweeps what hangs on nothing after a day. */
const looseLastsMs = 23 * 60 * 60 * 1000
const storedFiles = z
  .array(z.object({ id: z.string(), filename: z.string(), uploadedAt: z.number() }))
  .max(maxAttachments)

/**
 * The files of a message that is being written. They are uploaded at once, so that sending is only a word, and are kept
 * on this device with the words of the draft.
 */
export function useFiles(userId: string, projectId: string) {
  const storageKey = `sc.draft-files.${userId}.${projectId}`
  const [files, setFiles] = useState<readonly ChosenFile[]>(() => readFiles(storageKey))
  useEffect(() => writeFiles(storageKey, files), [storageKey, files])
  const set = (key: string, change: Partial<ChosenFile>) =>
    setFiles((known) => known.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const add = (chosen: readonly File[]) => {
    const some = chosen.slice(0, maxAttachments - files.length).map((file) => ({ file, key: newKey() }))
    setFiles((known) => [
      ...known,
      ...some.map(({ file, key }) => ({ key, filename: file.name, id: null, uploadedAt: 0, error: null })),
    ])
    for (const { file, key } of some)
      uploadAttachment(projectId, file).then(
        ({ id, filename }) => set(key, { id, filename, uploadedAt: Date.now() }),
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

function readFiles(storageKey: string): ChosenFile[] {
  try {
    const parsed = storedFiles.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'))
    const known = parsed.success ? parsed.data : []
    return known
      .filter(({ uploadedAt }) => Date.now() - uploadedAt < looseLastsMs)
      .map((file) => ({ ...file, key: file.id, error: null }))
  } catch {
    // No storage in some private windows, or half a text: the files last as long as the page.
    return []
  }
}

function writeFiles(storageKey: string, files: readonly ChosenFile[]): void {
  const uploaded = files.flatMap(({ id, filename, uploadedAt }) => (id === null ? [] : [{ id, filename, uploadedAt }]))
  try {
    if (uploaded.length > 0) localStorage.setItem(storageKey, JSON.stringify(uploaded))
    else localStorage.removeItem(storageKey)
  } catch {
    // As above.
  }
}
