import type { AttachmentView, NewAttachmentView } from '@sparkle/shared/attachments'
import { attachmentTypes, maxAttachmentBytes, maxAttachments } from '@sparkle/shared/attachments'
import { FileText, Paperclip } from 'lucide-react'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { FileList, fileItemOf } from '../../components/file-list.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { notify } from '../../components/toast.tsx'
import { uploadAttachment } from '../../lib/attachments.ts'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { isUnderWay, useUploadQueue } from '../../lib/upload-queue.ts'

/** What hangs on a comment: pictures to look at, everything else by its name. */
export function Attachments({ attachments }: { attachments: readonly AttachmentView[] }) {
  const { size } = useFormats()
  if (attachments.length === 0) return null
  return (
    <ul className="mt-2 flex flex-wrap gap-2">
      {attachments.map(({ id, filename, mimeType, fileSize, url }) => (
        <li key={id}>
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="flex max-w-60 items-center gap-2 overflow-hidden rounded-box border border-line bg-surface hover:bg-hover"
          >
            {mimeType.startsWith('image/') ? (
              <img src={url} alt={filename} loading="lazy" className="size-16 object-cover" />
            ) : (
              <span className="flex min-h-11 items-center gap-2 px-3">
                <FileText aria-hidden="true" className="size-4 shrink-0 text-muted" />
                <span className="truncate">{filename}</span>
                <span className="text-small whitespace-nowrap text-muted">{size(fileSize)}</span>
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Files for a comment that is being written: each is on its way as soon as it is chosen. */
export function useAttaching(
  projectId: string,
  attached: readonly NewAttachmentView[],
  onAttached: (attachment: NewAttachmentView) => void,
) {
  const { queue, files } = useUploadQueue<NewAttachmentView>((file, options) =>
    uploadAttachment(projectId, file, options),
  )
  const take = useEffectEvent((id: string, result: NewAttachmentView) => {
    onAttached(result)
    queue.remove(id)
  })
  useEffect(() => {
    for (const { id, state, result } of files) if (state === 'done' && result) take(id, result)
  }, [files])
  const room = maxAttachments - attached.length - files.length
  return { queue, files, room, underWay: isUnderWay(files) }
}
export type Attaching = ReturnType<typeof useAttaching>

export function AttachButton({ attaching: { queue, room } }: { attaching: Attaching }) {
  const t = useTranslations('comments')
  const { size } = useFormats()
  const input = useRef<HTMLInputElement>(null)
  const add = (chosen: readonly File[]) => {
    const fitting = chosen.filter((file) => file.size > 0 && file.size <= maxAttachmentBytes)
    if (fitting.length < chosen.length)
      notify(t('attachTooLarge', { size: size(maxAttachmentBytes) }), { tone: 'warn' })
    if (fitting.length > room) notify(t('attachTooMany', { count: maxAttachments }), { tone: 'warn' })
    queue.add(fitting.slice(0, Math.max(0, room)))
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={attachmentTypes.join(',')}
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <IconButton
        label={t('attach')}
        icon={<Paperclip />}
        disabled={room <= 0}
        onClick={() => input.current?.click()}
      />
    </>
  )
}

interface AttachedFilesProps {
  attaching: Attaching
  attached: readonly NewAttachmentView[]
  onRemove: (id: string) => void
}

export function AttachedFiles({ attaching: { queue, files }, attached, onRemove }: AttachedFilesProps) {
  const textOf = useProblemText()
  const items = [
    ...attached.map(({ id, filename, fileSize }) => ({
      id,
      name: filename,
      sizeBytes: fileSize,
      state: 'done' as const,
    })),
    ...files.map((file) => fileItemOf(file, textOf)),
  ]
  if (items.length === 0) return null
  return (
    <FileList
      files={items}
      onRetry={queue.retry}
      onRemove={(id) => (attached.some((one) => one.id === id) ? onRemove(id) : queue.remove(id))}
    />
  )
}
