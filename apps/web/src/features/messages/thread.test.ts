import type { MessageView, ReadMark } from '@sparkle/shared/conversations'
import { expect, test } from 'vitest'
import { dayIn } from '../../lib/day.ts'
import { daysOf, goesOn, readersOf } from './thread.ts'

const message = (number: number, createdAt: string, side: 'studio' | 'client' = 'client') =>
  ({
    id: `m${number}`,
    number,
    createdAt,
    deletedAt: null,
    author: { userId: side, name: side, side, mine: false },
  }) as MessageView
const mark = (name: string, side: ReadMark['side'], upTo: number): ReadMark => ({
  userId: name,
  name,
  side,
  upTo,
  mine: false,
  at: '',
})

test('days come oldest first, by the reader’s clock', () => {
  const newestFirst = [
    message(3, '2026-11-21T22:30:00Z'),
    message(2, '2026-11-21T21:30:00Z'),
    message(1, '2026-11-21T09:00:00Z'),
  ]
  const shape = (zone: string) =>
    daysOf(newestFirst, (instant) => dayIn(zone, new Date(instant))).map(({ day, messages }) => [
      day,
      messages.map(({ id }) => id),
    ])
  expect(shape('UTC')).toEqual([['2026-11-21', ['m1', 'm2', 'm3']]])
  expect(shape('Europe/Athens')).toEqual([
    ['2026-11-21', ['m1', 'm2']],
    ['2026-11-22', ['m3']],
  ])
})

test('a message goes on where the same person wrote a moment before', () => {
  const first = message(1, '2026-11-21T09:00:00Z')
  expect(goesOn(first, message(2, '2026-11-21T09:04:00Z'))).toBe(true)
  expect(goesOn(first, message(2, '2026-11-21T09:06:00Z'))).toBe(false)
  expect(goesOn(first, message(2, '2026-11-21T09:01:00Z', 'studio'))).toBe(false)
  expect(goesOn(undefined, first)).toBe(false)
})

test('the newest own message tells who of the other side has read it', () => {
  const newestFirst = [message(3, '', 'studio'), message(2, '', 'client'), message(1, '', 'client')]
  const marks = [mark('Mia', 'studio', 3), mark('Jo', 'studio', 1), mark('Ann', 'client', 3)]
  expect(readersOf(newestFirst, marks, 'client')).toEqual({ messageId: 'm2', names: ['Mia'] })
  expect(readersOf(newestFirst, marks, 'studio')).toEqual({ messageId: 'm3', names: ['Ann'] })
  expect(readersOf([message(1, '')], marks, 'studio')).toBeNull()
})
