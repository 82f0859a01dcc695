import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { newKey } from '../../lib/http.ts'
import { useLiveStatus } from '../../lib/live.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { postComment, showArrived } from './api.ts'
import { createOutbox, type Outbox } from './outbox.ts'

const OutboxContext = createContext<Outbox | null>(null)
/** Where no event says that the network is back, it is found out. */
const tryEveryMs = 15_000

interface OutboxProviderProps {
  /** Whose comments these are: somebody else at the same device has an outbox of their own. */
  person: string
  children: ReactNode
}

/** Sends what waits from whatever page is open. Give it a `key` per person. */
export function OutboxProvider({ person, children }: OutboxProviderProps) {
  const client = useQueryClient()
  const textOf = useProblemText()
  const live = useLiveStatus()
  const storageKey = `comment-outbox ${person}`
  const [outbox] = useState(() =>
    createOutbox({
      storageKey,
      send: ({ versionId, input, key }) => postComment(versionId, input, key),
      onArrived: (comment) => {
        showArrived(client, comment)
        void client.invalidateQueries({ queryKey: ['comments'] })
        void client.invalidateQueries({ queryKey: ['reviews'] })
      },
      textOf,
      newKey,
      now: () => Date.now(),
    }),
  )

  useEffect(() => {
    const flush = () => void outbox.flush()
    const onStorage = (event: StorageEvent) => event.key === storageKey && outbox.reread()
    const timer = setInterval(flush, tryEveryMs)
    window.addEventListener('online', flush)
    window.addEventListener('storage', onStorage)
    flush()
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', flush)
      window.removeEventListener('storage', onStorage)
    }
  }, [outbox, storageKey])
  useEffect(() => {
    if (live === 'open') void outbox.flush()
  }, [live, outbox])

  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

const none: ReturnType<Outbox['list']> = []
const noSubscription = () => () => undefined

/** What waits for one version, and how to add to it. */
export function useOutbox(versionId: string) {
  const outbox = useContext(OutboxContext)
  const entries = useSyncExternalStore(outbox?.subscribe ?? noSubscription, () => outbox?.list() ?? none)
  const sending = useSyncExternalStore(outbox?.subscribe ?? noSubscription, () => outbox?.sending() ?? null)
  return {
    waiting: entries.filter((entry) => entry.versionId === versionId),
    sending,
    add: (input: Parameters<Outbox['add']>[1]) => {
      outbox?.add(versionId, input)
      void outbox?.flush()
    },
    retry: (...call: Parameters<Outbox['retry']>) => {
      outbox?.retry(...call)
      void outbox?.flush()
    },
    remove: (key: string) => outbox?.remove(key),
  }
}
