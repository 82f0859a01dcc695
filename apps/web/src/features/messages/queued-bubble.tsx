import { CircleAlert, Clock, Paperclip } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { dequeue, retryQueued, tooOld, type Queued } from './outbox.ts'

/** A message that is still on this device. */
export function QueuedBubble({
  message: { key, body, attachments, refused },
  offline,
}: {
  message: Queued
  offline: boolean
}) {
  const t = useTranslations('conversation')
  const filesGone = refused === 'attachment.not_yours'
  return (
    <li className="mt-1 flex flex-row-reverse px-3 sm:px-4">
      <div className="flex max-w-[85%] min-w-0 flex-col items-end sm:max-w-[75%]">
        <p className="min-w-0 rounded-box border border-dashed border-outline bg-accent-soft px-3 py-2 break-words whitespace-pre-wrap">
          {body}
          {attachments.map(({ id, filename }) => (
            <span key={id} className="flex items-center gap-1.5 text-small">
              <Paperclip aria-hidden="true" className="size-3.5 shrink-0" />
              <span className="min-w-0 truncate">{filename}</span>
            </span>
          ))}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center justify-end gap-x-2 text-small text-muted [&_svg]:size-3.5">
          {refused === null ? (
            <>
              <Clock aria-hidden="true" />
              {offline ? t('waiting') : t('sending')}
            </>
          ) : (
            <>
              <CircleAlert aria-hidden="true" className="text-bad" />
              <span role="alert" className="text-bad">
                {filesGone ? t('filesGone') : refused === tooOld ? t('mayHaveArrived') : t('refused')}
              </span>
              {!filesGone && (
                <Button size="small" look="quiet" onClick={() => retryQueued(key)}>
                  {t('tryAgain')}
                </Button>
              )}
              {filesGone && body !== '' && (
                <Button size="small" look="quiet" onClick={() => retryQueued(key, { attachments: [] })}>
                  {t('sendWithoutFiles')}
                </Button>
              )}
              <Button size="small" look="quiet" onClick={() => dequeue(key)}>
                {t('discard')}
              </Button>
            </>
          )}
        </p>
      </div>
    </li>
  )
}
