import type { ProjectFileView } from '@sparkle/shared/project-files'
import {
  Download,
  Ellipsis,
  FileArchive,
  FileAudio,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  FileIcon,
  type LucideIcon,
} from 'lucide-react'
import { createElement, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { useDeleteDocument } from './api.ts'

interface FileRowProps {
  file: ProjectFileView
  mayChange: boolean
  onRename: () => void
  onVersions: () => void
  onNewVersion: (file: File) => void
}

export function FileRow({ file, mayChange, onRename, onVersions, onNewVersion }: FileRowProps) {
  const t = useTranslations('projects.files')
  const { size } = useFormats()
  const confirm = useConfirm()
  const remove = useDeleteDocument()
  const picker = useRef<HTMLInputElement>(null)
  const { current } = file
  const askToRemove = async () => {
    const sure = await confirm({
      title: t('removeTitle', { name: file.name }),
      body: t('removeBody'),
      confirmLabel: t('remove'),
      danger: true,
    })
    if (sure) remove.mutate(file, { onSuccess: () => notify(t('removed', { name: file.name })) })
  }

  return (
    <li className="flex items-center gap-3 px-3 py-2.5">
      <span className="flex size-10 shrink-0 items-center justify-center rounded-[4px] bg-sunken text-muted">
        {createElement(iconOf(current.mimeType, file.name), { className: 'size-5', 'aria-hidden': true })}
      </span>
      <div className="min-w-0 grow">
        <p className="truncate font-strong">{file.name}</p>
        <p className="truncate text-small text-muted tabular-nums">
          {size(current.sizeBytes)} · <RelativeTime at={current.uploadedAt} />
          {current.uploadedByName && ` ${t('by', { name: current.uploadedByName })}`}
          {file.versionCount > 1 && (
            <>
              {' · '}
              <button type="button" className="underline underline-offset-3" onClick={onVersions}>
                {t('versions', { count: file.versionCount })}
              </button>
            </>
          )}
        </p>
      </div>
      <a
        href={current.downloadUrl}
        download={file.name}
        aria-label={t('download', { name: file.name })}
        className="flex size-9 shrink-0 items-center justify-center rounded-box text-muted transition-colors hover:bg-hover hover:text-ink"
      >
        <Download className="size-[18px]" aria-hidden="true" />
      </a>
      <Menu align="end" trigger={<IconButton bare label={t('actions', { name: file.name })} icon={<Ellipsis />} />}>
        <MenuItem onSelect={onVersions}>{t('versions', { count: file.versionCount })}</MenuItem>
        {mayChange && (
          <>
            <MenuItem onSelect={() => picker.current?.click()}>{t('newVersion')}</MenuItem>
            <MenuItem onSelect={onRename}>{t('rename')}</MenuItem>
            <MenuSeparator />
            <MenuItem danger onSelect={() => void askToRemove()}>
              {t('remove')}
            </MenuItem>
          </>
        )}
      </Menu>
      <input
        ref={picker}
        type="file"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          if (chosen) onNewVersion(chosen)
          event.target.value = ''
        }}
      />
    </li>
  )
}

function iconOf(mimeType: string, name: string): LucideIcon {
  if (mimeType.startsWith('image/')) return FileImage
  if (mimeType.startsWith('audio/')) return FileAudio
  if (mimeType.startsWith('video/')) return FileVideo
  if (/zip|tar|compressed/.test(mimeType)) return FileArchive
  if (/sheet|excel|csv/.test(mimeType) || /\.(csv|xlsx?|ods)$/i.test(name)) return FileSpreadsheet
  return /^text\/|pdf|document|msword/.test(mimeType) ? FileText : FileIcon
}
