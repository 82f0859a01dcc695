import { expect, test } from 'vitest'
import { looksLikeApiKey, makeApiKey } from './api-key-token.ts'

test('a key carries its prefix and a checksum that any change of one character breaks', () => {
  const { token, prefix } = makeApiKey()
  expect(token.startsWith(`${prefix}_`)).toBe(true)
  expect(looksLikeApiKey(token)).toBe(true)
  for (let i = 3; i < token.length; i++) {
    if (token[i] === '_') continue
    const spoiled = token.slice(0, i) + (token[i] === 'a' ? 'b' : 'a') + token.slice(i + 1)
    expect(looksLikeApiKey(spoiled), spoiled).toBe(false)
  }
  expect(new Set(Array.from({ length: 100 }, () => makeApiKey().token)).size).toBe(100)
})

test('the example of docs/api-keys.md', () => {
  expect(looksLikeApiKey('sk_Example0Key1_ThisIsNoRealKeyItOnlyShows00003cWJpw')).toBe(true)
})
