import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { fileItemOf, type FileItem } from '../../components/file-list.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useUploadQueue } from '../../lib/upload-queue.ts'
import { sendPhoto } from './api.ts'
import type { SavedPhoto } from './order-draft.ts'
import { thumbOf } from './read-photo.ts'

/**
 * The photos of an order: those that had arrived before the page was loaded again, then those of the queue.
 */
export function useOrderPhotos(slug: string, before: readonly SavedPhoto[]) {
  const t = useTranslations('orders.photos')
  const textOf = useProblemText()
  const [kept, setKept] = useState(before)
  const { queue, files } = useUploadQueue(async (file, options): Promise<SavedPhoto> => {
    const thumb = await thumbOf(file, t('unreadable'))
    const uploadId = await sendPhoto(slug, file, options)
    return { uploadId, name: file.name, sizeBytes: file.size, thumb, uploadedAt: Date.now() }
  })
  const saved = [...kept, ...files.flatMap(({ result }) => (result ? [result] : []))]

  const items: FileItem[] = [
    ...kept.map(({ uploadId, name, sizeBytes, thumb }) => ({
      id: uploadId,
      name,
      sizeBytes,
      state: 'done' as const,
      previewUrl: thumb,
    })),
    ...files.map((file) => fileItemOf(file, textOf)),
  ]
  return {
    items,
    /** Those that have arrived, to be kept with the draft. */
    saved,
    uploadIds: saved.map(({ uploadId }) => uploadId),
    busy: items.some(
      ({ state }) => state === 'waiting' || state === 'uploading' || state === 'processing' || state === 'paused',
    ),
    failed: items.some(({ state }) => state === 'failed'),
    add: queue.add,
    pause: queue.pause,
    retry: queue.retry,
    remove: (id: string) => {
      setKept((photos) => photos.filter(({ uploadId }) => uploadId !== id))
      queue.remove(id)
    },
    /** The API no longer knows the photos: sends again what is still at hand, drops the rest. Answers how many are lost. */
    renew: () => {
      setKept([])
      for (const { id } of files) queue.retry(id)
      return kept.length
    },
  }
}

export type OrderPhotos = ReturnType<typeof useOrderPhotos>

/** Whether an order was refused because its photos have waited too long. */
export function arePhotosGone(error: unknown): boolean {
  return isProblem(error, 'upload.not_open') || isProblem(error, 'order.upload_missing')
}
