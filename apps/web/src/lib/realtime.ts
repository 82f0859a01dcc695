import {
  eventTypes,
  transientEventTypes,
  type ClientMessage,
  type EventView,
  type TransientEventType,
} from '@sparkle/shared/events'

/** Presence and typing: sent to whoever is connected, without a number, never sent again. */
export interface TransientEvent {
  type: TransientEventType
  at: string
  room?: string
  data: EventView['data']
}
/** Follows what was missed; from here on everything is live. */
interface ReadyMark {
  type: 'ready'
  at: string
  data: { seq: number }
}
export type RealtimeEvent = EventView | TransientEvent
export type RealtimeStatus = 'connecting' | 'open' | 'waiting' | 'closed'

interface RealtimeListener {
  onEvent: (event: RealtimeEvent) => void
  onStatus?: (status: RealtimeStatus) => void
  /** The first `ready` came late: what was read before it may be old, and no event will say so. */
  onGap: () => void
  /**
   * Called when the server did not let us in, or has put us out because the session or the role is another one now.
   * Renews the session if it can; `false` ends the attempts.
   */
  onRefused: () => Promise<boolean>
}

export interface Realtime {
  /** Connects and keeps connected. Returns the end of it. */
  start: (listener: RealtimeListener) => () => void
  /** Joins a room, again after every reconnect; several callers may share one. Returns the leave. */
  join: (room: string) => () => void
  typing: (room: string) => void
}

/** As the API closes a socket whose session has ended or has other rights now. */
const notLetIn = 4401
const firstDelayMs = 500
const longestDelayMs = 30_000
const known: ReadonlySet<string> = new Set([...eventTypes, ...transientEventTypes])

/**
 * The live feed of the active studio. After a loss it comes back with growing, jittered pauses, or at once when the
 * network or the tab returns, and asks by `?after=seq` for what it missed.
 */
export function createRealtime(url = eventsUrl()): Realtime {
  const rooms = new Map<string, number>()
  let socket: WebSocket | null = null
  /** Null until the server has said where it stands; 0 is a studio in which nothing has happened yet. */
  let lastSeq: number | null = null

  const send = (message: ClientMessage) => {
    if (socket !== null && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
  }

  const start = ({ onEvent, onStatus, onGap, onRefused }: RealtimeListener) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let failures = 0
    let stopped = false

    const connect = () => {
      clearTimeout(timer)
      onStatus?.('connecting')
      let opened = false
      const current = new WebSocket(lastSeq === null ? url : `${url}?after=${lastSeq}`)
      socket = current
      current.onopen = () => {
        opened = true
        onStatus?.('open')
        for (const room of rooms.keys()) send({ type: 'subscribe', room })
      }
      current.onmessage = (message) => {
        const event = stopped ? null : parseEvent(message.data)
        if (!event) return
        if (event.type === 'ready') {
          // Everything up to here was sent: where to go on after a loss, even if nothing has happened since.
          if (lastSeq === null && failures > 0) onGap()
          lastSeq = event.data.seq
          failures = 0
          return
        }
        if ('seq' in event) {
          // What was missed and what is live may overlap around a reconnect.
          if (lastSeq !== null && event.seq <= lastSeq) return
          lastSeq = event.seq
        }
        onEvent(event)
      }
      current.onclose = ({ code }) => {
        if (stopped || socket !== current) return
        socket = null
        void afterLoss(opened && code !== notLetIn)
      }
    }
    const afterLoss = async (wasIn: boolean) => {
      onStatus?.('waiting')
      // A browser tells a refused handshake from a dead network by nothing at all, so ask the API.
      if (!wasIn && !(await onRefused())) {
        stop()
        return
      }
      if (stopped || socket) return
      const ceiling = Math.min(firstDelayMs * 2 ** failures, longestDelayMs)
      failures += 1
      timer = setTimeout(connect, ceiling / 2 + Math.random() * (ceiling / 2))
    }
    const hurry = () => {
      if (!stopped && !socket && document.visibilityState === 'visible') connect()
    }
    const stop = () => {
      if (stopped) return
      stopped = true
      clearTimeout(timer)
      window.removeEventListener('online', hurry)
      document.removeEventListener('visibilitychange', hurry)
      socket?.close()
      socket = null
      onStatus?.('closed')
    }

    window.addEventListener('online', hurry)
    document.addEventListener('visibilitychange', hurry)
    connect()
    return stop
  }

  const join = (room: string) => {
    const count = rooms.get(room) ?? 0
    rooms.set(room, count + 1)
    if (count === 0) send({ type: 'subscribe', room })
    return () => {
      const left = (rooms.get(room) ?? 1) - 1
      if (left > 0) {
        rooms.set(room, left)
        return
      }
      rooms.delete(room)
      send({ type: 'unsubscribe', room })
    }
  }

  return { start, join, typing: (room) => send({ type: 'typing', room }) }
}

function eventsUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/events`
}

/** Drops what this version does not know: a newer server may already send more. */
function parseEvent(data: unknown): RealtimeEvent | ReadyMark | null {
  if (typeof data !== 'string') return null
  let parsed: unknown
  try {
    parsed = JSON.parse(data)
  } catch (error) {
    console.warn('An event could not be read.', error)
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || !('type' in parsed)) return null
  if (typeof parsed.type !== 'string') return null
  return known.has(parsed.type) || parsed.type === 'ready' ? (parsed as RealtimeEvent | ReadyMark) : null
}
