import { expect, test } from 'vitest'
import { name, personName, prose } from './text.ts'

const shown = personName(60)

test.each([
  ['\u202eevil', 'evil'],
  ['Gran\u2066ny\u2069', 'Granny'],
  ['\u061cEve\u200f', 'Eve'],
  ['G\u200bran\ufeffny\u00ad', 'Granny'],
  ['a\r\nb\u2028c', 'a b c'],
])('nothing hides in a name: %j', (value, kept) => {
  expect(shown.parse(value)).toBe(kept)
})

test.each(['می\u200cخواهم', 'क्\u200dष', 'ישראל', '王小明', 'Zoë O’Neil', 'Jo\u0301', '👩\u200d🚀'])(
  'a name of any script stays as it is: %j',
  (value) => {
    expect(shown.parse(value)).toBe(value)
  },
)

test.each(['', '  ', '\n\t', '\u200b', '\u2060\u200d', '\u2066\u2069', '\u3164', '\u2800'])(
  '%j names nothing and says nothing',
  (value) => {
    expect([shown.safeParse(value).success, name(60).safeParse(value).success]).toEqual([false, false])
    expect(prose(60).parse(value)).toBe('')
  },
)

test('what is said is trimmed and otherwise left alone', () => {
  expect(prose(60).parse(' ears,\n\u200bnot nose ')).toBe('ears,\n\u200bnot nose')
})
