import { stateHash } from './hash.ts'
import type { Input } from './input.ts'
import { eachInput, encodeLog, MAX_TICKS, recordInput, createLog, type InputLog } from './input-log.ts'

/** Raised whenever a change to engine or templates would make an old log play differently. */
export const ENGINE_VERSION = '1.0.0'
export const TICKS_PER_SECOND = 60

/** What is the same in every template's state. */
export interface Progress {
  /** Ticks played so far. */
  tick: number
  score: number
  /** Once true, further steps change nothing. */
  finished: boolean
}

/**
 * A template's simulation: pure, integers only, no clock, no DOM (HOUSE.md, Determinism). `step` changes the state in
 * place, because a fresh state 60 times a second would feed the garbage collector on a phone.
 */
export interface Game<Config, State extends Progress> {
  templateId: string
  /** Size of the playing field in pixels; input positions and drawing use it. */
  field: { width: number; height: number }
  start(config: Config, seed: number): State
  step(state: State, input: Input): void
  /**
   * What a passable player would do now: drives the smoke play and the demo behind the title.
   *
   * @param hand asks for buttons only or for the pointer only, so that both ways of playing can be tried; left out, the bot
   * takes what it likes
   */
  bot(state: State, hand?: Hand): Input
  /** Scores that earn bronze, silver and gold: a first play, a good one, and one worth telling about. */
  medals(config: Config): Medals
}

export type Hand = 'keys' | 'touch'

export type Medals = readonly [bronze: number, silver: number, gold: number]

/** How many of the three medals a score has earned, 0 to 3. */
export function medalsEarned(medals: Medals, score: number): number {
  return medals.filter((target) => score >= target).length
}

/** Plays a recorded log up to `untilTick` (excluded) and returns the state reached. */
export function replay<Config, State extends Progress>(
  game: Game<Config, State>,
  config: Config,
  seed: number,
  log: InputLog,
  untilTick: number = log.ticks,
): State {
  const state = game.start(config, seed)
  eachInput(log, untilTick, (input) => game.step(state, input))
  return state
}

export interface PlayResult {
  ticks: number
  score: number
  finished: boolean
  hash: string
  log: string
}

/** Lets the bot play one whole game; `finished` is false if it did not end within MAX_TICKS. */
export function playByBot<Config, State extends Progress>(
  game: Game<Config, State>,
  config: Config,
  seed: number,
  hand?: Hand,
): PlayResult {
  const state = game.start(config, seed)
  const log = createLog()
  while (!state.finished && log.ticks < MAX_TICKS) {
    const input = game.bot(state, hand)
    recordInput(log, input)
    game.step(state, input)
  }
  return {
    ticks: state.tick,
    score: state.score,
    finished: state.finished,
    hash: stateHash(state),
    log: encodeLog(log),
  }
}
