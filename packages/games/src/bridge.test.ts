import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  MAX_PICTURE_LENGTH,
  MAX_SCORE,
  parseGameMessage,
  parseShellMessage,
  type GameMessage,
  type ShellMessage,
} from './bridge.ts'
import { MAX_LOG_LENGTH, MAX_TICKS } from './engine/input-log.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const hash = '0123456789abcdef'
const record = { score: 120, ticks: 3750, log: 'AcYdAAE', hash }

const gameMessages: GameMessage[] = [
  { v: 1, type: 'ready', templateId: 'catcher', engineVersion: '1.0.0' },
  { v: 1, type: 'load' },
  { v: 1, type: 'start', play: 1 },
  { v: 1, type: 'finish', play: 1, seconds: 62, ...record },
  { v: 1, type: 'save', best: 120, muted: false },
  { v: 1, type: 'snapshot', ...record },
  { v: 1, type: 'replaying', tick: 1200, untilTick: 3600 },
  { v: 1, type: 'replayed', tick: 60, hash },
  { v: 1, type: 'frozen', picture: 'data:image/png;base64,iVBORw0KGgo=', ...record },
  { v: 1, type: 'state', mode: 'playing', tick: 60, score: 12 },
]
const shellMessages: ShellMessage[] = [
  { v: 1, type: 'loaded', best: 0, muted: true },
  { v: 1, type: 'pause' },
  { v: 1, type: 'resume' },
  { v: 1, type: 'mute', muted: true },
  { v: 1, type: 'replay', log: record.log, untilTick: 60 },
  { v: 1, type: 'snapshot' },
  { v: 1, type: 'freeze' },
  { v: 1, type: 'advance', untilTick: 90 },
]
const both = [
  { parse: parseGameMessage, good: gameMessages },
  { parse: parseShellMessage, good: shellMessages },
]

describe('bridge messages', () => {
  it('are read as they were sent, without anything added to them', () => {
    for (const { parse, good } of both) {
      for (const message of good) {
        expect(parse(message)).toEqual(message)
        expect(parse({ ...message, extra: 'x'.repeat(1000) })).toEqual(message)
      }
    }
  })

  it('are refused with one field missing, of another kind, or out of bounds', () => {
    const hostile = [
      undefined,
      null,
      -1,
      0.5,
      Number.NaN,
      Infinity,
      2e9,
      '',
      '<script>',
      [],
      {},
      'ABCDEF0123456789',
      'x'.repeat(200_000),
    ]
    for (const { parse, good } of both) {
      for (const message of good) {
        for (const field of Object.keys(message)) {
          for (const value of hostile) {
            const read = parse({ ...message, [field]: value })
            // These two could be logs; whether they are is found out by who replays them.
            if (field === 'log' && (value === '' || value === 'ABCDEF0123456789')) continue
            expect(read, `${message.type}.${field} = ${String(value).slice(0, 20)}`).toBeUndefined()
          }
        }
      }
    }
  })

  it('keep their bounds exactly', () => {
    const finish = { v: 1, type: 'finish', play: 1, seconds: 62, ...record }
    expect(
      parseGameMessage({ ...finish, score: MAX_SCORE, ticks: MAX_TICKS, log: 'A'.repeat(MAX_LOG_LENGTH) }),
    ).toBeDefined()
    expect(parseGameMessage({ ...finish, score: MAX_SCORE + 1 })).toBeUndefined()
    expect(parseGameMessage({ ...finish, ticks: MAX_TICKS + 1 })).toBeUndefined()
    expect(parseGameMessage({ ...finish, log: 'A'.repeat(MAX_LOG_LENGTH + 1) })).toBeUndefined()
    expect(parseShellMessage({ v: 1, type: 'replay', log: '', untilTick: MAX_TICKS + 1 })).toBeUndefined()
  })

  it('take a moment’s picture only as a small PNG', () => {
    const frozen = { v: 1, type: 'frozen', ...record }
    const picture = (text: string) => parseGameMessage({ ...frozen, picture: text })
    const head = 'data:image/png;base64,'
    expect(picture(head + 'A'.repeat(MAX_PICTURE_LENGTH - head.length))).toBeDefined()
    expect(picture(head + 'A'.repeat(MAX_PICTURE_LENGTH - head.length + 1))).toBeUndefined()
    expect(picture('data:image/svg+xml;base64,AAAA')).toBeUndefined()
    expect(picture('https://example.test/a.png')).toBeUndefined()
    expect(picture(`${head}AAAA"onerror="x`)).toBeUndefined()
  })

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }), (data) => {
        expect(parseGameMessage(data)).toBeUndefined()
        expect(parseShellMessage(data)).toBeUndefined()
      }),
    )
    const trap = {
      v: 1,
      get type(): string {
        throw new Error('a getter is no part of a message')
      },
    }
    expect(parseGameMessage(trap)).toBeUndefined()
    expect(parseShellMessage(Object.create({ v: 1, type: 'pause' }))).toBeUndefined()
  })
})
