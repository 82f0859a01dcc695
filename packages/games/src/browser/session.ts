import { encodeLog, createLog, decodeLog, recordInput, type InputLog } from '../engine/input-log.ts'
import { replay, type Game, type Progress } from '../engine/game.ts'
import { stateHash } from '../engine/hash.ts'
import type { Input } from '../engine/input.ts'
import type { PlayRecord } from '../bridge.ts'

/** `title` shows the bot's demo, `over` lets the last picture stand. */
export type Mode = 'title' | 'playing' | 'paused' | 'over' | 'replayed'

export interface Session<State extends Progress> {
  mode(): Mode
  state(): State
  start(): void
  toTitle(): void
  pause(): void
  resume(): void
  /** Steps once with the player's input (or the bot's behind the title); false if nothing moves in this mode. */
  tick(input: Input): boolean
  record(): PlayRecord
  /** Plays a log up to a tick and stands still there. Returns false for a broken log. */
  replayTo(log: string, untilTick: number): boolean
}

/** One person's way through a game: which state is shown, and the log of the play under way. Knows no DOM. */
export function createSession<Config, State extends Progress>(
  game: Game<Config, State>,
  config: Config,
  seed: number,
): Session<State> {
  let mode: Mode = 'title'
  let state = game.start(config, seed)
  let log: InputLog = createLog()

  const restart = (next: Mode) => {
    state = game.start(config, seed)
    log = createLog()
    mode = next
  }
  return {
    mode: () => mode,
    state: () => state,
    start: () => restart('playing'),
    toTitle: () => restart('title'),
    pause() {
      if (mode === 'playing') mode = 'paused'
    },
    resume() {
      if (mode === 'paused') mode = 'playing'
    },
    tick(input) {
      if (mode === 'title') {
        if (state.finished) restart('title')
        game.step(state, game.bot(state))
        return true
      }
      if (mode !== 'playing') return false
      recordInput(log, input)
      game.step(state, input)
      if (state.finished) mode = 'over'
      return true
    },
    record: () => ({ score: state.score, ticks: log.ticks, log: encodeLog(log), hash: stateHash(state) }),
    replayTo(text, untilTick) {
      const played = decodeLog(text)
      if (!played) return false
      state = replay(game, config, seed, played, untilTick)
      log = played
      mode = 'replayed'
      return true
    },
  }
}
