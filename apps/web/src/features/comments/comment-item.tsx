import type { ReplyView } from '@sparkle/shared/comments'
import { Ellipsis, Link2, Lock, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SideTag } from '../../components/side-tag.tsx'
import { Badge } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { copyText } from '../../lib/copy-text.ts'
import { useDeleteComment } from './api.ts'
import { Attachments } from './attachments.tsx'
import { EditComment } from './edit-comment.tsx'
import { pieces } from './mention-query.ts'

interface CommentItemProps {
  comment: ReplyView
  /** The number of the thread it begins. */
  number?: number
  isNew: boolean
}

/** One comment: who, when, what, and what may be done with it. */
export function CommentItem({ comment, number, isNew }: CommentItemProps) {
  const t = useTranslations('comments')
  const [editing, setEditing] = useState(false)
  const { author, createdAt, editedAt, deletedAt, internal } = comment
  const name = author.name ?? t('somebody')
  if (deletedAt)
    return (
      <p className="py-1 text-muted italic">
        {number !== undefined && <span className="not-italic">{t('number', { number })} · </span>}
        {t('deleted')}
      </p>
    )
  return (
    <article aria-label={t('by', { name, side: author.side })} className="flex gap-2.5">
      <Avatar name={name} side={author.side} size="small" className="mt-0.5" />
      <div className="min-w-0 grow">
        <div className="flex items-start gap-1">
          <p className="flex min-w-0 grow flex-wrap items-center gap-x-1.5 gap-y-0.5 pt-0.5">
            <span className="font-strong wrap-anywhere">{name}</span>
            <SideTag side={author.side} />
            {internal && (
              <Badge className="gap-1 border-warn-solid text-warn">
                <Lock aria-hidden="true" className="size-3" />
                {t('internalMark')}
              </Badge>
            )}
            {isNew && <Badge className="border-transparent bg-info-soft font-strong text-info">{t('isNew')}</Badge>}
            <span className="text-small whitespace-nowrap text-muted">
              <RelativeTime at={createdAt} />
              {editedAt && ` · ${t('edited')}`}
            </span>
          </p>
          {!editing && <CommentMenu comment={comment} onEdit={() => setEditing(true)} />}
        </div>
        {editing ? <EditComment comment={comment} onDone={() => setEditing(false)} /> : <Body comment={comment} />}
        <Attachments attachments={comment.attachments} />
      </div>
    </article>
  )
}

function Body({ comment: { body, mentions } }: { comment: ReplyView }) {
  const names = mentions.flatMap(({ name }) => name ?? [])
  return (
    <p className="wrap-anywhere whitespace-pre-line">
      {pieces(body, names).map(({ text, mention }, index) =>
        mention ? (
          // oxlint-disable-next-line react/no-array-index-key -- the pieces of a text have no other name
          <strong key={index} className="font-strong text-accent-text">
            {text}
          </strong>
        ) : (
          text
        ),
      )}
    </p>
  )
}

function CommentMenu({ comment, onEdit }: { comment: ReplyView; onEdit: () => void }) {
  const t = useTranslations('comments')
  const confirm = useConfirm()
  const remove = useDeleteComment()
  const { id, may } = comment
  const copy = async () => {
    const url = new URL(location.href)
    url.hash = `comment-${id}`
    if (await copyText(url.href)) notify(t('linkCopied'))
  }
  const askAndRemove = async () => {
    const yes = await confirm({
      title: t('deleteTitle'),
      body: t('deleteBody'),
      confirmLabel: t('delete'),
      danger: true,
    })
    if (yes) remove.mutate(comment)
  }
  return (
    <Menu align="end" trigger={<IconButton size="small" bare label={t('more')} icon={<Ellipsis />} />}>
      {may.edit && (
        <MenuItem icon={<PencilLine />} onSelect={onEdit}>
          {t('edit')}
        </MenuItem>
      )}
      <MenuItem icon={<Link2 />} onSelect={() => void copy()}>
        {t('copyLink')}
      </MenuItem>
      {may.delete && (
        <MenuItem danger icon={<Trash2 />} onSelect={() => void askAndRemove()}>
          {t('delete')}
        </MenuItem>
      )}
    </Menu>
  )
}
