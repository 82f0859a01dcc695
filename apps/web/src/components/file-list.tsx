import { FileIcon, Pause, Play, RotateCw, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormats } from '../lib/format.ts'
import type { QueuedFile } from '../lib/upload-queue.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'
import { Progress } from './progress.tsx'
import { ToneIcon } from './status.tsx'

export interface FileItem {
  id: string
  name: string
  sizeBytes: number
  state: QueuedFile<unknown>['state']
  /** 0 to 1, while uploading. */
  share?: number
  /** Why it failed, in words for a person. */
  error?: string
  /** In place of an error: what has to be decided before the file goes on, and the word for letting it. */
  question?: { text: string; accept: string }
  /** An object URL or an address. */
  previewUrl?: string
}

/** A file of an upload queue as the list shows it. */
export function fileItemOf(queued: QueuedFile<unknown>, textOf: (error: unknown) => string): FileItem {
  const { id, file, state, share, previewUrl, error } = queued
  return {
    id,
    name: file.name,
    sizeBytes: file.size,
    state,
    share,
    previewUrl,
    error: error === undefined ? undefined : textOf(error),
  }
}

interface FileListProps {
  files: readonly FileItem[]
  onRetry?: (id: string) => void
  onPause?: (id: string) => void
  /** A file's question was answered with yes; no is to remove it. */
  onAccept?: (id: string) => void
  onRemove?: (id: string) => void
}

/** Files on their way: each with its own honest progress, a retry where it failed, and a way out. */
export function FileList({ files, onRetry, onPause, onAccept, onRemove }: FileListProps) {
  const t = useTranslations('common')
  return (
    <ul aria-label={t('dropzone.list')} className="divide-y divide-line">
      {files.map((file) => (
        <li key={file.id} className="flex items-center gap-3 py-2">
          <span className="flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-[4px] bg-sunken text-faint">
            {file.previewUrl ? (
              <img src={file.previewUrl} alt="" className="size-full object-cover" />
            ) : (
              <FileIcon className="size-4" aria-hidden="true" />
            )}
          </span>
          <div className="min-w-0 grow">
            <p className="truncate">{file.name}</p>
            <FileState file={file} />
          </div>
          {file.question && onAccept && (
            <Button size="small" onClick={() => onAccept(file.id)}>
              {file.question.accept}
            </Button>
          )}
          {(file.state === 'uploading' || file.state === 'waiting') && onPause && (
            <IconButton
              size="small"
              className="pointer-coarse:size-11"
              label={t('pauseNamed', { name: file.name })}
              icon={<Pause />}
              onClick={() => onPause(file.id)}
            />
          )}
          {file.state === 'paused' && onRetry && (
            <IconButton
              size="small"
              className="pointer-coarse:size-11"
              label={t('resumeNamed', { name: file.name })}
              icon={<Play />}
              onClick={() => onRetry(file.id)}
            />
          )}
          {file.state === 'failed' && !file.question && onRetry && (
            <IconButton
              size="small"
              className="pointer-coarse:size-11"
              label={t('retryNamed', { name: file.name })}
              icon={<RotateCw />}
              onClick={() => onRetry(file.id)}
            />
          )}
          {onRemove && (
            <IconButton
              size="small"
              className="pointer-coarse:size-11"
              label={t('removeNamed', { name: file.name })}
              icon={<X />}
              onClick={() => onRemove(file.id)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

function FileState({ file }: { file: FileItem }) {
  const t = useTranslations('common.dropzone')
  const { size } = useFormats()
  if (file.question)
    return (
      <p role="alert" className="flex items-start gap-1 text-small">
        <ToneIcon tone="warn" className="mt-px size-3.5 text-warn" />
        {file.question.text}
      </p>
    )
  if (file.state === 'failed') {
    return (
      <p role="alert" className="flex items-start gap-1 text-small text-bad">
        <ToneIcon tone="bad" className="mt-px size-3.5" />
        {file.error ?? t('failed')}
      </p>
    )
  }
  const share = file.share ?? 0
  const words = file.state === 'uploading' ? t('uploading', { percent: share }) : t(file.state)
  return (
    <>
      <p className="flex items-center gap-1 text-small text-muted tabular-nums">
        {file.state === 'done' && <ToneIcon tone="ok" className="size-3.5 text-ok" />}
        {words} · {size(file.sizeBytes)}
      </p>
      {(file.state === 'uploading' || file.state === 'paused') && (
        <Progress label={file.name} share={share} className="mt-1" />
      )}
    </>
  )
}
