import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from './stage.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const field = { width: 180, height: 264 }

describe('layOut', () => {
  it('shows the whole width of the field and all of it down to the ground, on any screen', () => {
    const screens = fc.record({
      width: fc.integer({ min: 200, max: 5000 }),
      height: fc.integer({ min: 280, max: 5000 }),
    })
    fc.assert(
      fc.property(screens, (device) => {
        const stage = layOut(device, field)
        expect(stage.left).toBeGreaterThanOrEqual(0)
        expect(stage.left + field.width).toBeLessThanOrEqual(stage.width)
        expect(stage.top).toBeGreaterThanOrEqual(-1)
        expect(stage.top + field.height).toBeLessThanOrEqual(stage.height)
        expect(stage.width * stage.scale).toBeGreaterThanOrEqual(device.width - 0.001)
      }),
    )
  })

  it('keeps pixels equal on the screens people have', () => {
    for (const [width, height] of [
      [1170, 2532],
      [1080, 2340],
      [2532, 1170],
      [1920, 1080],
      [1290, 2796],
    ] as const) {
      expect(layOut({ width, height }, field).scale % 1).toBe(0)
    }
  })
})
