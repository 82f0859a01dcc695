import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { UserActor } from '../core/actor.ts'

/** Close codes of ours (RFC 6455 leaves 4000 to 4999 to applications). */
export const closeCodes = { sessionEnded: 4401, tooSlow: 4408 } as const

/** What may wait in one socket before its reader counts as too slow: a phone in a tunnel, not a dead page. */
const maxBufferedBytes = 1_000_000
/** How long a reader that was let go has to take the reason. */
const lastWordsMs = 5000

/** A connected page. */
export interface Member {
  actor: UserActor
  socket: WebSocket
  /** The connection under the socket: several messages at once go out in one write. */
  wire: Pick<Socket, 'cork' | 'uncork'>
  rooms: Set<string>
  /** The newest event it has been offered, sent or not. */
  seq: number
  /** Whether live events go to it directly; false while it is still catching up. */
  live: boolean
  /** When it last said in a room that somebody types there, in milliseconds. */
  typedAt: Map<string, number>
  /** What its rights are made of: members of the same may see the same. */
  sight: string
}

export function sightOf({ userId, role, accountId, permissions, grants, scopes, viaKey }: UserActor): string {
  // What artists may see depends on which projects are theirs.
  const self = role === 'artist' ? userId : null
  return JSON.stringify([self, role, accountId, permissions, grants ?? [], scopes ?? null, viaKey !== undefined])
}

export function frameOf(message: object): Buffer {
  return Buffer.from(JSON.stringify(message))
}

export function send(member: Member, message: object): void {
  sendFrame(member, frameOf(message))
}

/**
 * Sends what was written once for all its readers. A reader too slow to keep up is let go and told where to go on,
 * `resumeAt` being the last event it was sent: memory is the server's.
 */
export function sendFrame(member: Member, frame: Buffer, resumeAt = member.seq): void {
  const { socket } = member
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > maxBufferedBytes) {
    member.live = false
    socket.close(closeCodes.tooSlow, `too slow; come back with ?after=${resumeAt}`)
    setTimeout(() => socket.terminate(), lastWordsMs).unref()
    return
  }
  socket.send(frame, { binary: false })
}

/** Waits until a socket that is catching up has taken most of what was sent; false when it is gone or takes too long. */
export async function drained({ socket }: Member): Promise<boolean> {
  for (let waited = 0; socket.readyState === socket.OPEN; waited += 20) {
    if (socket.bufferedAmount < maxBufferedBytes / 4) return true
    if (waited > 30_000) {
      socket.terminate()
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}
