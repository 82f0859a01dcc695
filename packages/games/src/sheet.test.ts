import { describe, expect, it } from 'vitest'
import { frameAt, framesOf, type SpriteSheet } from './sheet.ts'

const frame = { x: 0, y: 0, w: 1, h: 1 }
const sheet: SpriteSheet = {
  frames: [100, 50, 200].map((duration) => ({ frame, duration })),
  meta: { size: { w: 1, h: 1 }, frameTags: [{ name: 'walk', from: 1, to: 2 }] },
}

describe('sprite sheets', () => {
  it('play a tag, or all frames where the tag is missing', () => {
    expect(framesOf(sheet, 'walk')).toEqual(sheet.frames.slice(1))
    expect(framesOf(sheet, 'jump')).toEqual(sheet.frames)
    expect(framesOf(sheet, 'happy', 'walk')).toEqual(sheet.frames.slice(1))
  })

  it('show each frame for its time and then begin again', () => {
    const shown = [0, 99, 100, 149, 150, 349, 350].map((elapsed) => frameAt(sheet.frames, elapsed)?.duration)
    expect(shown).toEqual([100, 100, 50, 50, 200, 200, 100])
    expect(frameAt([], 5)).toBeUndefined()
  })
})
