import {
  encodeLog,
  createLog,
  decodeLog,
  openTape,
  recordInput,
  type InputLog,
  type Tape,
} from '../engine/input-log.ts'
import type { Game, Progress } from '../engine/game.ts'
import { stateHash } from '../engine/hash.ts'
import type { Input } from '../engine/input.ts'
import type { GameMode, PlayRecord } from '../bridge.ts'

export interface Session<State extends Progress> {
  /** `title` shows the bot's demo, `over` lets the last picture stand, `frozen` any other moment. */
  mode(): GameMode
  state(): State
  start(): void
  pause(): void
  /** Goes on after a pause, or plays on from a frozen moment. */
  resume(): void
  /** Stands still, so that the moment can be looked at. A play that is over stays over. */
  freeze(): void
  /** Steps once with the player's input (or the bot's behind the title); false if nothing moves in this mode. */
  tick(input: Input): boolean
  /** The play so far; of the title, a play that has not begun. */
  record(): PlayRecord
  /** Begins to play a log up to a tick: `wind` does it. Returns false for a broken log. */
  replay(log: string, untilTick: number): boolean
  /** Steps a replay under way by at most so many ticks; true once it has arrived, and stands still there. */
  wind(ticks: number): boolean
  /** Where the replay under way leads. */
  target(): number
  /** Steps once along the log of a replay that stands still; false at its end. */
  advance(): boolean
}

/** One person's way through a game: which state is shown, and the log of the play under way. Knows no DOM. */
export function createSession<Config, State extends Progress>(
  game: Game<Config, State>,
  config: Config,
  seed: number,
): Session<State> {
  let mode: GameMode = 'title'
  let state = game.start(config, seed)
  let log: InputLog = createLog()
  let tape: Tape = openTape(createLog())
  let target = 0

  const restart = (next: GameMode) => {
    state = game.start(config, seed)
    log = createLog()
    mode = next
  }
  const step = (input: Input) => {
    recordInput(log, input)
    game.step(state, input)
  }
  const advance = () => {
    const input = tape.next()
    if (input === undefined) return false
    step(input)
    return true
  }
  return {
    mode: () => mode,
    state: () => state,
    start: () => restart('playing'),
    pause() {
      if (mode === 'playing') mode = 'paused'
    },
    resume() {
      if (mode === 'paused') mode = 'playing'
      else if (mode === 'frozen') mode = state.finished ? 'over' : 'playing'
    },
    freeze() {
      if (mode !== 'playing' && mode !== 'paused') return
      mode = 'frozen'
      tape = openTape(createLog())
    },
    tick(input) {
      if (mode === 'title') {
        if (state.finished) restart('title')
        game.step(state, game.bot(state))
        return true
      }
      if (mode !== 'playing') return false
      step(input)
      if (state.finished) mode = 'over'
      return true
    },
    record() {
      // Behind the title the bot plays, which is nobody's play.
      const shown = mode === 'title' ? game.start(config, seed) : state
      return { score: shown.score, ticks: log.ticks, log: encodeLog(log), hash: stateHash(shown) }
    },
    replay(text, untilTick) {
      const played = decodeLog(text)
      if (!played) return false
      restart('replaying')
      tape = openTape(played)
      target = Math.min(untilTick, played.ticks)
      return true
    },
    wind(ticks) {
      for (let left = ticks; left > 0 && tape.at() < target; left -= 1) advance()
      if (tape.at() < target) return false
      mode = 'frozen'
      return true
    },
    target: () => target,
    advance: () => mode === 'frozen' && advance(),
  }
}
