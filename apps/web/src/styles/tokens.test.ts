import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

const tokens = new Map(
  Array.from(css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g), ([, name, light, dark]) => [
    name ?? '',
    { light: light ?? '', dark: dark ?? '' },
  ]),
)

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['canvas', 'sunken', 'surface', 'raised', 'hover']
const words = ['ink', 'muted', 'faint', 'accent-text', 'ok', 'warn', 'bad', 'info'].flatMap((word) =>
  grounds.map((ground) => [word, ground] as const),
)
const textPairs = [
  ...words,
  ...['ok', 'warn', 'bad', 'info'].map((tone) => [tone, `${tone}-soft`] as const),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['accent-text', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['muted', 'accent-soft'],
] as const
const shapePairs = [
  ...['edge', 'ring', 'ok-solid', 'warn-solid', 'bad-solid', 'info-solid'].map((shape) => [shape, 'surface'] as const),
  ['ring', 'canvas'],
  ['ring', 'raised'],
] as const

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const colour = (name: string) => {
    const token = tokens.get(name)
    if (!token) throw new Error(`No token --${name}.`)
    return token[theme]
  }
  test.each(textPairs)('%s on %s can be read (4.5:1)', (word, ground) => {
    expect(contrast(colour(word), colour(ground))).toBeGreaterThanOrEqual(4.5)
  })
  test.each(shapePairs)('%s on %s can be seen (3:1)', (shape, ground) => {
    expect(contrast(colour(shape), colour(ground))).toBeGreaterThanOrEqual(3)
  })
})
