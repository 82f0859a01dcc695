import { longestMessage } from '@sparkle/shared/conversations'
import { attachmentTypes } from '@sparkle/shared/attachments'
import { Paperclip, SendHorizontal } from 'lucide-react'
import { useId, type KeyboardEvent } from 'react'
import { useDropzone } from 'react-dropzone'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { TextLimit } from '../../components/text-limit.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { useTypingSignal } from '../../lib/live.tsx'
import { useSession } from '../../lib/session.tsx'
import { useMedia } from '../../lib/use-media.ts'
import { FileChips } from './file-chips.tsx'
import { useMessageOutbox } from './message-outbox.tsx'
import { useFiles } from './use-files.ts'
import { useMessageDraft } from './use-message-draft.ts'

interface ComposerProps {
  projectId: string
  side: 'studio' | 'client'
  onSent: () => void
}

/** Where one writes. What is begun here is still here tomorrow; what is sent goes out even if the tab is closed. */
export function Composer({ projectId, side, onSent }: ComposerProps) {
  const t = useTranslations('conversation')
  const common = useTranslations('common')
  const { add } = useMessageOutbox(projectId)
  const { user } = useSession()
  const [text, setText] = useMessageDraft(user.id, projectId)
  const sayTyping = useTypingSignal(`project:${projectId}`)
  // A phone's keyboard has no other key for a new line.
  const touch = useMedia('(pointer: coarse)')
  const hintId = useId()
  const chosen = useFiles(user.id, projectId)
  const { getRootProps, getInputProps, open } = useDropzone({
    noClick: true,
    noKeyboard: true,
    onDrop: (dropped) => chosen.add(dropped),
  })
  const ready = (text.trim() !== '' || chosen.uploaded.length > 0) && !chosen.uploading

  const send = () => {
    if (!ready) return
    if (!add({ projectId, body: text.trim(), attachments: chosen.uploaded })) {
      notify(common('outboxFull'), { tone: 'warn' })
      return
    }
    setText('')
    chosen.clear()
    onSent()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    const asked = event.metaKey || event.ctrlKey || (!touch && !event.shiftKey)
    if (!asked) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }

  return (
    <form
      {...getRootProps({ role: undefined, tabIndex: undefined })}
      className="scroll-mb-[calc(4.5rem+env(safe-area-inset-bottom))] border-t border-line p-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <FileChips files={chosen.files} onRemove={chosen.remove} />
      <input {...getInputProps({ accept: attachmentTypes.join(',') })} />
      <TextLimit value={text.trim()} max={longestMessage} describedBy={hintId} isRefused={false}>
        {(tie) => (
          <span className="flex items-end gap-2">
            <IconButton
              label={t('attach')}
              icon={<Paperclip />}
              disabled={chosen.full}
              onClick={open}
              className="size-11"
            />
            <Textarea
              {...tie}
              aria-label={t('write')}
              rows={1}
              value={text}
              placeholder={side === 'studio' ? t('placeholderStudio') : t('placeholderClient')}
              onKeyDown={onKeyDown}
              onPaste={({ clipboardData }) => chosen.add([...clipboardData.files])}
              onChange={(event) => {
                setText(event.target.value)
                if (event.target.value.trim() !== '') sayTyping()
              }}
              className="max-h-40! min-h-11 grow resize-none!"
            />
            <Button type="submit" look="primary" size="large" icon={<SendHorizontal />} disabled={!ready}>
              <span className="max-sm:sr-only">{t('send')}</span>
            </Button>
          </span>
        )}
      </TextLimit>
      <p id={hintId} className="mt-1.5 text-small text-muted pointer-coarse:sr-only">
        {t('hintKeys')}
      </p>
    </form>
  )
}
