import type { ReplyView } from '@sparkle/shared/comments'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useEditComment } from './api.ts'
import type { CommentDraft } from './drafts.ts'
import { MentionField } from './mention-field.tsx'
import { namedIn } from './mention-query.ts'

type Words = Pick<CommentDraft, 'body' | 'mentions'>

interface EditWordsProps {
  versionId: string
  internal: boolean
  initial: Words
  /** There is a file that says enough. */
  mayBeEmpty: boolean
  saveLabel: string
  pending?: boolean
  onSave: (words: Words) => void
  onDone: () => void
}

/** The words of a comment, being changed in their place. */
export function EditWords({ versionId, internal, initial, mayBeEmpty, saveLabel, ...rest }: EditWordsProps) {
  const t = useTranslations('comments')
  const common = useTranslations('common')
  const [{ body, mentions }, setWords] = useState<Words>(initial)
  const { pending = false, onSave, onDone } = rest
  const save = () => {
    if (body.trim() !== '' || mayBeEmpty) onSave({ body: body.trim(), mentions })
  }
  return (
    <form
      aria-label={t('edit')}
      className="mt-1 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <MentionField
        versionId={versionId}
        internal={internal}
        label={t('edit')}
        focused
        value={body}
        onChange={(next) => setWords((before) => ({ ...before, body: next }))}
        onMention={({ userId, name }) =>
          setWords((before) => ({ ...before, mentions: [...before.mentions, { userId, name }] }))
        }
        onCancel={onDone}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          {common('cancel')}
        </Button>
        <Button type="submit" pending={pending}>
          {saveLabel}
        </Button>
      </div>
    </form>
  )
}

/** A sent comment, being changed. */
export function EditComment({ comment, onDone }: { comment: ReplyView; onDone: () => void }) {
  const common = useTranslations('common')
  const edit = useEditComment()
  const { versionId, internal, body, attachments } = comment
  const mentions = comment.mentions.map(({ userId, name }) => ({ userId, name: name ?? '' }))
  return (
    <EditWords
      versionId={versionId}
      internal={internal}
      initial={{ body, mentions }}
      mayBeEmpty={attachments.length > 0}
      saveLabel={common('save')}
      pending={edit.isPending}
      onSave={(words) =>
        edit.mutate(
          { of: comment, input: { body: words.body, mentions: namedIn(words.body, words.mentions) } },
          { onSuccess: onDone },
        )
      }
      onDone={onDone}
    />
  )
}
