import type { MessageView } from '@sparkle/shared/conversations'
import { useTranslations } from 'use-intl'
import { Notice } from '../../components/notice.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useChangeMessage } from './api.ts'
import { EditWords } from './edit-words.tsx'

/** A sent message, being changed. */
export function EditMessage({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const t = useTranslations('conversation')
  const textOf = useProblemText()
  const change = useChangeMessage(message.projectId)
  const save = (words: string) => {
    if (words === message.body) onDone()
    else change.mutate({ of: message, body: words }, { onSuccess: onDone })
  }
  return (
    <div className="grid gap-2">
      {change.error && <Notice tone="bad">{textOf(change.error)}</Notice>}
      <EditWords
        initial={message.body}
        saveLabel={t('saveEdit')}
        pending={change.isPending}
        onSave={save}
        onDone={onDone}
      />
    </div>
  )
}
