/**
 * The messages between a sandboxed game and the shell around it (PRODUCT.md S6), sent by `postMessage` as plain objects.
 *
 * How they follow each other: the game sends `ready` and `load` once; the shell answers `loaded`. A game that gets no
 * answer within LOADED_TIMEOUT_MS goes on with nothing saved. Every play sends `start`, then `finish` when it ends by
 * itself. `save` comes after a finish and when sound is switched. The shell may send `pause`, `resume`, `mute` and
 * `replay` at any time, and `snapshot`, which is answered by a `snapshot` of the play under way. Every change of what
 * the game is doing is told by a `state`.
 *
 * A moment of play, for reviews: `freeze` stands the game still without a panel over it, and is answered by `frozen`,
 * whose `log` leads to this very tick (before a play has begun, to tick 0). `replay` plays a log up to a tick in slices,
 * with a `replaying` now and then, and ends in the same stillness with `replayed`. From there `advance` plays the log on
 * up to a later tick, and `resume` hands the controls back: what is played then goes on from that moment.
 *
 * Both sides must check the sender before they parse: the shell takes messages whose `source` is its frame's window
 * only, the game those of its `window.parent` only. The frame's origin is opaque, so origins say nothing.
 */
import { MAX_LOG_LENGTH, MAX_TICKS } from './engine/input-log.ts'

export const BRIDGE_VERSION = 1
export const LOADED_TIMEOUT_MS = 1500
export const MAX_SCORE = 1_000_000_000
export const MAX_SECONDS = 24 * 60 * 60
/** The longest data address of a frozen moment's picture: small, for a page to show beside its words. */
export const MAX_PICTURE_LENGTH = 150_000

/** `frozen`: still, at a moment that was asked for or replayed. `over`: the play has ended. */
export const gameModes = ['title', 'playing', 'paused', 'over', 'replaying', 'frozen'] as const
export type GameMode = (typeof gameModes)[number]

/** What a shell keeps for a game; keyed by game, not by address, so that it survives a redeploy. */
export interface SavedGame {
  /** Best score so far; 0 = none. */
  best: number
  muted: boolean
}

/** A play as evidence: replaying `log` from the build's seed gives `score` and `hash` after `ticks` ticks. */
export interface PlayRecord {
  score: number
  ticks: number
  log: string
  hash: string
}

export type GameMessage =
  | { v: 1; type: 'ready'; templateId: string; engineVersion: string }
  | { v: 1; type: 'load' }
  | { v: 1; type: 'start'; play: number }
  | ({ v: 1; type: 'finish'; play: number; seconds: number } & PlayRecord)
  | ({ v: 1; type: 'save' } & SavedGame)
  | ({ v: 1; type: 'snapshot' } & PlayRecord)
  | { v: 1; type: 'replaying'; tick: number; untilTick: number }
  | { v: 1; type: 'replayed'; tick: number; hash: string }
  | ({ v: 1; type: 'frozen'; picture: string } & PlayRecord)
  | { v: 1; type: 'state'; mode: GameMode; tick: number; score: number }

export type ShellMessage =
  | ({ v: 1; type: 'loaded' } & SavedGame)
  | { v: 1; type: 'pause' }
  | { v: 1; type: 'resume' }
  | { v: 1; type: 'mute'; muted: boolean }
  | { v: 1; type: 'replay'; log: string; untilTick: number }
  | { v: 1; type: 'snapshot' }
  | { v: 1; type: 'freeze' }
  | { v: 1; type: 'advance'; untilTick: number }

/** Reads a message from a game. Returns undefined for all that is not exactly one of `GameMessage`. */
export function parseGameMessage(data: unknown): GameMessage | undefined {
  const read = fieldsOf(data)
  if (!read) return undefined
  switch (read('type')) {
    case 'ready': {
      const templateId = name(read('templateId'))
      const engineVersion = name(read('engineVersion'))
      if (templateId === undefined || engineVersion === undefined) return undefined
      return { v: 1, type: 'ready', templateId, engineVersion }
    }
    case 'load':
      return { v: 1, type: 'load' }
    case 'start': {
      const play = whole(read('play'), MAX_SCORE)
      return play === undefined ? undefined : { v: 1, type: 'start', play }
    }
    case 'finish': {
      const play = whole(read('play'), MAX_SCORE)
      const seconds = whole(read('seconds'), MAX_SECONDS)
      const record = playRecord(read)
      if (play === undefined || seconds === undefined || !record) return undefined
      return { v: 1, type: 'finish', play, seconds, ...record }
    }
    case 'save': {
      const saved = savedGame(read)
      return saved && { v: 1, type: 'save', ...saved }
    }
    case 'snapshot': {
      const record = playRecord(read)
      return record && { v: 1, type: 'snapshot', ...record }
    }
    case 'replaying': {
      const tick = whole(read('tick'), MAX_TICKS)
      const untilTick = whole(read('untilTick'), MAX_TICKS)
      return tick === undefined || untilTick === undefined ? undefined : { v: 1, type: 'replaying', tick, untilTick }
    }
    case 'frozen': {
      const record = playRecord(read)
      const picture = pictureText(read('picture'))
      return !record || picture === undefined ? undefined : { v: 1, type: 'frozen', picture, ...record }
    }
    case 'state': {
      const mode = gameModes.find((one) => one === read('mode'))
      const tick = whole(read('tick'), MAX_TICKS)
      const score = whole(read('score'), MAX_SCORE)
      if (mode === undefined || tick === undefined || score === undefined) return undefined
      return { v: 1, type: 'state', mode, tick, score }
    }
    case 'replayed': {
      const tick = whole(read('tick'), MAX_TICKS)
      const hash = hashText(read('hash'))
      return tick === undefined || hash === undefined ? undefined : { v: 1, type: 'replayed', tick, hash }
    }
    default:
      return undefined
  }
}

/** Reads a message from the shell. Returns undefined for all that is not exactly one of `ShellMessage`. */
export function parseShellMessage(data: unknown): ShellMessage | undefined {
  const read = fieldsOf(data)
  if (!read) return undefined
  const type = read('type')
  switch (type) {
    case 'loaded': {
      const saved = savedGame(read)
      return saved && { v: 1, type: 'loaded', ...saved }
    }
    case 'pause':
    case 'resume':
    case 'snapshot':
    case 'freeze':
      return { v: 1, type }
    case 'mute': {
      const muted = read('muted')
      return typeof muted === 'boolean' ? { v: 1, type: 'mute', muted } : undefined
    }
    case 'replay': {
      const log = logText(read('log'))
      const untilTick = whole(read('untilTick'), MAX_TICKS)
      return log === undefined || untilTick === undefined ? undefined : { v: 1, type: 'replay', log, untilTick }
    }
    case 'advance': {
      const untilTick = whole(read('untilTick'), MAX_TICKS)
      return untilTick === undefined ? undefined : { v: 1, type: 'advance', untilTick }
    }
    default:
      return undefined
  }
}

type Read = (field: string) => unknown

/** Own data fields only: a getter or an inherited field is no part of a message. */
function fieldsOf(data: unknown): Read | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined
  const read: Read = (field) => Object.getOwnPropertyDescriptor(data, field)?.value
  return read('v') === BRIDGE_VERSION ? read : undefined
}

function savedGame(read: Read): SavedGame | undefined {
  const best = whole(read('best'), MAX_SCORE)
  const muted = read('muted')
  return best === undefined || typeof muted !== 'boolean' ? undefined : { best, muted }
}

function playRecord(read: Read): PlayRecord | undefined {
  const score = whole(read('score'), MAX_SCORE)
  const ticks = whole(read('ticks'), MAX_TICKS)
  const log = logText(read('log'))
  const hash = hashText(read('hash'))
  if (score === undefined || ticks === undefined || log === undefined || hash === undefined) return undefined
  return { score, ticks, log, hash }
}

function whole(value: unknown, max: number): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max ? value : undefined
}

function name(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z0-9.-]{1,40}$/.test(value) ? value : undefined
}

function hashText(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value) ? value : undefined
}

/** A PNG as a data address: it can be shown as a picture and do nothing else. */
function pictureText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_PICTURE_LENGTH) return undefined
  return /^data:image\/png;base64,[\w+/]+=*$/.test(value) ? value : undefined
}

function logText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > MAX_LOG_LENGTH) return undefined
  return /^[\w-]*$/.test(value) ? value : undefined
}
