import { acceptedTypes, type AssetType } from '@sparkle/shared/assets'
import { maxFileBytes } from '@sparkle/shared/orders'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Dropzone } from '../../components/dropzone.tsx'
import { FileList, fileItemOf, type FileItem } from '../../components/file-list.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { acceptOf } from '../../lib/file-types.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import type { QueuedFile } from '../../lib/upload-queue.ts'
import { DuplicateError } from './send-asset.ts'
import { useProjectUploads } from './uploads.tsx'

const kinds = ['photo', 'background', 'sound', 'config'] as const satisfies readonly AssetType[]
type UploadKind = (typeof kinds)[number]

/**
 * Takes files and shows each on its way; what has arrived goes over into the grid, which tells how its check ends.
 * `beside` are other ways to add something.
 */
export function AssetUploads({ projectId, beside }: { projectId: string; beside?: ReactNode }) {
  const t = useTranslations('assets')
  const textOf = useProblemText()
  const [kind, setKind] = useState<UploadKind>('photo')
  const [refused, setRefused] = useState<string[]>([])
  const { uploads, files } = useProjectUploads(projectId)
  const { queue } = uploads
  const itemOf = (file: QueuedFile<void>): FileItem => {
    const asset = uploads.versionedBy(file.file)
    const item = fileItemOf(file, textOf)
    if (asset) return { ...item, name: t('versions.onItsWay', { file: item.name, asset: asset.filename }) }
    if (!(file.error instanceof DuplicateError)) return item
    const question = { text: t('duplicate', { name: file.error.filename }), accept: t('addAnyway') }
    return { ...fileItemOf({ ...file, error: undefined }, textOf), question }
  }
  const take = (added: File[]) => {
    setRefused([])
    uploads.add(added, kind)
  }

  return (
    <section aria-label={t('upload')}>
      <Dropzone
        label={t('uploadLabel')}
        accept={acceptOf(acceptedTypes[kind])}
        maxSizeBytes={maxFileBytes}
        onFiles={take}
        onRefused={setRefused}
      />
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <span className="text-small text-muted">{t('uploadKind')}</span>
        <SegmentedControl<UploadKind>
          label={t('uploadKind')}
          value={kind}
          onValueChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`type.${value}`) }))}
          className="max-w-full overflow-x-auto *:shrink-0"
        />
        {beside && <div className="ml-auto">{beside}</div>}
      </div>
      {refused.map((reason) => (
        <Notice key={reason} tone="warn" className="mt-2">
          {reason}
        </Notice>
      ))}
      {files.length > 0 && (
        <div className="mt-2">
          <FileList
            files={files.map(itemOf)}
            onRetry={queue.retry}
            onPause={queue.pause}
            onAccept={uploads.allowTwice}
            onRemove={queue.remove}
          />
        </div>
      )}
    </section>
  )
}
