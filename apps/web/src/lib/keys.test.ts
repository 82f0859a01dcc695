import { expect, test } from 'vitest'
import { comboOf, isTyping, matchKeys } from './keys.ts'

const press = (key: string, more: object = {}) =>
  comboOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })

test('combinations are written as in the list of shortcuts', () => {
  expect(press('?')).toBe('?')
  expect(press('K', { ctrlKey: true })).toBe('mod+k')
  expect(press('k', { metaKey: true })).toBe('mod+k')
  expect(press('Shift')).toBeNull()
  expect(press('x', { altKey: true })).toBeNull()
})

test('two keys in a row, with a wrong one between, and the later action winning', () => {
  const actions = [
    { keys: 'g p', id: 1 },
    { keys: 'c', id: 2 },
    { keys: 'c', id: 3 },
  ]
  expect(matchKeys(actions, ['g'])).toEqual({ action: null, rest: ['g'] })
  expect(matchKeys(actions, ['g', 'p']).action?.id).toBe(1)
  expect(matchKeys(actions, ['g', 'c']).action?.id).toBe(3)
  expect(matchKeys(actions, ['x'])).toEqual({ action: null, rest: [] })
})

test('letters in fields and dialogs are no shortcuts', () => {
  document.body.innerHTML = '<input id="a"><div role="dialog"><button id="b"></button></div><button id="c"></button>'
  expect(isTyping(document.getElementById('a'))).toBe(true)
  expect(isTyping(document.getElementById('b'))).toBe(true)
  expect(isTyping(document.getElementById('c'))).toBe(false)
})
