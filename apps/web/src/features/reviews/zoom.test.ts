import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxOf, fitOf, lookingAt, moved, rounded, toPicture, wholeView, zoomAt } from './zoom.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const stage = { width: 400, height: 300 }
const fit = fitOf(stage, { width: 100, height: 50 }, false)
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('a picture fits its stage, a sprite in whole pixels', () => {
  expect(fit).toEqual({ width: 400, height: 200 })
  expect(fitOf(stage, { width: 48, height: 48 }, true)).toEqual({ width: 288, height: 288 })
  expect(fitOf(stage, { width: 800, height: 300 }, true)).toEqual({ width: 400, height: 150 })
})

test('what lies under the pointer stays there while zooming', () => {
  fc.assert(
    fc.property(share, share, fc.double({ min: 1.05, max: 8, noNaN: true }), (x, y, factor) => {
      const box = boxOf(stage, fit, wholeView)
      const at = { x: box.left + x * box.width, y: box.top + y * box.height }
      const after = boxOf(stage, fit, zoomAt(wholeView, factor, at, stage, fit))
      const found = toPicture(at, after)
      expect(found?.x).toBeCloseTo(x, 6)
      expect(found?.y).toBeCloseTo(y, 6)
    }),
  )
})

test('a point keeps its place in the picture at any zoom, to and fro', () => {
  fc.assert(
    fc.property(share, share, fc.double({ min: 1, max: 24, noNaN: true }), (x, y, zoom) => {
      const box = boxOf(stage, fit, lookingAt({ x, y }, zoom, fit))
      const back = toPicture({ x: box.left + x * box.width, y: box.top + y * box.height }, box)
      // On the very edge rounding may say either.
      if (back === null) return
      expect(rounded(back).x).toBeCloseTo(x, 4)
      expect(rounded(back).y).toBeCloseTo(y, 4)
    }),
  )
})

test('the picture cannot be lost, and zooming out brings all of it back', () => {
  const close = zoomAt(wholeView, 4, { x: 10, y: 10 }, stage, fit)
  const away = boxOf(stage, fit, moved(close, { x: 1e6, y: -1e6 }, fit))
  expect(away.left).toBeLessThanOrEqual(stage.width / 2)
  expect(away.top + away.height).toBeGreaterThanOrEqual(stage.height / 2)
  expect(zoomAt(close, 0.01, { x: 0, y: 0 }, stage, fit)).toEqual(wholeView)
  expect(toPicture({ x: 200, y: 20 }, boxOf(stage, fit, wholeView))).toBeNull()
})
