import { maxZipBytes, type BuildView } from '@sparkle/shared/builds'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Dropzone } from '../../components/dropzone.tsx'
import { FileList, fileItemOf } from '../../components/file-list.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { Notice } from '../../components/notice.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { isUnderWay, useUploadQueue, type SendFile } from '../../lib/upload-queue.ts'
import { buildQueries, uploadOwnGame } from './api.ts'

const zips = { 'application/zip': ['.zip'] }

/** Takes a game that the studio made itself. What is refused says why and can be sent again, mended. */
export function OwnGameUpload({
  projectId,
  onUploaded,
}: {
  projectId: string
  onUploaded: (build: BuildView) => void
}) {
  const t = useTranslations('builds.own')
  const textOf = useProblemText()
  const client = useQueryClient()
  const [refused, setRefused] = useState<string[]>([])
  const send: SendFile<void> = async (file, options) => {
    const build = await uploadOwnGame(projectId, file, options)
    await Promise.all([
      client.invalidateQueries({ queryKey: buildQueries.all }),
      client.invalidateQueries({ queryKey: ['projects'] }),
    ])
    onUploaded(build)
  }
  const { queue, files } = useUploadQueue(send, { atOnce: 1, keepDone: false })

  return (
    <Card title={t('title')}>
      <LeaveGuard when={isUnderWay(files)} what="files" />
      <p className="mb-3 max-w-prose text-muted">{t('hint')}</p>
      <Dropzone
        label={t('label')}
        accept={zips}
        maxSizeBytes={maxZipBytes}
        onFiles={(added) => {
          setRefused([])
          queue.add(added)
        }}
        onRefused={setRefused}
        className="min-h-24 py-4"
      />
      {refused.map((reason) => (
        <Notice key={reason} tone="warn" className="mt-2">
          {reason}
        </Notice>
      ))}
      {files.length > 0 && (
        <div className="mt-2">
          <FileList
            files={files.map((file) => fileItemOf(file, textOf))}
            onRetry={queue.retry}
            onRemove={queue.remove}
          />
        </div>
      )}
    </Card>
  )
}
