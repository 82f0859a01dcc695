import { longestMessage, type MessageView } from '@sparkle/shared/conversations'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useChangeMessage } from './api.ts'

/** The words of a message, being changed in their place. */
export function EditMessage({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const t = useTranslations('conversation')
  const textOf = useProblemText()
  const change = useChangeMessage(message.projectId)
  const [body, setBody] = useState(message.body)
  const words = body.trim()
  const save = () => {
    if (words === message.body) onDone()
    else change.mutate({ of: message, body: words }, { onSuccess: onDone })
  }
  return (
    <form
      className="flex w-[min(32rem,70vw)] flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {change.error && <Notice tone="bad">{textOf(change.error)}</Notice>}
      <Textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the text that was chosen to be changed
        autoFocus
        aria-label={t('write')}
        rows={2}
        maxLength={longestMessage}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <div className="flex justify-end gap-2">
        <Button size="small" look="quiet" onClick={onDone}>
          {t('cancelEdit')}
        </Button>
        <Button size="small" type="submit" disabled={words === ''} pending={change.isPending}>
          {t('saveEdit')}
        </Button>
      </div>
    </form>
  )
}
