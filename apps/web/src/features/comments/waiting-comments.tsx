import { Clock } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { ToneIcon } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useOutbox } from './outbox-provider.tsx'

interface WaitingCommentsProps {
  versionId: string
  /** The thread they answer; null for those that begin one. */
  parentId: string | null
  className: string
}

/** What was written and has not arrived: it says so, and goes by itself as soon as it can. */
export function WaitingComments({ versionId, parentId, className }: WaitingCommentsProps) {
  const t = useTranslations('comments')
  const { waiting, sending, retry, remove } = useOutbox(versionId)
  const mine = waiting.filter(({ input }) => (input.parentId ?? null) === parentId)
  if (mine.length === 0) return null
  return (
    <ul aria-label={t('waitingList')} className={cn('grid gap-2', className)}>
      {mine.map(({ key, input, refused, triedAt }) => (
        <li key={key} className="rounded-box border border-dashed border-edge bg-sunken p-3">
          <p className="break-words whitespace-pre-line">{input.body}</p>
          {refused === null ? (
            <p role="status" className="mt-1.5 flex items-center gap-1.5 text-small text-muted">
              {key === sending ? <Spinner /> : <Clock aria-hidden="true" className="size-3.5" />}
              {key === sending ? t('sending') : t(triedAt === null ? 'waiting' : 'waitingToSend')}
            </p>
          ) : (
            <p role="alert" className="mt-1.5 flex items-start gap-1.5 text-small text-bad">
              <ToneIcon tone="bad" className="mt-px size-3.5" />
              {refused}
            </p>
          )}
          {key !== sending && (
            <div className="mt-1.5 -ml-2 flex flex-wrap gap-1">
              <Button look="quiet" size="small" onClick={() => retry(key)}>
                {t('sendNow')}
              </Button>
              {refused !== null && input.anchor && (
                <Button look="quiet" size="small" onClick={() => retry(key, { anchor: null })}>
                  {t('sendUnpinned')}
                </Button>
              )}
              {refused !== null && (input.attachmentIds ?? []).length > 0 && input.body.trim() !== '' && (
                <Button look="quiet" size="small" onClick={() => retry(key, { attachmentIds: [] })}>
                  {t('sendWithoutFiles')}
                </Button>
              )}
              <Button look="quiet" size="small" onClick={() => remove(key)}>
                {t('discard')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
