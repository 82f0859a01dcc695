import { afterEach, expect, test } from 'vitest'
import { keptItems } from './kept-items.ts'

interface Note {
  key: string
  text: string
}
const notes = () => keptItems<Note>('note ', (value) => (value ? (value as Note) : null))
const old = { key: 'a', text: 'old' }
const changed = { key: 'a', text: 'changed, and longer than before' }

/** Fills the device's storage to the last character. */
function fillStorage(): void {
  let text = ''
  for (let size = 2 ** 23; size >= 1; size /= 2) {
    try {
      localStorage.setItem('filler', text + '-'.repeat(size))
      text += '-'.repeat(size)
    } catch {
      // So much does not fit; half of it may.
    }
  }
}
afterEach(() => localStorage.clear())

test('where storage is full, a change takes the place of what is stored, and goes with it', () => {
  const kept = notes()
  kept.put(old)
  fillStorage()
  kept.put(changed)
  expect(kept.read()).toEqual([changed])
  expect(notes().read(), 'another page').toEqual([old])

  localStorage.removeItem('filler')
  kept.put(changed)
  expect([kept.read(), notes().read()]).toEqual([[changed], [changed]])

  fillStorage()
  kept.put({ ...changed, text: changed.text.repeat(2) })
  kept.remove('a')
  expect([kept.read(), notes().read()]).toEqual([[], []])
})
