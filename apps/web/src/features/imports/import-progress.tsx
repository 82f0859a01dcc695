import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Progress } from '../../components/progress.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useDownload } from '../../lib/download.ts'
import { errorsPath, importQueries } from './api.ts'

interface ImportProgressProps {
  id: string
  onShow: () => void
  onRestart: () => void
}

/** How far the job is, and how it ended. Leaving the page does not stop it. */
export function ImportProgress({ id, onShow, onRestart }: ImportProgressProps) {
  const t = useTranslations('projects.import')
  const client = useQueryClient()
  const run = useQuery(importQueries.detail(id))
  const download = useDownload()
  const finishedAt = run.data?.finishedAt
  useEffect(() => {
    if (finishedAt) void client.invalidateQueries({ queryKey: ['projects'] })
  }, [client, finishedAt])
  if (run.isPending) return <SkeletonList rows={1} className="h-16" />
  if (!run.data) return <ErrorState error={run.error} onRetry={() => void run.refetch()} />
  const { status, passedCount, rowCount, importedCount, failedCount, mode } = run.data
  return (
    <section className="mx-auto max-w-160" aria-live="polite">
      {status === 'finished' && (
        <Notice tone="ok">
          <p className="font-strong">{t('finished', { count: importedCount })}</p>
          {failedCount > 0 && (
            <p className="flex flex-wrap gap-x-2">
              {t('left', { count: failedCount })}
              <button
                type="button"
                className="underline underline-offset-3"
                onClick={() => download.mutate({ path: errorsPath(id) })}
              >
                {t('errors')}
              </button>
            </p>
          )}
        </Notice>
      )}
      {status === 'failed' && (
        <Notice tone="bad">
          <p className="font-strong">{t('failed')}</p>
          <p>{mode === 'all' ? t('failedAll') : t('failedBody')}</p>
        </Notice>
      )}
      {!finishedAt && (
        <>
          <p className="mb-2 flex justify-between tabular-nums">
            <span className="font-strong">{t('running')}</span>
            <span className="text-muted">{t('progress', { done: passedCount, all: rowCount })}</span>
          </p>
          <Progress label={t('running')} share={passedCount / Math.max(rowCount, 1)} />
        </>
      )}
      {finishedAt && (
        <div className="mt-5 flex flex-wrap gap-3">
          <Button look="primary" onClick={onShow}>
            {t('show')}
          </Button>
          <Button look="quiet" onClick={onRestart}>
            {t('another')}
          </Button>
        </div>
      )}
    </section>
  )
}
