import { expect, test } from 'vitest'
import { makeStorage } from './make-storage.ts'
import { itemsOfName, MAX_STORE_LENGTH, nameWithItems, parseStoreMessage, type StoredItems } from './store-message.ts'

function open(start: StoredItems = {}) {
  const kept: StoredItems[] = []
  return { storage: makeStorage(start, (items) => void kept.push(items)), kept }
}

test('it is used as a localStorage is', () => {
  const { storage, kept } = open({ old: '1' })
  storage.setItem('a', 'x')
  storage['b'] = 5
  expect([storage.getItem('a'), storage['b'], storage.getItem('none'), storage['none']]).toEqual([
    'x',
    '5',
    null,
    undefined,
  ])
  expect([storage.length, storage.key(0), storage.key(9)]).toEqual([3, 'old', null])
  expect([Object.keys(storage), 'a' in storage, 'c' in storage]).toEqual([['old', 'a', 'b'], true, false])
  expect(JSON.stringify(storage)).toBe('{"old":"1","a":"x","b":"5"}')
  delete storage['b']
  storage.removeItem('old')
  expect(kept.at(-1)).toEqual({ a: 'x' })
  storage.clear()
  expect([storage.length, kept.at(-1)]).toEqual([0, {}])
})

test('what changes nothing is not told, and what is too much is refused as a browser does', () => {
  const { storage, kept } = open({ a: 'x' })
  storage.setItem('a', 'x')
  storage.removeItem('none')
  expect(kept).toEqual([])
  expect(() => storage.setItem('b', 'y'.repeat(MAX_STORE_LENGTH))).toThrow(
    expect.objectContaining({ name: 'QuotaExceededError' }),
  )
  expect(kept).toEqual([])
  storage.setItem('b', 'y'.repeat(MAX_STORE_LENGTH - 3))
  expect(kept.length).toBe(1)
  expect(() => storage.setItem('c', '')).toThrow('full')
})

test('items travel in a name, and a name of somebody else holds none', () => {
  const items = { __proto__x: '1', 'a"<b': 'ä\n' }
  expect({ ...itemsOfName(nameWithItems(items)) }).toEqual(items)
  expect(itemsOfName('game')).toEqual({})
  expect(itemsOfName('sparkle-store:{')).toEqual({})
})

test.each([
  [null],
  ['store'],
  [{ v: 2, type: 'store', items: {} }],
  [{ v: 1, type: 'store', items: [] }],
  [{ v: 1, type: 'store', items: { a: 1 } }],
  [{ v: 1, type: 'store', items: { a: 'x'.repeat(MAX_STORE_LENGTH) } }],
  [{ v: 1, type: 'store', items: Object.fromEntries(Array.from({ length: 501 }, (_, at) => [String(at), ''])) }],
])('a message that is not ours is none: %#', (data) => {
  expect(parseStoreMessage(data)).toBeUndefined()
})

test('a message that is ours is rebuilt', () => {
  const message = parseStoreMessage({ v: 1, type: 'store', items: { a: 'x' }, more: 'dropped' })
  expect(message).toEqual({ v: 1, type: 'store', items: expect.anything() })
  expect({ ...message?.items }).toEqual({ a: 'x' })
})
