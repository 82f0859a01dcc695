import type { MeView } from '@sparkle/shared/auth'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { isProblem } from './problem.ts'
import { createRealtime, type Realtime, type RealtimeEvent, type RealtimeStatus } from './realtime.ts'
import { meQuery } from './session.tsx'

interface Live {
  status: RealtimeStatus
  realtime: Realtime
  /** Calls back for each event; returns the unsubscribe. */
  listen: (listener: (event: RealtimeEvent) => void) => () => void
}

const LiveContext = createContext<Live | null>(null)
const settleMs = 120

interface LiveProviderProps {
  /** Which queries an event makes old. Every key is taken as a prefix. */
  staleAfter: (event: RealtimeEvent) => readonly QueryKey[]
  /** Nobody is signed in for the moment: no attempts until somebody is again. */
  paused: boolean
  children: ReactNode
}

/** Keeps the page live: one socket, whose events make the right queries old. Give it a `key` per studio. */
export function LiveProvider({ staleAfter, paused, children }: LiveProviderProps) {
  const client = useQueryClient()
  const [status, setStatus] = useState<RealtimeStatus>('connecting')
  const [realtime] = useState(() => createRealtime())
  const [listeners] = useState(() => new Set<(event: RealtimeEvent) => void>())
  const staleKeys = useEffectEvent(staleAfter)

  useEffect(() => {
    if (paused) return
    const waiting = new Map<string, QueryKey>()
    let timer: ReturnType<typeof setTimeout> | undefined
    // One change often brings several events: let them settle, then ask once. What is being fetched is not broken off:
    // while events come thick and fast, a long list would never get further.
    const settle = () => {
      for (const [name, queryKey] of waiting) {
        if (client.isFetching({ queryKey }) > 0) continue
        waiting.delete(name)
        void client.invalidateQueries({ queryKey })
      }
      timer = waiting.size > 0 ? setTimeout(settle, settleMs) : undefined
    }
    const stop = realtime.start({
      onStatus: setStatus,
      onGap: () => void client.invalidateQueries(),
      onRefused: () => mayComeBack(client),
      onEvent: (event) => {
        for (const listener of listeners) listener(event)
        for (const key of staleKeys(event)) waiting.set(JSON.stringify(key), key)
        if (waiting.size > 0) timer ??= setTimeout(settle, settleMs)
      },
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, realtime, listeners, paused])

  const [listen] = useState(() => (listener: (event: RealtimeEvent) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  })
  return <LiveContext value={{ status, realtime, listen }}>{children}</LiveContext>
}

/**
 * `false` once the API says that nobody is signed in; a dead network says nothing about that. Whoever was put out may
 * have other rights by now: the session is read anew, and with other rights so is everything else.
 */
async function mayComeBack(client: QueryClient): Promise<boolean> {
  const before = client.getQueryData(meQuery.queryKey)
  try {
    const me = await client.fetchQuery({ ...meQuery, staleTime: 0 })
    // In another studio, or in none any more, it is another page: this one's questions would only be refused.
    if (before?.organization?.id === me.organization?.id && before && rightsIn(before) !== rightsIn(me))
      void client.invalidateQueries()
    return true
  } catch (error) {
    return !(isProblem(error) && error.status === 401)
  }
}

function rightsIn({ role, rights }: MeView): string {
  return JSON.stringify([role, rights])
}

const quiet: Live = {
  status: 'open',
  realtime: { start: () => () => undefined, join: () => () => undefined, typing: () => undefined },
  listen: () => () => undefined,
}

/** For pages without a socket, such as a guest's: nothing is heard, and nothing waits for a connection. */
export function WithoutLive({ children }: { children: ReactNode }) {
  return <LiveContext value={quiet}>{children}</LiveContext>
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('Live events need a LiveProvider above them.')
  return live
}

export function useLiveStatus(): RealtimeStatus {
  return useLive().status
}

/** Stays in a room while the caller is on the page. */
export function useRoom(room: string): void {
  const { realtime } = useLive()
  useEffect(() => realtime.join(room), [realtime, room])
}

/** For what is more than an old query: a toast, an animation, a typing mark. */
export function useLiveEvent(listener: (event: RealtimeEvent) => void): void {
  const { listen } = useLive()
  const onEvent = useEffectEvent(listener)
  useEffect(() => listen((event) => onEvent(event)), [listen])
}

/** Others in the room hear at most this often that somebody goes on writing. */
const typingPauseMs = 2500

/** A function to call at every key that is pressed: tells the room now and then that somebody writes. */
export function useTypingSignal(room: string): () => void {
  const { realtime } = useLive()
  const saidAt = useRef(0)
  return () => {
    const now = Date.now()
    if (now - saidAt.current < typingPauseMs) return
    saidAt.current = now
    realtime.typing(room)
  }
}
