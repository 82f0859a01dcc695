import { expect, test } from 'vitest'
import { guessMapping } from './import-mapping.ts'
import { detectDelimiter, readCsv } from './read-csv.ts'

const text = 'petName;notes\r\nKäthe;"two\r\nlines; and a ""quote"""\r\n\r\nŻółw;€'
const utf16 = (value: string) => Buffer.from(value, 'utf16le')
const swapped = (value: string) => utf16(value).swap16()

test.each([
  ['utf-8', Buffer.from(text)],
  ['utf-8', Buffer.from(`\uFEFF${text}`)],
  ['utf-16le', utf16(`\uFEFF${text}`)],
  ['utf-16le', utf16(text)],
  ['utf-16be', swapped(`\uFEFF${text}`)],
  ['utf-16be', swapped(text)],
] as const)('%s is found out, and so is the delimiter', async (encoding, bytes) => {
  expect(await readCsv(bytes)).toEqual({
    encoding,
    delimiter: ';',
    columns: ['petName', 'notes'],
    rows: [
      ['Käthe', 'two\r\nlines; and a "quote"'],
      ['Żółw', '€'],
    ],
    lines: expect.any(Array),
  })
})

test('Windows-1252 is what is left: its bytes are no UTF-8', async () => {
  const bytes = Buffer.from([...Buffer.from('petName\nK'), 0xe4, ...Buffer.from('the '), 0x80, 0x0a])
  expect(await readCsv(bytes)).toMatchObject({ encoding: 'windows-1252', rows: [['Käthe €']] })
})

test.each([
  ['a,b;c', ','],
  ['a;b;c,d', ';'],
  ['a\tb', '\t'],
  ['"a,b,c";d', ';'],
  ['a|b', '|'],
  ['single', ','],
])('the delimiter of %j is %j', (line, sign) => {
  expect(detectDelimiter(`${line}\nx`)).toBe(sign)
})

test('short rows are filled, long ones cut, and lines counted as they stand in the file', async () => {
  const { rows, lines } = await readCsv(Buffer.from('a,b\n1\n\n1,2,3\n'))
  expect(rows).toEqual([
    ['1', ''],
    ['1', '2'],
  ])
  expect(lines).toEqual([2, 4])
})

test.each([
  ['import.empty', ''],
  ['import.empty', 'a,b\n'],
  ['import.not_csv', 'a,b\n"never closed'],
  ['import.workbook', 'PK\x03\x04 and so on'],
  ['import.too_long', `a\n${'x\n'.repeat(20_001)}`],
])('%s', async (code, content) => {
  await expect(readCsv(Buffer.from(content))).rejects.toThrow(expect.objectContaining({ code }))
})

test('titles of people and of other tools are understood, each field once', () => {
  expect(guessMapping(['Pet', 'E-Mail', 'Due date', 'Prio', 'Colour', 'email', 'assigned_to'])).toEqual([
    'petName',
    'customerEmail',
    'deadline',
    'priority',
    null,
    null,
    'assignedArtist',
  ])
  expect(guessMapping(['Title'])).toEqual(['petName'])
  const german = ['Kunde', 'Tier', 'Rasse', 'FRIST', 'Priorität', 'Künstlerin']
  const same = ['customerName', 'petName', 'petBreed', 'deadline', 'priority', 'assignedArtist']
  expect(guessMapping(german)).toEqual(same)
  expect(guessMapping(['cliente', 'Mascota', 'raza', 'Fecha limite', 'prioridad', 'Artista'])).toEqual(same)
  expect(guessMapping(['Client', "Nom de l'animal", 'Race', 'Échéance', 'priorité', 'artiste'])).toEqual(same)
})

test('a large file is read in slices: timers get their turn', async () => {
  const large = Buffer.from(`petName,notes\n${`Rex,${'x'.repeat(240)}\n`.repeat(19_000)}`)
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  const { rows } = await readCsv(large)
  clearInterval(timer)
  expect(rows).toHaveLength(19_000)
  expect(turns).toBeGreaterThan(5)
})
