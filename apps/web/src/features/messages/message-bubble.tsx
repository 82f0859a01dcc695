import { messageWindowMinutes, type MessageView } from '@sparkle/shared/conversations'
import { messagePlace } from '@sparkle/shared/notifications'
import { Ellipsis, Link2, Pencil, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useNow, useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { SideTag } from '../../components/side-tag.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { copyText } from '../../lib/copy-text.ts'
import { useCan } from '../../lib/session.tsx'
import { useDeleteMessage } from './api.ts'
import { MessageFiles } from './message-files.tsx'
import { EditMessage } from './edit-message.tsx'

interface MessageBubbleProps {
  message: MessageView
  /** It belongs to the one above: the same person, a moment later. */
  follows: boolean
  /** The one that a link has led to. */
  marked: boolean
}

/** One message: whose it is, what it says, and when. */
export function MessageBubble({ message, follows, marked }: MessageBubbleProps) {
  const t = useTranslations('conversation')
  const format = useFormatter()
  const [editing, setEditing] = useState(false)
  const { author, body, deletedAt, editedAt, createdAt } = message
  const { mine } = author
  const name = author.name ?? t('erased')
  return (
    <li
      id={`message-${message.id}`}
      tabIndex={-1}
      className={cn(
        'group flex gap-2.5 px-3 outline-none sm:px-4',
        mine && 'flex-row-reverse',
        follows ? 'mt-1' : 'mt-4',
      )}
    >
      {!mine && (follows ? <span className="w-8 shrink-0" /> : <Avatar name={name} side={author.side} />)}
      <div className={cn('flex max-w-[85%] min-w-0 flex-col sm:max-w-[75%]', mine && 'items-end')}>
        {!follows && (
          <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-small text-muted">
            <span className={mine ? 'sr-only' : 'font-strong text-ink'}>{mine ? t('you') : name}</span>
            {!mine && <SideTag side={author.side} />}
            <time dateTime={createdAt}>{format.dateTime(new Date(createdAt), { timeStyle: 'short' })}</time>
          </p>
        )}
        {editing ? (
          <EditMessage message={message} onDone={() => setEditing(false)} />
        ) : (
          <div className={cn('flex max-w-full items-center gap-1', mine && 'flex-row-reverse')}>
            <div
              className={cn(
                'min-w-0 rounded-box px-3 py-2 wrap-anywhere whitespace-pre-wrap transition-colors duration-700',
                deletedAt
                  ? 'border border-dashed border-line text-muted italic'
                  : mine
                    ? 'bg-accent-soft'
                    : 'border border-line bg-surface',
                marked && 'outline-2 outline-offset-2 outline-accent',
              )}
            >
              {deletedAt ? t('deleted') : body}
              <MessageFiles files={message.attachments} className={body ? 'mt-2' : undefined} />
              {editedAt && !deletedAt && <span className="ml-2 text-small text-muted">{t('edited')}</span>}
            </div>
            {!deletedAt && <MessageMenu message={message} onEdit={() => setEditing(true)} />}
          </div>
        )}
      </div>
    </li>
  )
}

function MessageMenu({ message, onEdit }: { message: MessageView; onEdit: () => void }) {
  const t = useTranslations('conversation')
  const confirm = useConfirm()
  const remove = useDeleteMessage(message.projectId)
  const { id, projectId, may, createdAt } = message
  // What the list said when it was read may be over by now.
  const now = useNow({ updateInterval: 30_000 })
  const young = now.getTime() - Date.parse(createdAt) < messageWindowMinutes * 60_000
  const mayDeleteAny = useCan('studio:update')
  const takeBack = async () => {
    const question = { title: t('deleteQuestion'), body: t('deleteBody'), confirmLabel: t('delete'), danger: true }
    if (await confirm(question)) remove.mutate(message)
  }
  const copyLink = async () => {
    const link = location.origin + messagePlace(projectId, id)
    if (await copyText(link)) notify(t('linkCopied'))
    else notify(link, { tone: 'info' })
  }
  return (
    <Menu
      align={message.author.mine ? 'end' : 'start'}
      trigger={
        <IconButton
          bare
          size="small"
          label={t('menu')}
          icon={<Ellipsis />}
          className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-60"
        />
      }
    >
      {may.edit && young && (
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          {t('edit')}
        </MenuItem>
      )}
      <MenuItem icon={<Link2 />} onSelect={() => void copyLink()}>
        {t('copyLink')}
      </MenuItem>
      {may.delete && (young || mayDeleteAny) && (
        <MenuItem danger icon={<Undo2 />} onSelect={() => void takeBack()}>
          {t('delete')}
        </MenuItem>
      )}
    </Menu>
  )
}
