import type { AttachmentView } from '@sparkle/shared/attachments'
import { Paperclip } from 'lucide-react'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'

const isPicture = ({ mimeType }: Pick<AttachmentView, 'mimeType'>) => mimeType.startsWith('image/')

/** What hangs on a message: pictures to look at, everything else to take away. */
export function MessageFiles({ files, className }: { files: readonly AttachmentView[]; className?: string }) {
  const { size } = useFormats()
  if (files.length === 0) return null
  const picturesFirst = files.toSorted((a, b) => Number(isPicture(b)) - Number(isPicture(a)))
  return (
    <ul className={cn('flex flex-wrap gap-2', className)}>
      {picturesFirst.map(({ id, filename, mimeType, fileSize, url }) => (
        <li key={id} className="max-w-full">
          {isPicture({ mimeType }) ? (
            <a href={url} target="_blank" rel="noreferrer" className="block rounded-box">
              <img
                src={url}
                alt={filename}
                loading="lazy"
                className="h-40 max-w-full rounded-box bg-sunken object-cover"
              />
            </a>
          ) : (
            <a
              href={url}
              className="flex min-h-11 items-center gap-2 rounded-box border border-line bg-surface px-3 py-1.5 hover:bg-hover"
            >
              <Paperclip aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 truncate">{filename}</span>
              <span className="shrink-0 text-small text-muted">{size(fileSize)}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
