import { parseGameMessage, type GameMessage, type ShellMessage } from '@sparkle/games/bridge'
import type { Counter } from './counter.ts'
import type { Saves } from './saves.ts'

/** A game sends a few messages a minute; one that floods its shell is not listened to for the rest of the second. */
const MESSAGES_PER_SECOND = 60

/**
 * Hears the game in `frame` and nobody else. The frame's origin is opaque, so its window is what identifies it; every
 * message is rebuilt from bounded fields by the validator, and whatever else it carries is never touched. `pass` gets all
 * of them.
 */
export function connectGame(
  frame: HTMLIFrameElement,
  saves: Saves,
  counter: Counter | undefined,
  pass?: (message: GameMessage) => void,
): void {
  const send = (message: ShellMessage) => frame.contentWindow?.postMessage(message, '*')
  let second = 0
  let heard = 0

  addEventListener('message', (event) => {
    if (event.source === null || event.source !== frame.contentWindow) return
    const now = Math.floor(performance.now() / 1000)
    heard = now === second ? heard + 1 : 1
    second = now
    if (heard > MESSAGES_PER_SECOND) return
    const message = parseGameMessage(event.data)
    if (message) pass?.(message)
    if (message?.type === 'load') send({ v: 1, type: 'loaded', ...saves.load() })
    else if (message?.type === 'save') saves.keep({ best: message.best, muted: message.muted })
    else if (message?.type === 'start') counter?.start(message.play)
    else if (message?.type === 'finish') counter?.finish(message.play, message.score, message.seconds)
  })

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') send({ v: 1, type: 'pause' })
  })
}
