import { expect, test } from 'vitest'
import { namesTag, readRange } from '../../core/http-conditions.ts'
import { acceptedEncodings } from './encoding.ts'

test.each([
  [undefined, ['identity']],
  ['', ['identity']],
  ['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
  ['gzip', ['gzip', 'identity']],
  ['br;q=0.1, gzip;q=0.9', ['gzip', 'br', 'identity']],
  ['identity, br;q=0.5', ['identity', 'br']],
  ['*', ['br', 'gzip', 'identity']],
  ['*;q=0, gzip', ['gzip']],
  ['br;q=0', ['identity']],
  ['identity;q=0, gzip;q=0, br;q=0', []],
  ['GZIP;Q=1', ['gzip', 'identity']],
  ['br;q=nonsense', ['identity']],
])('Accept-Encoding %s', (header, expected) => {
  expect(acceptedEncodings(header)).toEqual(expected)
})

test.each([
  ['bytes=0-0', 10, { first: 0, last: 0 }],
  ['bytes=5-', 10, { first: 5, last: 9 }],
  ['bytes=5-99', 10, { first: 5, last: 9 }],
  ['bytes=-3', 10, { first: 7, last: 9 }],
  ['bytes=-99', 10, { first: 0, last: 9 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=-1', 0, 'unsatisfiable'],
  ['bytes=3-2', 10, undefined],
  ['bytes=0-1,3-4', 10, undefined],
  ['bytes=a-b', 10, undefined],
  ['items=0-1', 10, undefined],
] as const)('Range %s of %i bytes', (header, size, expected) => {
  expect(readRange(header, size)).toEqual(expected)
})

test('tags are compared weakly, and only whole', () => {
  expect(namesTag('"a"', '"a"')).toBe(true)
  expect(namesTag('W/"a"', '"a"')).toBe(true)
  expect(namesTag('"x", W/"a" , "y"', '"a"')).toBe(true)
  expect(namesTag('*', '"a"')).toBe(true)
  expect(namesTag('"ab"', '"a"')).toBe(false)
  expect(namesTag('a', '"a"')).toBe(false)
})
