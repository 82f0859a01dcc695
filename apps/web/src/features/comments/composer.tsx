import type { Mentionable } from '@sparkle/shared/comments'
import { Crosshair, Lock, SendHorizontal, Timer, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { notify } from '../../components/toast.tsx'
import { guestToken } from '../../lib/guest.ts'
import { cn } from '../../lib/cn.ts'
import { useCommentOutbox } from './comment-outbox.tsx'
import { AttachButton, AttachedFiles, useAttaching } from './attachments.tsx'
import { useDraft, type CommentDraft } from './drafts.ts'
import { MentionField } from './mention-field.tsx'
import { clockOf } from './threads.ts'

interface ComposerProps {
  versionId: string
  projectId: string
  /** Where the draft is kept; the component is keyed by it. */
  draftKey: string
  /** The comment that is answered; null begins a thread. */
  parentId: string | null
  /** What somebody has just pointed at; it takes the place of what the draft had, unless it is undefined. */
  anchor?: CommentDraft['anchor'] | undefined
  /** What the game showed at that moment. */
  picture?: string | null
  /** `always`: it answers an internal comment, or is about a draft. */
  internal: 'never' | 'choice' | 'always'
  focused?: boolean
  onAnchorRemoved?: () => void
  onDone: () => void
  onCancel: () => void
}

/** Writes a comment or a reply. What is written is kept on this device until it has arrived. */
export function Composer(props: ComposerProps) {
  const { versionId, projectId, draftKey, parentId, internal: rule, onDone, onCancel } = props
  const t = useTranslations('comments')
  const common = useTranslations('common')
  const { add } = useCommentOutbox(versionId)
  const { draft, change, clear } = useDraft(draftKey, props.anchor === undefined ? {} : { anchor: props.anchor })
  const [empty, setEmpty] = useState(false)
  const attaching = useAttaching(projectId, draft.attachments, (one) =>
    change({ attachments: [...draft.attachments, one] }),
  )
  const internal = rule === 'always' || (rule === 'choice' && draft.internal)
  const isEmpty = draft.body.trim() === '' && draft.attachments.length === 0
  const submit = () => {
    setEmpty(isEmpty)
    if (isEmpty || attaching.underWay) return
    if (!add({ versionId, parentId, draft: { ...draft, body: draft.body.trim(), internal } })) {
      notify(common('outboxFull'), { tone: 'warn' })
      return
    }
    clear()
    onDone()
  }
  const mention = ({ userId, name }: Mentionable) => change({ mentions: [...draft.mentions, { userId, name }] })
  const label = parentId ? t('reply') : t('new')
  return (
    <form
      aria-label={label}
      className={cn('grid gap-2.5 rounded-box', internal && 'bg-warn-soft p-3')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {draft.anchor && (
        <AnchorChip
          anchor={draft.anchor}
          picture={props.picture ?? null}
          onRemove={() => {
            change({ anchor: null })
            props.onAnchorRemoved?.()
          }}
        />
      )}
      <MentionField
        versionId={versionId}
        internal={internal}
        label={label}
        placeholder={parentId ? t('replyPlaceholder') : t(guestToken() === null ? 'placeholder' : 'placeholderGuest')}
        focused={props.focused}
        value={draft.body}
        invalid={empty && isEmpty}
        onChange={(body) => change({ body })}
        onMention={mention}
        onCancel={onCancel}
      />
      <div aria-live="polite" className="empty:hidden">
        {empty && isEmpty && <p className="text-small text-bad">{t('sayMore')}</p>}
      </div>
      <AttachedFiles
        attaching={attaching}
        attached={draft.attachments}
        onRemove={(id) => change({ attachments: draft.attachments.filter((one) => one.id !== id) })}
      />
      {rule === 'choice' && (
        <Checkbox
          checked={draft.internal}
          onCheckedChange={(next) => change({ internal: next })}
          label={t('internal')}
          hint={t('internalHint')}
        />
      )}
      {rule === 'always' && (
        <p className="flex items-center gap-1.5 text-small text-warn">
          <Lock aria-hidden="true" className="size-3.5" />
          {t(parentId ? 'internalReply' : 'internalDraft')}
        </p>
      )}
      <div className="flex items-center gap-2">
        <AttachButton attaching={attaching} />
        <span className="grow" />
        <Button look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button look="primary" type="submit" icon={<SendHorizontal />} pending={attaching.underWay}>
          {t('send')}
        </Button>
      </div>
    </form>
  )
}

interface AnchorChipProps {
  anchor: NonNullable<CommentDraft['anchor']>
  picture: string | null
  onRemove: () => void
}

/** What the comment is pinned to, and the way to leave that out. */
function AnchorChip({ anchor, picture, onRemove }: AnchorChipProps) {
  const t = useTranslations('comments')
  const words =
    anchor.kind === 'moment'
      ? t('pinnedMoment', { time: clockOf(anchor.tick) })
      : t('pinnedPoint', { x: anchor.x, y: anchor.y })
  return (
    <div className="flex items-center gap-3 rounded-box border border-line bg-sunken p-1.5 pl-2">
      {picture && anchor.kind === 'moment' ? (
        <img src={picture} alt="" className="pixelated h-14 rounded-[4px]" />
      ) : anchor.kind === 'moment' ? (
        <Timer aria-hidden="true" className="size-4 text-accent-text" />
      ) : (
        <Crosshair aria-hidden="true" className="size-4 text-accent-text" />
      )}
      <span className="min-w-0 grow">{words}</span>
      <IconButton size="small" label={t('unpin')} icon={<X />} onClick={onRemove} />
    </div>
  )
}
