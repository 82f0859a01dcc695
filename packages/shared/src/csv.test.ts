import { expect, test } from 'vitest'
import { csvLine, readCell, safeCell } from './csv.ts'

const hostile = ['=1+1', '+49 30 1', '-2', '@SUM(A1)', '\t=1', '\r=1', "'=1", "''-x", '＝1', '\n@x']
const harmless = ['Rex', "O'Hara", "'tis", '3-4', 'a=b', '', "'"]

test.each(hostile)('a spreadsheet does not run %j, and it comes back as it was', (value) => {
  expect(safeCell(value)).toMatch(/^'/)
  expect(readCell(safeCell(value))).toBe(value)
})

test.each(harmless)('%j stays as it is', (value) => {
  expect(safeCell(value)).toBe(value)
  expect(readCell(value)).toBe(value)
})

test('cells with separators, quotes and line ends are quoted', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines', ' lead', '=1', 'plain'])).toBe(
    '"a,b","say ""hi""","two\nlines"," lead",\'=1,plain\r\n',
  )
})
