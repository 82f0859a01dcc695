import { longestMessage } from '@sparkle/shared/conversations'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Textarea } from '../../components/textarea.tsx'

interface EditWordsProps {
  initial: string
  saveLabel: string
  pending?: boolean
  /** With what is around the words trimmed; never empty. */
  onSave: (words: string) => void
  onDone: () => void
}

/** The words of a message, being changed in their place. */
export function EditWords({ initial, saveLabel, pending, onSave, onDone }: EditWordsProps) {
  const t = useTranslations('conversation')
  const [body, setBody] = useState(initial)
  const words = body.trim()
  return (
    <form
      className="flex w-[min(32rem,70vw)] flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(words)
      }}
    >
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
        <Button size="small" type="submit" disabled={words === ''} pending={pending ?? false}>
          {saveLabel}
        </Button>
      </div>
    </form>
  )
}
