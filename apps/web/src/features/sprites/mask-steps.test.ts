import { recipeLimits, type MaskStep, type Point } from '@sparkle/pixel/recipe'
import { describe, expect, it } from 'vitest'
import { addStep, boxBetween, lassoStep, thinLine } from './mask-steps.ts'

const dab: MaskStep = { kind: 'brush', mode: 'add', radius: 0.02, points: [[0.5, 0.5]] }

describe('steps of a cut-out', () => {
  it('thins a long line, and keeps its ends', () => {
    const line = Array.from({ length: 5001 }, (_, index): Point => [index / 5000, 0.25])
    const thin = thinLine(line)
    expect(thin.length).toBeLessThanOrEqual(401)
    expect(thin[0]).toEqual([0, 0.25])
    expect(thin.at(-1)).toEqual([1, 0.25])
  })

  it('takes a box from any two corners, within the photo', () => {
    expect(boxBetween([0.8, 0.9], [0.2, 0.3])).toEqual({ x: 0.2, y: 0.3, width: 0.6, height: 0.6 })
    expect(boxBetween([-0.5, 0.5], [0.5, 1.5])).toEqual({ x: 0, y: 0.5, width: 0.5, height: 0.5 })
    expect(boxBetween([0.5, 0.5], [0.505, 0.9])).toBeNull()
  })

  it('takes a line that encloses nothing for a slip', () => {
    const across: Point[] = [
      [0.1, 0.5],
      [0.5, 0.5],
      [0.9, 0.5],
    ]
    expect(lassoStep(across, 'add')).toBeNull()
    expect(lassoStep([...across, [0.5, 0.9]], 'add')).toMatchObject({ kind: 'lasso', mode: 'add' })
  })

  it('forgets what a new beginning hides', () => {
    const guess: MaskStep = { kind: 'guess', mode: 'replace', box: { x: 0, y: 0, width: 1, height: 1 } }
    expect(addStep([dab, dab], guess)).toEqual([guess])
    expect(addStep([guess], dab)).toEqual([guess, dab])
  })

  it('refuses what no recipe can hold', () => {
    const full = Array.from({ length: recipeLimits.steps }, () => dab)
    expect(addStep(full, dab)).toBeNull()
    expect(addStep(full.slice(1), dab)).toHaveLength(recipeLimits.steps)
    const long: MaskStep = { ...dab, points: Array.from({ length: recipeLimits.points }, (): Point => [0, 0]) }
    expect(addStep([long], dab)).toBeNull()
  })
})
