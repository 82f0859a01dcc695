import type { Point } from '@sparkle/pixel/recipe'
import { spriteRecipe } from '@sparkle/shared/sprites'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxOf, edges, ellipseIn, lassoMask, moveArea, moveMask, resizeArea, type Edge } from './shapes.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const share = fc.double({ min: 0, max: 0.9, noNaN: true })
const delta = fc.double({ min: -2, max: 2, noNaN: true })
const area = fc.record({ x: share, y: share }).chain(({ x, y }) =>
  fc.record({
    x: fc.constant(x),
    y: fc.constant(y),
    width: fc.double({ min: 0.05, max: 1 - x, noNaN: true }),
    height: fc.double({ min: 0.05, max: 1 - y, noNaN: true }),
  }),
)
const nearly = 1e-9

describe('the crop', () => {
  test('law: whatever is dragged, it stays inside the photo and keeps a size', () => {
    fc.assert(
      fc.property(area, fc.constantFrom(...edges), delta, delta, (from, edge, dx, dy) => {
        for (const box of [resizeArea(from, edge, dx, dy), moveArea(from, dx, dy)]) {
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(-nearly)
          expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1 + nearly)
          expect(Math.min(box.width, box.height)).toBeGreaterThan(0.03)
        }
      }),
    )
  })

  test('law: the side across from the handle does not move', () => {
    const across: Record<Edge, [boolean, boolean]> = {
      nw: [true, true],
      n: [false, true],
      ne: [false, true],
      e: [false, false],
      se: [false, false],
      s: [false, false],
      sw: [true, false],
      w: [true, false],
    }
    fc.assert(
      fc.property(area, fc.constantFrom(...edges), delta, delta, (from, edge, dx, dy) => {
        const to = resizeArea(from, edge, dx, dy)
        const [right, bottom] = across[edge]
        expect(right ? to.x + to.width : to.x).toBeCloseTo(right ? from.x + from.width : from.x)
        expect(bottom ? to.y + to.height : to.y).toBeCloseTo(bottom ? from.y + from.height : from.y)
      }),
    )
  })
})

describe('the mask', () => {
  test('law: an ellipse is one that the API takes', () => {
    fc.assert(
      fc.property(area, delta, delta, (box, dx, dy) => {
        const mask = moveMask(ellipseIn(box), dx, dy)
        expect(spriteRecipe.safeParse({ mask }).success).toBe(true)
      }),
    )
  })

  test('moving keeps the shape, up to the edge of the photo', () => {
    const points: Point[] = [
      [0.2, 0.2],
      [0.4, 0.2],
      [0.3, 0.5],
    ]
    const moved = boxOf(moveMask({ shape: 'polygon', points }, 5, 0))
    expect(moved.x + moved.width).toBeCloseTo(1)
    expect(moved.width).toBeCloseTo(0.2)
    expect(moved.height).toBeCloseTo(0.3)
  })

  test('a long line is thinned, a mere click is no lasso', () => {
    const circle = Array.from({ length: 3000 }, (_, i): Point => [
      0.5 + 0.4 * Math.cos(i / 477.5),
      0.5 + 0.4 * Math.sin(i / 477.5),
    ])
    const mask = lassoMask(circle)
    expect(mask?.points.length).toBeLessThanOrEqual(400)
    expect(boxOf(mask ?? ellipseIn({ x: 0, y: 0, width: 0, height: 0 })).width).toBeCloseTo(0.8, 2)
    expect(lassoMask([[0.5, 0.5]])).toBeNull()
    expect(
      lassoMask([
        [0.5, 0.5],
        [0.51, 0.5],
        [0.5, 0.51],
      ]),
    ).toBeNull()
  })
})
