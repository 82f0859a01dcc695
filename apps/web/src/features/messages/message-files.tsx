import type { AttachmentView } from '@sparkle/shared/attachments'
import { Paperclip } from 'lucide-react'
import { useFormats } from '../../lib/format.ts'

/** What hangs on a message: pictures to look at, everything else to take away. */
export function MessageFiles({ files }: { files: readonly AttachmentView[] }) {
  const { size } = useFormats()
  if (files.length === 0) return null
  return (
    <ul className="mt-1 flex flex-wrap gap-2 first:mt-0">
      {files.map(({ id, filename, mimeType, fileSize, url }) => (
        <li key={id} className="max-w-full">
          {mimeType.startsWith('image/') ? (
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
