import { MAX_INPUT, type Input } from './input.ts'

/** No play may last longer: five minutes at 60 ticks a second. It bounds every log. */
export const MAX_TICKS = 18_000

/** The longest text `encodeLog` can give: a header, and at worst five bytes a tick, in base64url. */
export const MAX_LOG_LENGTH = Math.floor(((16 + MAX_TICKS * 5) * 4) / 3) + 4

const FORMAT = 1

/** A play as it happened: `changes` holds the ticks at which the input changed, ascending, and the input from there on. */
export interface InputLog {
  ticks: number
  changes: { tick: number; input: Input }[]
}

export function createLog(): InputLog {
  return { ticks: 0, changes: [] }
}

/** Notes the input of the next tick. Ticks beyond MAX_TICKS are a programming error, as every template ends before. */
export function recordInput(log: InputLog, input: Input): void {
  if (log.ticks >= MAX_TICKS) throw new Error('The input log is full')
  const last = log.changes.at(-1)
  if ((last ? last.input : 0) !== input) log.changes.push({ tick: log.ticks, input })
  log.ticks += 1
}

/** A log being read, one tick after the other. */
export interface Tape {
  /** How many ticks have been read. */
  at(): number
  length: number
  /** The input of the next tick; undefined at the log's end. */
  next(): Input | undefined
}

export function openTape(log: InputLog): Tape {
  let tick = 0
  let index = 0
  let input = 0
  return {
    at: () => tick,
    length: log.ticks,
    next() {
      if (tick >= log.ticks) return undefined
      const change = log.changes[index]
      if (change && change.tick === tick) {
        input = change.input
        index += 1
      }
      tick += 1
      return input
    },
  }
}

/** Calls `visit` with the input of every tick from 0 to `untilTick` (excluded), at most to the log's end. */
export function eachInput(log: InputLog, untilTick: number, visit: (input: Input) => void): void {
  const tape = openTape(log)
  while (tape.at() < untilTick) {
    const input = tape.next()
    if (input === undefined) return
    visit(input)
  }
}

/** Delta-coded text: format, number of ticks, then pairs (ticks since the last change, new input), as base64url varints. */
export function encodeLog(log: InputLog): string {
  const bytes: number[] = [FORMAT]
  pushVarint(bytes, log.ticks)
  let before = 0
  for (const change of log.changes) {
    pushVarint(bytes, change.tick - before)
    pushVarint(bytes, change.input)
    before = change.tick
  }
  return toBase64Url(bytes)
}

/** Reads a log from outside. Returns undefined for anything that `encodeLog` could not have written. */
export function decodeLog(text: string): InputLog | undefined {
  if (text.length > MAX_LOG_LENGTH) return undefined
  const bytes = fromBase64Url(text)
  if (!bytes || bytes[0] !== FORMAT) return undefined
  const cursor = { at: 1 }
  const ticks = readVarint(bytes, cursor)
  if (ticks === undefined || ticks > MAX_TICKS) return undefined

  const log: InputLog = { ticks, changes: [] }
  let tick = 0
  let held = 0
  while (cursor.at < bytes.length) {
    const delta = readVarint(bytes, cursor)
    const input = readVarint(bytes, cursor)
    if (delta === undefined || input === undefined || input > MAX_INPUT || input === held) return undefined
    if (delta === 0 && log.changes.length > 0) return undefined
    tick += delta
    if (tick >= ticks) return undefined
    log.changes.push({ tick, input })
    held = input
  }
  return log
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

function readVarint(bytes: readonly number[], cursor: { at: number }): number | undefined {
  let value = 0
  let unit = 1
  for (let length = 0; length < 4; length += 1) {
    const byte = bytes[cursor.at]
    if (byte === undefined) return undefined
    cursor.at += 1
    value += (byte & 127) * unit
    if (byte < 128) return value
    unit *= 128
  }
  return undefined
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function toBase64Url(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let sextet = 0; sextet <= Math.min(left, 3); sextet += 1) text += ALPHABET[(word >> (18 - 6 * sextet)) & 63]
  }
  return text
}

function fromBase64Url(text: string): number[] | undefined {
  const bytes: number[] = []
  let word = 0
  let bits = 0
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) return undefined
    word = ((word << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((word >> bits) & 255)
  }
  return bytes
}
