import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLiveStatus } from '../live.tsx'
import { useProblemText } from '../problem-text.ts'
import { createOutbox, type Outbox, type OutboxParts } from './outbox.ts'

type SenderParts<Item, Arrived> = Omit<OutboxParts<Item, Arrived>, 'textOf' | 'locks' | 'now'>

/** An outbox that sends for as long as the calling component is there. Give that a `key` per name. */
export function useSendingOutbox<Item extends object, Arrived>(parts: SenderParts<Item, Arrived>): Outbox<Item> {
  const textOf = useProblemText()
  const live = useLiveStatus()
  const [outbox] = useState(() =>
    createOutbox({ ...parts, textOf, locks: 'locks' in navigator ? navigator.locks : undefined }),
  )
  useEffect(() => outbox.start(), [outbox])
  useEffect(() => {
    if (live === 'open') void outbox.flush()
  }, [live, outbox])
  return outbox
}

/** What waits, and how to add to it; what is added or tried again is on its way at once. */
export function useWaiting<Item>(outbox: Outbox<Item>) {
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.list)
  const sending = useSyncExternalStore(outbox.subscribe, outbox.sending)
  const signedOut = useSyncExternalStore(outbox.subscribe, outbox.signedOut)
  return {
    waiting,
    sending,
    signedOut,
    /** `false` where too much waits already. */
    add: (item: Item) => {
      const added = outbox.add(item)
      void outbox.flush()
      return added
    },
    retry: (key: string, change?: Partial<Item>) => {
      outbox.retry(key, change)
      void outbox.flush()
    },
    remove: outbox.remove,
  }
}
