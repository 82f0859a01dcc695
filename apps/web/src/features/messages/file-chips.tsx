import { Paperclip, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { cn } from '../../lib/cn.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import type { ChosenFile } from './use-files.ts'

/** The files that go along with what is being written. */
export function FileChips({ files, onRemove }: { files: readonly ChosenFile[]; onRemove: (key: string) => void }) {
  const t = useTranslations('conversation')
  const textOf = useProblemText()
  if (files.length === 0) return null
  return (
    <ul className="mb-2 flex flex-wrap gap-2">
      {files.map(({ key, filename, id, error }) => (
        <li
          key={key}
          className={cn(
            'flex max-w-full items-center gap-2 rounded-box border bg-surface py-0.5 pr-0.5 pl-2.5 text-small',
            error ? 'border-bad-solid' : 'border-line',
          )}
        >
          {id === null && !error ? <Spinner /> : <Paperclip aria-hidden="true" className="size-3.5 shrink-0" />}
          <span className="min-w-0">
            <span className="block truncate">{filename}</span>
            {error ? <span className="block text-bad">{textOf(error)}</span> : null}
          </span>
          <IconButton
            bare
            size="small"
            label={t('removeFile', { file: filename })}
            icon={<X />}
            onClick={() => onRemove(key)}
          />
        </li>
      ))}
    </ul>
  )
}
