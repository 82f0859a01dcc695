import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePaletteFile, PaletteFileError } from './palette-file.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const gpl =
  'GIMP Palette\r\nName: Furs\r\nColumns: 4\r\n# by hand\r\n 43  29  26\tdark\r\n217 154 91 Untitled\r\n255 241 220\r\n'

test('reads a GIMP palette and a list of colours, whatever the line ends', () => {
  expect(parsePaletteFile(gpl)).toEqual({ name: 'Furs', colors: ['#2b1d1a', '#d99a5b', '#fff1dc'] })
  const hex = '\ufeff2b1d1a\n#D99A5B\r\n\nfff1dc\n2B1D1A\n'
  expect(parsePaletteFile(hex)).toEqual({ name: null, colors: ['#2b1d1a', '#d99a5b', '#fff1dc'] })
})

test.each([
  ['', 'too_few', null],
  ['GIMP Palette\n1 2 3', 'too_few', null],
  ['GIMP Palette\n1 2 3\n4 5 256', 'bad_color', 3],
  ['GIMP Palette\n1 2 3\n4 5', 'bad_color', 3],
  ['GIMP Palette\n1 2 3\n4 5 6junk', 'bad_color', 3],
  ['<!doctype html>', 'not_a_palette', null],
  ['ffffff\n00000', 'bad_color', 2],
  ['ffffff\n00000g', 'bad_color', 2],
  [Array.from({ length: 257 }, (_, i) => i.toString(16).padStart(6, '0')).join('\n'), 'too_many', 257],
  ['0'.repeat(65_537), 'too_long', null],
] as const)('refuses %j: %s', (text, fault, line) => {
  expect(caught(text)).toMatchObject({ fault, line })
})

test('reads what it was given by any writer of the two formats', () => {
  const color = fc.integer({ min: 0, max: 0xffffff })
  fc.assert(
    fc.property(
      fc.uniqueArray(color, { minLength: 2, maxLength: 256 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      (all, end) => {
        const expected = all.map((one) => `#${one.toString(16).padStart(6, '0')}`)
        const rows = all.map((one) => `${one >> 16} ${(one >> 8) & 255} ${one & 255} name ${one}`)
        expect(parsePaletteFile(['GIMP Palette', ...rows].join(end)).colors).toEqual(expected)
        expect(parsePaletteFile(expected.join(end)).colors).toEqual(expected)
      },
    ),
  )
})

test('any text at all is a palette or a PaletteFileError', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...'0123456789abcdef# \r\n\tG'), { maxLength: 300 }).map((all) => all.join('')),
    fc
      .array(fc.constantFrom(...'0123456789# \n\t-x'), { maxLength: 300 })
      .map((all) => `GIMP Palette\n${all.join('')}`),
  )
  fc.assert(
    fc.property(noise, (text) => {
      const result = caught(text)
      if (result instanceof PaletteFileError) return
      for (const color of result.colors) expect(color).toMatch(/^#[0-9a-f]{6}$/)
      expect(result.colors.length).toBeGreaterThan(1)
    }),
    { numRuns: 2000 },
  )
})

function caught(text: string) {
  try {
    return parsePaletteFile(text)
  } catch (error) {
    if (error instanceof PaletteFileError) return error
    throw error
  }
}
