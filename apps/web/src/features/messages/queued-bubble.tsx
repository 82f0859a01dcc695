import { CircleAlert, Clock, Paperclip } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { tooOld } from '../../lib/outbox/outbox.ts'
import { EditWords } from './edit-words.tsx'
import type { useMessageOutbox, WaitingMessage } from './message-outbox.tsx'

interface QueuedBubbleProps {
  message: WaitingMessage
  outbox: Pick<ReturnType<typeof useMessageOutbox>, 'retry' | 'remove' | 'sending'>
  offline: boolean
}

/** A message that is still on this device. What was tried in vain is sent again or thrown away; refused, also changed. */
export function QueuedBubble({ message, outbox, offline }: QueuedBubbleProps) {
  const t = useTranslations('conversation')
  const [editing, setEditing] = useState(false)
  const { key, item, refused, triedAt } = message
  const inVain = triedAt !== null && key !== outbox.sending
  const { body, attachments } = item
  return (
    <li className="mt-1 flex flex-row-reverse px-3 sm:px-4">
      <div className="flex max-w-[85%] min-w-0 flex-col items-end sm:max-w-[75%]">
        {editing ? (
          <EditWords
            initial={body}
            saveLabel={t('send')}
            onSave={(words) => outbox.retry(key, { body: words })}
            onDone={() => setEditing(false)}
          />
        ) : (
          <p className="min-w-0 rounded-box border border-dashed border-outline bg-accent-soft px-3 py-2 wrap-anywhere whitespace-pre-wrap">
            {body}
            {attachments.map(({ id, filename }) => (
              <span key={id} className="flex items-center gap-1.5 text-small">
                <Paperclip aria-hidden="true" className="size-3.5 shrink-0" />
                <span className="min-w-0 truncate">{filename}</span>
              </span>
            ))}
          </p>
        )}
        {!editing && (
          <div className="mt-0.5 flex flex-wrap items-center justify-end gap-x-2 text-small text-muted [&_svg]:size-3.5">
            {refused === null ? (
              <>
                <Clock aria-hidden="true" />
                {offline ? t('waiting') : inVain ? t('triedAgain') : t('sending')}
                {inVain && (
                  <>
                    <Button size="small" look="quiet" onClick={() => outbox.retry(key)}>
                      {t('tryAgain')}
                    </Button>
                    <Button size="small" look="quiet" onClick={() => outbox.remove(key)}>
                      {t('discard')}
                    </Button>
                  </>
                )}
              </>
            ) : (
              <Refused message={message} outbox={outbox} onEdit={() => setEditing(true)} />
            )}
          </div>
        )}
      </div>
    </li>
  )
}

interface RefusedProps extends Pick<QueuedBubbleProps, 'message' | 'outbox'> {
  onEdit: () => void
}

function Refused({ message: { key, item, refused }, outbox, onEdit }: RefusedProps) {
  const t = useTranslations('conversation')
  const filesGone = refused?.code === 'attachment.not_yours'
  const why = filesGone ? t('filesGone') : refused?.code === tooOld ? t('mayHaveArrived') : refused?.why
  return (
    <>
      <p role="alert" className="flex items-start gap-1.5 text-bad">
        <CircleAlert aria-hidden="true" className="mt-px shrink-0" />
        {why || t('refused')}
      </p>
      {!filesGone && (
        <Button size="small" look="quiet" onClick={() => outbox.retry(key)}>
          {t('tryAgain')}
        </Button>
      )}
      {filesGone && item.body !== '' && (
        <Button size="small" look="quiet" onClick={() => outbox.retry(key, { attachments: [] })}>
          {t('sendWithoutFiles')}
        </Button>
      )}
      {!filesGone && item.body !== '' && (
        <Button size="small" look="quiet" onClick={onEdit}>
          {t('edit')}
        </Button>
      )}
      <Button size="small" look="quiet" onClick={() => outbox.remove(key)}>
        {t('discard')}
      </Button>
    </>
  )
}
