import type { MessageView } from '@sparkle/shared/conversations'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, type ReactNode } from 'react'
import { z } from 'zod'
import { http } from '../../lib/http.ts'
import type { Outbox, Waiting } from '../../lib/outbox/outbox.ts'
import { useSendingOutbox, useWaiting } from '../../lib/outbox/use-outbox.ts'
import { addToCache, messageQueries } from './api.ts'

const unsentMessage = z.object({
  projectId: z.string(),
  body: z.string(),
  /** Uploaded already: a day is the longest that they wait. */
  attachments: z.array(z.object({ id: z.string(), filename: z.string() })),
})
type UnsentMessage = z.infer<typeof unsentMessage>
export type WaitingMessage = Waiting<UnsentMessage>

const OutboxContext = createContext<Outbox<UnsentMessage> | null>(null)

function sendMessage({ projectId, body, attachments }: UnsentMessage, key: string): Promise<MessageView> {
  const attachmentIds = attachments.map(({ id }) => id)
  return http.post<MessageView>(`/projects/${projectId}/messages`, { body, attachmentIds }, { idempotencyKey: key })
}

interface MessageOutboxProps {
  /** Whose messages these are, in which studio. */
  person: string
  /** Whether the calls of this page are still theirs. */
  isTheirs: () => boolean
  children: ReactNode
}

/** Sends messages that wait, whatever page is open. Give it a `key` per person. */
export function MessageOutbox({ person, isTheirs, children }: MessageOutboxProps) {
  const client = useQueryClient()
  const outbox = useSendingOutbox({
    carries: 'messages',
    person,
    item: unsentMessage,
    lineOf: ({ projectId }) => projectId,
    send: sendMessage,
    onArrived: (message) => {
      addToCache(client, message)
      void client.invalidateQueries({ queryKey: messageQueries.unread(message.projectId).queryKey })
    },
    isTheirs,
  })
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

/** What waits for one conversation, and how to add to it. */
export function useMessageOutbox(projectId: string) {
  const outbox = useContext(OutboxContext)
  if (!outbox) throw new Error('Messages need a MessageOutbox above them.')
  const { waiting, ...rest } = useWaiting(outbox)
  return { ...rest, waiting: waiting.filter(({ item }) => item.projectId === projectId) }
}
