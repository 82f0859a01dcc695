import { maxDocumentBytes, type ProjectFileView } from '@sparkle/shared/project-files'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dropzone } from '../../components/dropzone.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { fileItemOf, FileList } from '../../components/file-list.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { Notice } from '../../components/notice.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { isUnderWay, useUploadQueue, type SendFile } from '../../lib/upload-queue.ts'
import { documentQueries, uploadDocument } from './api.ts'
import { FileRow } from './file-row.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { VersionsDialog } from './versions-dialog.tsx'

interface FilesTabProps {
  projectId: string
  mayChange: boolean
}

/** A project's documents: drop, watch them arrive, fetch, rename, renew. */
export function FilesTab({ projectId, mayChange }: FilesTabProps) {
  const t = useTranslations('projects.files')
  const textOf = useProblemText()
  const client = useQueryClient()
  const list = useInfiniteQuery(documentQueries.list(projectId))
  const [refused, setRefused] = useState<string[]>([])
  const [renamed, setRenamed] = useState<ProjectFileView | null>(null)
  const [shown, setShown] = useState<ProjectFileView | null>(null)
  const [targets] = useState(() => new WeakMap<File, string>())
  const send: SendFile<void> = async (file, options) => {
    await uploadDocument(projectId, file, targets.get(file), options)
    await client.invalidateQueries({ queryKey: documentQueries.all })
  }
  const { queue, files: travelling } = useUploadQueue(send, { keepDone: false })
  const add = (added: readonly File[], fileId?: string) => {
    setRefused([])
    for (const file of added) if (fileId) targets.set(file, fileId)
    queue.add(added)
  }
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []

  return (
    <section aria-label={t('label')}>
      <LeaveGuard when={isUnderWay(travelling)} what="files" />
      {mayChange ? (
        <Dropzone label={t('add')} maxSizeBytes={maxDocumentBytes} onFiles={add} onRefused={setRefused} />
      ) : (
        <Notice tone="info">{t('readOnly')}</Notice>
      )}
      {refused.map((reason) => (
        <Notice key={reason} tone="warn" className="mt-2">
          {reason}
        </Notice>
      ))}
      {travelling.length > 0 && (
        <div className="mt-2">
          <FileList
            files={travelling.map((file) => fileItemOf(file, textOf))}
            onRetry={queue.retry}
            onRemove={queue.remove}
          />
        </div>
      )}
      <div className="mt-4">
        {list.isPending && <SkeletonList rows={3} className="h-14" />}
        {list.isLoadingError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && rows.length === 0 && travelling.length === 0 && (
          <EmptyState scene="box" title={t('empty')} body={t('emptyBody')} />
        )}
        {rows.length > 0 && (
          <ul aria-label={t('title')} className="divide-y divide-line rounded-box border border-line bg-surface">
            {rows.map((file) => (
              <FileRow
                key={file.id}
                file={file}
                mayChange={mayChange}
                onRename={() => setRenamed(file)}
                onVersions={() => setShown(file)}
                onNewVersion={(added) => add([added], file.id)}
              />
            ))}
          </ul>
        )}
        <LoadMore {...list} />
      </div>
      {renamed && <RenameDialog file={renamed} onClose={() => setRenamed(null)} />}
      {shown && <VersionsDialog file={shown} onClose={() => setShown(null)} />}
    </section>
  )
}
