import { pictureTypes } from '@sparkle/shared/assets'
import { maxFileBytes } from '@sparkle/shared/orders'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dropzone } from '../../components/dropzone.tsx'
import { FileList, fileItemOf, type FileItem } from '../../components/file-list.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { acceptOf } from '../../lib/file-types.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useUploadQueue, type SendFile } from '../../lib/upload-queue.ts'
import { assetQueries, uploadAsset } from './api.ts'

type UploadKind = 'photo' | 'background'

/** Takes pictures and shows each on its way; what has arrived goes over into the grid, which tells how its check ends. */
export function AssetUploads({ projectId }: { projectId: string }) {
  const t = useTranslations('assets')
  const textOf = useProblemText()
  const client = useQueryClient()
  const [kind, setKind] = useState<UploadKind>('photo')
  const [kinds] = useState(() => new WeakMap<File, UploadKind>())
  const [refused, setRefused] = useState<string[]>([])
  const send: SendFile<void> = async (file, options) => {
    await uploadAsset(projectId, kinds.get(file) ?? 'photo', file, options)
    await client.invalidateQueries({ queryKey: assetQueries.all })
  }
  const { queue, files } = useUploadQueue(send, { keepDone: false })
  const items: FileItem[] = files.map((file) => fileItemOf(file, textOf))
  const take = (added: File[]) => {
    setRefused([])
    for (const file of added) kinds.set(file, kind)
    queue.add(added)
  }

  return (
    <section aria-label={t('upload')}>
      <Dropzone
        label={t('uploadLabel')}
        accept={acceptOf(pictureTypes)}
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
          options={(['photo', 'background'] as const).map((value) => ({ value, label: t(`type.${value}`) }))}
        />
      </div>
      {refused.map((reason) => (
        <Notice key={reason} tone="warn" className="mt-2">
          {reason}
        </Notice>
      ))}
      {items.length > 0 && (
        <div className="mt-2">
          <FileList files={items} onRetry={queue.retry} onRemove={queue.remove} />
        </div>
      )}
    </section>
  )
}
