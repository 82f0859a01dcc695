import type { Lab } from './oklab.ts'

/**
 * Makes up for what shrinking takes away: fur and eyes blur to one tone. Spreads lightness over most of the range,
 * lifts local contrast and deepens colour a little. `lab` holds three numbers a pixel; only pixels of `inside` count.
 */
export function enhance(lab: Float64Array, inside: Uint8Array, width: number): Float64Array {
  const enhanced = new Float64Array(lab)
  const range = lightnessRange(lab, inside)
  // Never stretched by more than half: a black cat on a grey day stays a black cat.
  const gain = Math.min(1.5, Math.max(1, 0.76 / Math.max(0.01, range.high - range.low)))
  const middle = (range.low + range.high) / 2
  const target = Math.min(0.94 - (gain * (range.high - range.low)) / 2, Math.max(middle, 0.2))
  for (let i = 0; i < inside.length; i++) {
    if (!inside[i]) continue
    const lightness = lab[i * 3]!
    const crisp = lightness + localContrast * (lightness - meanAround(lab, inside, width, i))
    enhanced[i * 3] = Math.min(1, Math.max(0, target + gain * (crisp - middle)))
    enhanced[i * 3 + 1] = lab[i * 3 + 1]! * colorGain
    enhanced[i * 3 + 2] = lab[i * 3 + 2]! * colorGain
  }
  return enhanced
}

/**
 * Brings a picture to a given palette (dark to light), whatever the photo's light. For a ramp of one hue (greys, four
 * greens) lightness is stretched over all of it and the picture takes its hue, so that lightness alone decides; of a
 * palette with many hues it goes half the way to the ends, which are seldom colours of fur.
 */
export function fitToPalette(lab: Float64Array, inside: Uint8Array, palette: Lab[]): Float64Array {
  const fitted = new Float64Array(lab)
  const range = lightnessRange(lab, inside)
  const ramp = isRamp(palette)
  const darkest = palette[0]![0]
  const lightest = palette[palette.length - 1]![0]
  const low = ramp ? darkest : Math.max(darkest, (darkest + range.low) / 2)
  const high = ramp ? lightest : Math.min(lightest, (lightest + range.high) / 2)
  const gain = (high - low) / Math.max(0.05, range.high - range.low)
  for (let i = 0; i < inside.length; i++) {
    const lightness = Math.min(lightest, Math.max(darkest, low + gain * (lab[i * 3]! - range.low)))
    fitted.set(ramp ? alongRamp(palette, lightness) : [lightness], i * 3)
  }
  return fitted
}

/** Whether all colours are of one hue, or grey: no chroma aside of their common direction. */
function isRamp(palette: Lab[]): boolean {
  const a = palette.reduce((sum, lab) => sum + lab[1], 0)
  const b = palette.reduce((sum, lab) => sum + lab[2], 0)
  const length = Math.max(0.001, Math.sqrt(a * a + b * b))
  return palette.every((lab) => {
    const along = (lab[1] * a + lab[2] * b) / length
    const aside = (lab[1] * b - lab[2] * a) / length
    return along > -0.02 && Math.abs(aside) < 0.03
  })
}

/** The colour of this lightness between the two steps of the ramp beside it. */
function alongRamp(palette: Lab[], lightness: number): Lab {
  let step = 0
  while (step + 2 < palette.length && palette[step + 1]![0] < lightness) step++
  const from = palette[step]!
  const to = palette[step + 1] ?? from
  const share = to[0] > from[0] ? (lightness - from[0]) / (to[0] - from[0]) : 0
  return [lightness, from[1] + share * (to[1] - from[1]), from[2] + share * (to[2] - from[2])]
}

const localContrast = 0.45
const colorGain = 1.18

/** The lightness that 2 % of the inside pixels fall below, and the one that 2 % exceed. */
function lightnessRange(lab: Float64Array, inside: Uint8Array): { low: number; high: number } {
  const sorted = Float64Array.from(
    Array.from(inside.keys()).filter((i) => inside[i]),
    (i) => lab[i * 3]!,
  ).sort()
  const skipped = Math.floor(sorted.length / 50)
  return { low: sorted[skipped] ?? 0, high: sorted[sorted.length - 1 - skipped] ?? 1 }
}

function meanAround(lab: Float64Array, inside: Uint8Array, width: number, index: number): number {
  const x = index % width
  const height = inside.length / width
  const y = (index - x) / width
  let sum = 0
  let count = 0
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      if (!inside[ny * width + nx]) continue
      sum += lab[(ny * width + nx) * 3]!
      count++
    }
  }
  return sum / count
}
