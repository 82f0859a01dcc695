import { parseGameMessage, type GameMessage, type GameMode, type ShellMessage } from '@sparkle/games/bridge'

export type Frozen = Extract<GameMessage, { type: 'frozen' }>
export type Replayed = Extract<GameMessage, { type: 'replayed' }>

/** What a game is doing. `silent`: it has not spoken yet, or is a studio's own that never will. */
export interface GameState {
  mode: GameMode | 'silent'
  tick: number
  score: number
  /** How far a replay under way is, 0 to 1. */
  replayed: number | null
}

export interface GameDriver {
  /** Stops the game where it is; null if it does not answer. Tick 0 means that no play has begun. */
  freeze: () => Promise<Frozen | null>
  /**
   * Plays a log up to a tick and stands still there, as soon as the game is there; null if it could not, or another replay
   * came between.
   */
  replay: (log: string, untilTick: number) => Promise<Replayed | null>
  /** Plays the log of the last replay on, up to a later tick. */
  advance: (untilTick: number) => void
  resume: () => void
  end: () => void
}

const answerMs = 2_500
/** A replay is given up when the game has not been heard of for so long. */
const silenceMs = 15_000

export const silentGame: GameState = { mode: 'silent', tick: 0, score: 0, replayed: null }

/**
 * Drives the game in a preview's frame through the shell that holds it. Messages are taken from that frame's window and
 * origin only, and sent to that origin only.
 */
export function driveGame(frame: HTMLIFrameElement, address: string, onState: (state: GameState) => void): GameDriver {
  const { origin } = new URL(address)
  let state = silentGame
  let freezing: ((frozen: Frozen | null) => void) | null = null
  let replaying: { begin: () => void; done: (replayed: Replayed | null) => void; heard: () => void } | null = null

  const set = (change: Partial<GameState>) => {
    state = { ...state, ...change }
    onState(state)
  }
  const send = (message: ShellMessage) => frame.contentWindow?.postMessage(message, origin)
  const hear = (event: MessageEvent<unknown>) => {
    if (event.source === null || event.source !== frame.contentWindow || event.origin !== origin) return
    const message = parseGameMessage(event.data)
    if (message?.type === 'ready') {
      set({ ...state, mode: 'title' })
      replaying?.begin()
    } else if (message?.type === 'state') {
      const { mode, tick, score } = message
      set({ mode, tick, score, replayed: mode === 'replaying' ? (state.replayed ?? 0) : null })
    } else if (message?.type === 'replaying') {
      replaying?.heard()
      set({ replayed: message.untilTick > 0 ? message.tick / message.untilTick : 0 })
    } else if (message?.type === 'frozen') freezing?.(message)
    else if (message?.type === 'replayed') replaying?.done(message)
  }
  window.addEventListener('message', hear)

  return {
    freeze() {
      freezing?.(null)
      return new Promise((resolve) => {
        const timer = setTimeout(() => done(null), answerMs)
        const done = (frozen: Frozen | null) => {
          clearTimeout(timer)
          freezing = null
          resolve(frozen)
        }
        freezing = done
        send({ v: 1, type: 'freeze' })
      })
    },
    replay(log, untilTick) {
      replaying?.done(null)
      return new Promise((resolve) => {
        let timer = setTimeout(() => done(null), silenceMs)
        const done = (replayed: Replayed | null) => {
          clearTimeout(timer)
          replaying = null
          set({ replayed: null })
          resolve(replayed)
        }
        const heard = () => {
          clearTimeout(timer)
          timer = setTimeout(() => done(null), silenceMs)
        }
        const begin = () => send({ v: 1, type: 'replay', log, untilTick })
        replaying = { begin, done, heard }
        set({ replayed: 0 })
        if (state.mode !== 'silent') begin()
      })
    },
    advance: (untilTick) => send({ v: 1, type: 'advance', untilTick }),
    resume() {
      // Whoever plays on by keys needs no press into the game first.
      frame.focus()
      send({ v: 1, type: 'resume' })
    },
    end() {
      window.removeEventListener('message', hear)
      freezing?.(null)
      replaying?.done(null)
    },
  }
}
