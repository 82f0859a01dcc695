import { pictureTypes } from '@sparkle/shared/assets'
import { maxFileBytes, type TrackingView } from '@sparkle/shared/orders'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dropzone } from '../../components/dropzone.tsx'
import { FileList, fileItemOf } from '../../components/file-list.tsx'
import { Notice } from '../../components/notice.tsx'
import { Picture } from '../../components/picture.tsx'
import { ToneIcon } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { acceptOf } from '../../lib/file-types.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useUploadQueue } from '../../lib/upload-queue.ts'
import { addPhoto, orderQueries } from './api.ts'
import { thumbOf } from './read-photo.ts'

interface TrackedPhotosProps {
  order: Pick<TrackingView, 'photos' | 'photosLeft'>
  token: string
}

/** The photos of an order and, as long as one could still help, a way to send more of them. */
export function TrackedPhotos({ order, token }: TrackedPhotosProps) {
  const t = useTranslations('orders.track')
  if (order.photos.length === 0 && order.photosLeft === 0) return null
  return (
    <section className="mt-8">
      <h2 className="mb-3 text-large font-strong">{t('photos')}</h2>
      {order.photos.length > 0 && (
        <ul className="mb-4 grid grid-cols-3 gap-2 sm:grid-cols-4">
          {order.photos.map(({ thumbUrl, status }, index) => (
            <li key={thumbUrl ?? index} className="relative">
              <Picture src={thumbUrl} alt={t('photo', { number: index + 1 })} kind="photo" />
              {!thumbUrl && (
                <p className="absolute inset-x-0 bottom-0 flex items-center gap-1 bg-surface/90 px-2 py-1 text-small">
                  <ToneIcon tone={status === 'rejected' ? 'bad' : 'info'} className="size-3.5" />
                  {status === 'rejected' ? t('photoRejected') : t('photoWaiting')}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      <MorePhotos token={token} left={order.photosLeft} />
    </section>
  )
}

function MorePhotos({ token, left }: { token: string; left: number }) {
  const t = useTranslations('orders.track')
  const photos = useTranslations('orders.photos')
  const textOf = useProblemText()
  const client = useQueryClient()
  const [refused, setRefused] = useState<string[]>([])
  const { queue, files } = useUploadQueue(
    async (file, options) => {
      await thumbOf(file, photos('unreadable'))
      client.setQueryData(orderQueries.tracking(token).queryKey, await addPhoto(token, file, options))
      notify(t('photoAdded'))
    },
    // One after the other: each answer is the order with its photo.
    { atOnce: 1, keepDone: false },
  )
  const room = left - files.length
  // The last ones may still be on their way when there is no room for others.
  if (left === 0 && files.length === 0) return null
  const take = (added: File[]) => {
    setRefused(added.length > room ? [photos('tooMany', { count: room })] : [])
    queue.add(added.slice(0, Math.max(0, room)))
  }
  return (
    <>
      <p className="mb-2">{t('addPhoto')}</p>
      <Dropzone
        label={t('photos')}
        accept={acceptOf([...pictureTypes])}
        maxSizeBytes={maxFileBytes}
        onFiles={take}
        onRefused={setRefused}
        disabled={room <= 0}
      />
      {room > 0 && <p className="mt-2 text-small text-muted">{t('photosLeft', { count: room })}</p>}
      {refused.map((reason) => (
        <Notice key={reason} tone="warn" className="mt-2">
          {reason}
        </Notice>
      ))}
      {files.length > 0 && (
        <FileList
          files={files.map((file) => fileItemOf(file, textOf))}
          onRetry={queue.retry}
          onPause={queue.pause}
          onRemove={queue.remove}
        />
      )}
    </>
  )
}
