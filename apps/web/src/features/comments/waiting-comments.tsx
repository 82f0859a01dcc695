import { Clock, Paperclip } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { ToneIcon } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { tooOld, type Waiting } from '../../lib/outbox/outbox.ts'
import { useCommentOutbox, type UnsentComment } from './comment-outbox.tsx'
import { EditWords } from './edit-comment.tsx'

interface WaitingCommentsProps {
  versionId: string
  /** The thread they answer; null for those that begin one. */
  parentId: string | null
  className: string
}

/** What was written and has not arrived: it says so, and goes by itself as soon as it can. */
export function WaitingComments({ versionId, parentId, className }: WaitingCommentsProps) {
  const t = useTranslations('comments')
  const outbox = useCommentOutbox(versionId)
  const mine = outbox.waiting.filter(({ item }) => item.parentId === parentId)
  if (mine.length === 0) return null
  return (
    <ul aria-label={t('waitingList')} className={cn('grid gap-2', className)}>
      {mine.map((waiting) => (
        <WaitingItem key={waiting.key} waiting={waiting} outbox={outbox} />
      ))}
    </ul>
  )
}

interface WaitingItemProps {
  waiting: Waiting<UnsentComment>
  outbox: ReturnType<typeof useCommentOutbox>
}

function WaitingItem({ waiting: { key, item, refused, triedAt }, outbox }: WaitingItemProps) {
  const t = useTranslations('comments')
  const [editing, setEditing] = useState(false)
  const { versionId, draft } = item
  const { sending, signedOut, retry, remove } = outbox
  const isSending = key === sending
  return (
    <li className="rounded-box border border-dashed border-edge bg-sunken p-3">
      {editing ? (
        <EditWords
          versionId={versionId}
          internal={draft.internal}
          initial={draft}
          mayBeEmpty={draft.attachments.length > 0}
          saveLabel={t('send')}
          onSave={(words) => retry(key, { draft: { ...draft, ...words } })}
          onDone={() => setEditing(false)}
        />
      ) : (
        <p className="wrap-anywhere whitespace-pre-line">{draft.body}</p>
      )}
      {draft.attachments.map(({ id, filename }) => (
        <p key={id} className="mt-1 flex items-center gap-1.5 text-small">
          <Paperclip aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="min-w-0 truncate">{filename}</span>
        </p>
      ))}
      {refused === null ? (
        <p role="status" className="mt-1.5 flex items-center gap-1.5 text-small text-muted">
          {isSending ? <Spinner /> : <Clock aria-hidden="true" className="size-3.5" />}
          {isSending
            ? t('sending')
            : t(triedAt === null ? 'waiting' : signedOut ? 'waitingSignedOut' : 'waitingToSend')}
        </p>
      ) : (
        <p role="alert" className="mt-1.5 flex items-start gap-1.5 text-small text-bad">
          <ToneIcon tone="bad" className="mt-px size-3.5" />
          {refused.code === tooOld ? t('mayHaveArrived') : refused.why}
        </p>
      )}
      {!isSending && !editing && (
        <div className="mt-1.5 -ml-2 flex flex-wrap gap-1">
          <Button look="quiet" size="small" onClick={() => retry(key)}>
            {t('sendNow')}
          </Button>
          {refused !== null && (
            <Button look="quiet" size="small" onClick={() => setEditing(true)}>
              {t('editWaiting')}
            </Button>
          )}
          {refused !== null && draft.anchor && (
            <Button look="quiet" size="small" onClick={() => retry(key, { draft: { ...draft, anchor: null } })}>
              {t('sendUnpinned')}
            </Button>
          )}
          {refused !== null && draft.attachments.length > 0 && draft.body !== '' && (
            <Button look="quiet" size="small" onClick={() => retry(key, { draft: { ...draft, attachments: [] } })}>
              {t('sendWithoutFiles')}
            </Button>
          )}
          <Button look="quiet" size="small" onClick={() => remove(key)}>
            {t('discard')}
          </Button>
        </div>
      )}
    </li>
  )
}
