import type { Image } from './image.ts'
import { byteOfLinear, linearOfByte } from './srgb.ts'

/** OKLab: lightness 0..1, then green-red and blue-yellow, about -0.4..0.4 each. */
export type Lab = [lightness: number, a: number, b: number]

/**
 * Cube root for 0 and more, by Newton's iteration from a straight-line guess. `Math.cbrt` differs between engines; this
 * uses only operations that IEEE 754 fixes to the last bit.
 */
export function cubeRoot(value: number): number {
  if (value <= 0) return 0
  let reduced = value
  let scale = 1
  while (reduced < 0.125) {
    reduced *= 8
    scale /= 2
  }
  while (reduced >= 1) {
    reduced /= 8
    scale *= 2
  }
  let root = 0.43 + 0.6 * reduced
  for (let step = 0; step < 5; step++) root = (2 * root + reduced / (root * root)) / 3
  return root * scale
}

/** sRGB bytes to OKLab, after Björn Ottosson, "A perceptual color space for image processing" (2020). */
export function labOfRgb(red: number, green: number, blue: number): Lab {
  const r = linearOfByte[red]! / 65535
  const g = linearOfByte[green]! / 65535
  const b = linearOfByte[blue]! / 65535
  const l = cubeRoot(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = cubeRoot(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = cubeRoot(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** OKLab to 0xrrggbb; colours that sRGB cannot show are clipped channel by channel. */
export function rgbOfLab(lightness: number, a: number, b: number): number {
  const l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
  const m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
  const s = cube(lightness - 0.0894841775 * a - 1.291485548 * b)
  const red = byteOf(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = byteOf(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = byteOf(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return (red << 16) | (green << 8) | blue
}

/** The picture's colours, three numbers (L, a, b) a pixel in a flat array; alpha is left out. */
export function labOfImage(image: Image): Float64Array {
  const lab = new Float64Array(image.width * image.height * 3)
  for (let i = 0; i < image.width * image.height; i++) {
    lab.set(labOfRgb(image.data[i * 4]!, image.data[i * 4 + 1]!, image.data[i * 4 + 2]!), i * 3)
  }
  return lab
}

/** '#rrggbb' as 0xrrggbb. */
export function parseHex(hex: string): number {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`not a #rrggbb colour: ${hex}`)
  return Number.parseInt(hex.slice(1), 16)
}

/** 0xrrggbb as '#rrggbb'. */
export function formatHex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`
}

/** OKLab of 0xrrggbb. */
export function labOfColor(rgb: number): Lab {
  return labOfRgb(rgb >> 16, (rgb >> 8) & 255, rgb & 255)
}

function cube(value: number): number {
  return value * value * value
}

function byteOf(linear: number): number {
  return byteOfLinear[Math.floor(Math.min(1, Math.max(0, linear)) * 65535 + 0.5)]!
}
