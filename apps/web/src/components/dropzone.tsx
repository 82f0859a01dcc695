import { ImageUp } from 'lucide-react'
import { useDropzone, type Accept, type FileRejection } from 'react-dropzone'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import { useFormats } from '../lib/format.ts'

interface DropzoneProps {
  /** What belongs here: "Photos of the pet". */
  label: string
  /** MIME types with their file endings: `{'image/jpeg': ['.jpg', '.jpeg']}`; without it, any file. */
  accept?: Accept
  maxSizeBytes: number
  maxFiles?: number
  onFiles: (files: File[]) => void
  /** One sentence for every file that was not taken. */
  onRefused: (reasons: string[]) => void
  /** What is said of a file of another kind, where there is better advice than that it is not accepted. */
  explain?: (file: File) => string | undefined
  disabled?: boolean
  className?: string
}

/** Takes files by drop, by the file dialog and, while it has the focus, by paste. It looks at names; the API at bytes. */
export function Dropzone({
  label,
  accept,
  maxSizeBytes,
  maxFiles,
  onFiles,
  onRefused,
  explain,
  disabled,
  className,
}: DropzoneProps) {
  const t = useTranslations('common.dropzone')
  const { size } = useFormats()
  const reasonFor = ({ file, errors }: FileRejection) => {
    const codes = errors.map((error) => String(error.code))
    if (codes.includes('file-too-small')) return t('empty', { name: file.name })
    if (codes.includes('file-too-large')) return t('tooLarge', { name: file.name, size: size(maxSizeBytes) })
    if (codes.includes('file-invalid-type')) return explain?.(file) ?? t('wrongType', { name: file.name })
    return codes.includes('too-many-files')
      ? t('tooMany', { count: maxFiles ?? 1 })
      : t('rejected', { name: file.name })
  }
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    noClick: true,
    noKeyboard: true,
    accept,
    minSize: 1,
    maxSize: maxSizeBytes,
    maxFiles,
    multiple: maxFiles !== 1,
    disabled,
    onDrop: (files, rejections) => {
      if (files.length > 0) onFiles(files)
      if (rejections.length > 0) onRefused([...new Set(rejections.map(reasonFor))])
    },
  })
  const endings = Object.values(accept ?? {})
    .flat()
    .join(', ')
  return (
    <div
      {...getRootProps()}
      className={cn(
        'relative flex min-h-32 flex-col items-center justify-center gap-1 rounded-box border border-dashed px-4 py-6 text-center transition-colors',
        isDragActive ? 'border-accent bg-accent-soft' : 'border-edge bg-surface hover:bg-hover',
        disabled && 'pointer-events-none opacity-60',
        className,
      )}
    >
      <input {...getInputProps({ 'aria-hidden': true, tabIndex: -1 })} />
      <ImageUp aria-hidden="true" className="mb-1 size-6 text-accent-text" />
      {/* The button's own area covers the whole zone, which only takes drops. */}
      <button
        type="button"
        disabled={disabled}
        onClick={open}
        className="rounded-[4px] font-strong after:absolute after:inset-0 after:rounded-box after:content-['']"
      >
        <span className="sr-only">{t('labelled', { label })}</span>
        {t(isDragActive ? 'promptActive' : 'prompt', { count: maxFiles ?? 2 })}
      </button>
      <span className="text-small text-muted">
        {endings && `${endings} · `}
        {t('limit', { size: size(maxSizeBytes), count: maxFiles ?? 2 })}
      </span>
    </div>
  )
}
