import type { ObjectStore } from '../../adapters/object-store.ts'
import type { Reviewer } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import { createKeptThread, ThreadTooSlowError } from '../../core/kept-thread.ts'
import { createTurns } from '../../core/turns.ts'
import { readGameDocument } from './bundle-store.ts'

export interface ReplayTask {
  html: string
  /** As the games' engine writes it. */
  log: string
  /** How many ticks of it are played. */
  tick: number
}

export type ReplayAnswer =
  | { is: 'played'; hash: string }
  | { is: 'broken' }
  | { is: 'too_short'; ticks: number }
  | { is: 'failed'; message: string }

/** A whole play of five minutes takes a second on a phone's log; a busy machine may take longer. */
const patienceMs = 15_000

const ask = createKeptThread<ReplayTask, ReplayAnswer>({
  file: new URL('./replay-thread.ts', import.meta.url),
  maxMemoryMb: 256,
  patienceMs,
})
const busy = () =>
  new AppError('unavailable', 'build.replay_busy', 'Many plays are being replayed. Try again in a minute.')
const takeTurn = createTurns({ atOnce: 1, longestQueue: 20, perCaller: 2, busy })

/**
 * Replays a log in the very script of a built game, on a thread with bounded memory and time, and answers the state's
 * hash at the tick. Throws 503 `build.replay_busy` where it takes too long, or where the caller has one waiting already.
 */
export async function replayMoment(
  store: Pick<ObjectStore, 'get'>,
  actor: Reviewer,
  digest: string,
  { log, tick }: { log: string; tick: number },
): Promise<Exclude<ReplayAnswer, { is: 'failed' }>> {
  const caller = actor.kind === 'guest' ? actor.linkId : actor.userId
  return takeTurn(async () => {
    const html = await readGameDocument(store, actor.organizationId, digest)
    const answer = await ask({ html, log, tick }).catch((error: unknown) => {
      throw error instanceof ThreadTooSlowError ? busy() : error
    })
    if (answer.is === 'failed') throw new Error(`A build could not be replayed: ${answer.message}`)
    return answer
  }, caller)
}
