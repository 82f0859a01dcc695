import { expect, test } from 'vitest'
import { matching, mentionAt, pieces, withMention } from './mention-query.ts'

const person = (name: string) => ({ userId: name, name, side: 'studio' as const })
const people = [person('Kim Lee'), person('Lea Novak'), person('Max')]

test('a mention begins with a sign of its own and ends with the line', () => {
  expect(mentionAt('Hello @Le', 9)).toEqual({ at: 6, letters: 'Le' })
  expect(mentionAt('@Kim L', 6)).toEqual({ at: 0, letters: 'Kim L' })
  expect(mentionAt('ann@example', 11)).toBeNull()
  expect(mentionAt('@Kim\nnext', 9)).toBeNull()
  expect(mentionAt('Hello', 5)).toBeNull()
  expect(mentionAt(`@${'a'.repeat(40)}`, 41)).toBeNull()
})

test('names are found by any of their words and put in whole', () => {
  expect(matching(people, 'le').map(({ name }) => name)).toEqual(['Kim Lee', 'Lea Novak'])
  expect(matching(people, 'x')).toEqual([])
  expect(withMention('Hi @Le, look', { at: 3, letters: 'Le' }, 'Lea Novak')).toEqual({
    text: 'Hi @Lea Novak , look',
    caret: 14,
  })
})

test('a text falls into plain words and names, and no name hides in another', () => {
  expect(pieces('Hi @Max Planck and @Max!', ['Max', 'Max Planck'])).toEqual([
    { text: 'Hi ', mention: false },
    { text: '@Max Planck', mention: true },
    { text: ' and ', mention: false },
    { text: '@Max', mention: true },
    { text: '!', mention: false },
  ])
  expect(pieces('', ['Max'])).toEqual([])
})
