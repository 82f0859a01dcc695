import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noisePicture } from '../fixtures/noise-picture.ts'
import { quantize } from './dither.ts'
import { fitToPalette } from './enhance.ts'
import { namedPalettes } from './named-palettes.ts'
import { cubeRoot, formatHex, labOfColor, labOfImage, labOfRgb, parseHex, rgbOfLab } from './oklab.ts'
import { choosePalette, extractPalette, nearestColor } from './palette.ts'
import { ditherModes } from './recipe.ts'
import { byteOfLinear, linearOfByte } from './srgb.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const byte = fc.integer({ min: 0, max: 255 })

test('the sRGB table is the standard transfer function', () => {
  expect(linearOfByte).toHaveLength(256)
  linearOfByte.forEach((linear, value) => {
    const share = value / 255
    const exact = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4)
    expect(linear).toBe(Math.round(exact * 65535))
    expect(byteOfLinear[linear]).toBe(value)
  })
})

test('the cube root is right to the last bits', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (value) => {
      expect(Math.abs(cubeRoot(value) - Math.cbrt(value))).toBeLessThanOrEqual(4e-16 * Math.cbrt(value))
    }),
    { numRuns: 2000 },
  )
})

describe('OKLab', () => {
  test('agrees with the published values', () => {
    const close = (lab: number[], expected: number[]) => {
      lab.forEach((value, axis) => expect(value).toBeCloseTo(expected[axis]!, 3))
    }
    close(labOfRgb(255, 255, 255), [1, 0, 0])
    close(labOfRgb(0, 0, 0), [0, 0, 0])
    close(labOfRgb(255, 0, 0), [0.628, 0.2249, 0.1258])
    close(labOfRgb(0, 255, 0), [0.8664, -0.2339, 0.1795])
    close(labOfRgb(0, 0, 255), [0.452, -0.0325, -0.3115])
  })

  test('and back gives every colour again', () => {
    fc.assert(
      fc.property(byte, byte, byte, (red, green, blue) => {
        expect(rgbOfLab(...labOfRgb(red, green, blue))).toBe((red << 16) | (green << 8) | blue)
      }),
      { numRuns: 5000 },
    )
  })
})

test('named palettes are well-formed, distinct colours', () => {
  for (const palette of Object.values(namedPalettes)) {
    expect(new Set<string>(palette).size).toBe(palette.length)
    for (const hex of palette) expect(formatHex(parseHex(hex))).toBe(hex)
  }
})

describe('palette', () => {
  test('does not depend on where the pixels lie', () => {
    const image = noisePicture(40, 30, 9)
    const lab = labOfImage(image)
    const all = new Uint8Array(1200).fill(1)
    const turned = new Float64Array(lab.length)
    for (let i = 0; i < 1200; i++) turned.set(lab.subarray(i * 3, i * 3 + 3), (1199 - i) * 3)
    expect(extractPalette(turned, all, 12)).toEqual(extractPalette(lab, all, 12))
  })

  test('has at most as many colours as asked', () => {
    const lab = labOfImage(noisePicture(30, 30, 4))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), (count) => {
        expect(extractPalette(lab, new Uint8Array(900).fill(1), count)).toHaveLength(count)
      }),
    )
  })

  test('looks at the inside only', () => {
    const lab = labOfImage(noisePicture(20, 20, 3))
    const inside = new Uint8Array(400)
    inside[17] = 1
    const color = rgbOfLab(lab[51]!, lab[52]!, lab[53]!)
    expect(extractPalette(lab, inside, 8)).toEqual([color])
  })

  test('keeps of a given palette what the picture needs most', () => {
    const red = labOfColor(0xf00000)
    const lab = Float64Array.from(Array.from({ length: 30 }, () => red).flat())
    expect(choosePalette(lab, new Uint8Array(30).fill(1), [0x0000ff, 0xff0000, 0x00ff00], 1)).toEqual([0xff0000])
  })
})

describe('dithering', () => {
  const grey = (level: number) => {
    const [lightness] = labOfRgb(level, level, level)
    return Float64Array.from(Array.from({ length: 1024 }, () => [lightness, 0, 0]).flat())
  }
  const all = new Uint8Array(1024).fill(1)
  const share = (indices: Uint8Array) => indices.reduce((sum, index) => sum + index, 0) / indices.length

  test('leaves colours of the palette alone', () => {
    const palette = [0x000000, 0x808080, 0xffffff]
    for (const mode of ditherModes) expect(new Set(quantize(grey(128), all, 32, palette, mode))).toEqual(new Set([1]))
  })

  test('mixes two greys in proportion, plain colouring does not', () => {
    const palette = [0x707070, 0x909090]
    const level = 0x78
    const [low] = labOfColor(0x707070)
    const [high] = labOfColor(0x909090)
    const wanted = (labOfRgb(level, level, level)[0] - low) / (high - low)
    expect(share(quantize(grey(level), all, 32, palette, 'none'))).toBe(0)
    expect(share(quantize(grey(level), all, 32, palette, 'floyd-steinberg'))).toBeCloseTo(wanted, 1)
    expect(share(quantize(grey(level), all, 32, palette, 'ordered'))).toBeCloseTo(wanted, 1)
  })

  test('a ramp of one hue is used by lightness alone, whatever the hue of the photo', () => {
    const palette = namedPalettes['handheld-4'].map((hex) => labOfColor(parseHex(hex)))
    const lab = Float64Array.from([0.2, 0.5, 0.8].flatMap((lightness) => [lightness, 0.1, -0.1]))
    const inside = new Uint8Array(3).fill(1)
    const fitted = fitToPalette(lab, inside, palette)
    const colors = namedPalettes['handheld-4'].map(parseHex)
    expect([...quantize(fitted, inside, 3, colors, 'none')]).toEqual([0, 1, 3])
  })

  test('without it joins a lone pixel to its surroundings, but not one that stands out', () => {
    const palette = [0x606060, 0x707070, 0xffffff]
    const lab = grey(0x60)
    lab.set(labOfRgb(0x70, 0x70, 0x70), 500 * 3)
    lab.set(labOfRgb(255, 255, 255), 700 * 3)
    const indices = quantize(lab, all, 32, palette, 'none')
    expect(indices[500]).toBe(0)
    expect(indices[700]).toBe(2)
  })

  test('nearest colour takes the first of equals', () => {
    expect(nearestColor([labOfColor(0x123456), labOfColor(0x123456)], 0.5, 0, 0)).toBe(0)
  })
})
