import { describe, expect, it } from 'vitest'
import { gameLocales } from '@sparkle/shared/games'
import { gameTexts } from '../texts.ts'
import { glyphs, marks } from './glyphs.ts'

describe('the pixel face', () => {
  it.each(Object.entries({ ...glyphs, ...marks }))('draws %s on an even grid of at most nine rows', (_letter, art) => {
    const rows = art.split('/')
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    expect(rows.length).toBeLessThanOrEqual(9)
    expect(art).toMatch(/^[#./]+$/)
  })

  it('has every letter of our own texts', () => {
    const letters = new Set(
      gameLocales
        .flatMap((locale) => Object.values(gameTexts(locale)))
        .join('')
        .normalize('NFD')
        .replace(/[{}]/g, ''),
    )
    expect([...letters].filter((letter) => glyphs[letter] === undefined && marks[letter] === undefined)).toEqual([])
  })
})
