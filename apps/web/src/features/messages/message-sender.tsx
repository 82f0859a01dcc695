import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useSession } from '../../lib/session.tsx'
import { addToCache, messageQueries, postMessage } from './api.ts'
import { flushOutbox, listenToOutbox, readOutbox } from './outbox.ts'

const retryMs = 10_000

/** Sends what people have written, whatever page they are on by now. Once, in the frame of a signed-in person. */
export function MessageSender() {
  const { user } = useSession()
  const client = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let busy = false
    const flush = async () => {
      if (busy) return
      busy = true
      clearTimeout(timer)
      try {
        const left = await flushOutbox(user.id, async (message) => {
          addToCache(client, await postMessage(message))
          void client.invalidateQueries({ queryKey: messageQueries.unread(message.projectId).queryKey })
        })
        if (left === 'waiting') timer = setTimeout(() => void flush(), retryMs)
      } finally {
        busy = false
      }
    }
    const onChange = () => {
      if (readOutbox().some(({ userId, refused }) => userId === user.id && refused === null)) void flush()
    }
    const stop = listenToOutbox(onChange)
    window.addEventListener('online', onChange)
    onChange()
    return () => {
      stop()
      clearTimeout(timer)
      window.removeEventListener('online', onChange)
    }
  }, [client, user.id])
  return null
}
