import type { GameMessage, ShellMessage } from '../bridge.ts'
import type { Progress } from '../engine/game.ts'
import { stateHash } from '../engine/hash.ts'
import type { Session } from './session.ts'
import type { GameView } from './view.ts'

interface MomentParts<State extends Progress> {
  session: Session<State>
  view: GameView<State>
  canvas: HTMLCanvasElement
  send(message: GameMessage): void
  /** The session stands or moves in another way now. */
  onChange(): void
}

export interface Moments {
  obey(message: ShellMessage): void
  /** Brings a replay under way a slice further; called once a tick. */
  wind(): void
}

/** A slice of a replay: short enough that the page answers in between, also on a phone. */
const SLICE_MS = 8
const SLICE_TICKS = 120
/** How often the shell hears how far a replay is. */
const TELL_EVERY_TICKS = 1200
const PICTURE_SIDE = 240

/** Moments of play, for reviews: to stop at one, to come back to one, and to go on from there. */
export function createMoments<State extends Progress>(parts: MomentParts<State>): Moments {
  const { session, view, canvas, send, onChange } = parts
  let told = 0

  const freeze = () => {
    session.freeze()
    onChange()
    send({ v: 1, type: 'frozen', ...session.record(), picture: pictureOf(canvas) })
  }
  const advance = (untilTick: number) => {
    const isWanted = () => session.state().tick < untilTick && !session.state().finished
    while (isWanted() && session.advance()) view.afterStep(session.state(), true)
  }

  return {
    obey(message) {
      if (message.type === 'freeze') freeze()
      else if (message.type === 'advance') advance(message.untilTick)
      else if (message.type === 'replay' && session.replay(message.log, message.untilTick)) {
        told = 0
        view.reset()
        onChange()
      }
    },
    wind() {
      if (session.mode() !== 'replaying') return
      const until = performance.now() + SLICE_MS
      let hasArrived = session.wind(SLICE_TICKS)
      while (!hasArrived && performance.now() < until) hasArrived = session.wind(SLICE_TICKS)
      view.afterStep(session.state(), false)
      const { tick } = session.state()
      if (hasArrived) {
        onChange()
        send({ v: 1, type: 'replayed', tick, hash: stateHash(session.state()) })
      } else if (tick - told >= TELL_EVERY_TICKS) {
        told = tick
        send({ v: 1, type: 'replaying', tick, untilTick: session.target() })
      }
    },
  }
}

/** What the canvas shows, small; it holds no pictures from elsewhere, so it may be read. */
function pictureOf(canvas: HTMLCanvasElement): string {
  const scale = Math.min(1, PICTURE_SIDE / Math.max(canvas.width, canvas.height))
  const small = document.createElement('canvas')
  small.width = Math.max(1, Math.round(canvas.width * scale))
  small.height = Math.max(1, Math.round(canvas.height * scale))
  small.getContext('2d')?.drawImage(canvas, 0, 0, small.width, small.height)
  return small.toDataURL('image/png')
}
