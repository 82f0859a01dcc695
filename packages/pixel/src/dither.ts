import { labOfColor, type Lab } from './oklab.ts'
import { chromaWeight, nearestColor } from './palette.ts'
import type { DitherMode } from './recipe.ts'
import { thresholds, type Thresholds } from './thresholds.ts'

/**
 * Gives every inside pixel a colour of the palette and returns their indices (outside ones are 0 and mean nothing).
 * `lab` holds three numbers a pixel; the palette is 0xrrggbb and not empty; `strength` is 0..1.
 */
export function quantize(
  lab: Float64Array,
  inside: Uint8Array,
  width: number,
  palette: number[],
  mode: DitherMode,
  strength = 1,
): Uint8Array {
  const labs = palette.map(labOfColor)
  if (mode === 'floyd-steinberg') return diffuseError(lab, inside, width, labs, floydSteinberg, strength)
  if (mode === 'atkinson') return diffuseError(lab, inside, width, labs, atkinson, strength)
  if (mode !== 'none') return orderedDither(lab, inside, width, labs, thresholds[mode], strength)
  const indices = new Uint8Array(inside.length)
  for (let i = 0; i < inside.length; i++) {
    if (inside[i]) indices[i] = nearestColor(labs, lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!)
  }
  return joinStrays(indices, inside, width, labs)
}

/** Strays that stand out more than this in OKLab stay: a glint in the eye is meant. */
const strayDistance = 0.13

/** Gives a pixel that has no neighbour of its colour that of the most alike one, as an artist clears up single pixels. */
function joinStrays(indices: Uint8Array, inside: Uint8Array, width: number, labs: Lab[]): Uint8Array {
  const joined = new Uint8Array(indices)
  const height = inside.length / width
  for (let i = 0; i < inside.length; i++) {
    if (!inside[i]) continue
    const x = i % width
    const y = (i - x) / width
    let target = indices[i]!
    let least = strayDistance
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const at = ny * width + nx
        if (at === i || !inside[at]) continue
        const distance = distanceOf(labs[indices[i]!]!, labs[indices[at]!]!)
        if (distance >= least) continue
        least = distance
        target = indices[at]!
      }
    }
    joined[i] = target
  }
  return joined
}

function distanceOf(one: Lab, other: Lab): number {
  const dl = one[0] - other[0]
  const da = (one[1] - other[1]) * chromaWeight
  const db = (one[2] - other[2]) * chromaWeight
  return Math.sqrt(dl * dl + da * da + db * db)
}

/**
 * Punishes mixing colours far apart, measured by how far apart the palette's neighbours are: they would show as noise, not
 * as a tone between them.
 */
const mixPenalty = 0.15

/**
 * Mixes two palette colours per pixel in a pattern: the nearest, and the partner whose mixture with it comes closest
 * to the wanted colour. Works for any palette, where adding the pattern to the lightness works for even ramps only.
 */
function orderedDither(
  lab: Float64Array,
  inside: Uint8Array,
  width: number,
  labs: Lab[],
  { edge, order }: Thresholds,
  strength: number,
): Uint8Array {
  const indices = new Uint8Array(inside.length)
  const spacing = treeSpacing(labs)
  for (let i = 0; i < inside.length; i++) {
    if (!inside[i]) continue
    const wanted: Lab = [lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!]
    const nearest = nearestColor(labs, ...wanted)
    const { partner, share } = bestPartner(labs, nearest, wanted, spacing)
    const x = i % width
    const y = (i - x) / width
    const threshold = (order[(y % edge) * edge + (x % edge)]! + 0.5) / order.length
    indices[i] = share * strength > threshold ? partner : nearest
  }
  return indices
}

type Mixture = { partner: number; share: number }

function bestPartner(labs: Lab[], nearest: number, wanted: Lab, spacing: number): Mixture {
  const [l, a, b] = labs[nearest]!
  const wl = wanted[0] - l
  const wa = (wanted[1] - a) * chromaWeight
  const wb = (wanted[2] - b) * chromaWeight
  let best = { partner: nearest, share: 0 }
  let least = wl * wl + wa * wa + wb * wb
  for (let i = 0; i < labs.length; i++) {
    const dl = labs[i]![0] - l
    const da = (labs[i]![1] - a) * chromaWeight
    const db = (labs[i]![2] - b) * chromaWeight
    const length = dl * dl + da * da + db * db
    if (length === 0) continue
    const share = Math.min(0.5, Math.max(0, (wl * dl + wa * da + wb * db) / length))
    const el = wl - share * dl
    const ea = wa - share * da
    const eb = wb - share * db
    const noise = mixPenalty * length * (length / spacing) * share * (1 - share)
    const error = el * el + ea * ea + eb * eb + noise
    if (error >= least) continue
    least = error
    best = { partner: i, share }
  }
  return best
}

/** The mean squared step of the shortest tree that joins all colours (Prim's), 1 for a single colour. */
function treeSpacing(labs: Lab[]): number {
  if (labs.length < 2) return 1
  const apart = labs.map((lab) => distanceOf(lab, labs[0]!))
  const open = labs.map((_, i) => i).slice(1)
  let sum = 0
  while (open.length > 0) {
    let next = 0
    for (let i = 1; i < open.length; i++) if (apart[open[i]!]! < apart[open[next]!]!) next = i
    const [joined] = open.splice(next, 1)
    sum += apart[joined!]! * apart[joined!]!
    for (const i of open) apart[i] = Math.min(apart[i]!, distanceOf(labs[i]!, labs[joined!]!))
  }
  return sum / (labs.length - 1)
}

type Kernel = {
  /** How much of the error goes on. */
  passed: number
  shares: readonly (readonly [columnsOn: number, rowsDown: number, share: number])[]
}

/** Floyd and Steinberg (1976). A little of the error is let go, so that flat fur does not crawl with single dots. */
const floydSteinberg: Kernel = {
  passed: 0.8,
  shares: [
    [1, 0, 7 / 16],
    [-1, 1, 3 / 16],
    [0, 1, 5 / 16],
    [1, 1, 1 / 16],
  ],
}

/** Bill Atkinson's, of the first Macintosh: a quarter of the error is let go, which keeps lights and darks clean. */
const atkinson: Kernel = {
  passed: 0.75,
  shares: [
    [1, 0, 1 / 6],
    [2, 0, 1 / 6],
    [-1, 1, 1 / 6],
    [0, 1, 1 / 6],
    [1, 1, 1 / 6],
    [0, 2, 1 / 6],
  ],
}

/** Error diffusion, every second row backwards, within the cut-out only. */
function diffuseError(
  lab: Float64Array,
  inside: Uint8Array,
  width: number,
  labs: Lab[],
  { passed, shares }: Kernel,
  strength: number,
): Uint8Array {
  const indices = new Uint8Array(inside.length)
  const work = new Float64Array(lab)
  const height = inside.length / width
  for (let y = 0; y < height; y++) {
    const step = y % 2 === 0 ? 1 : -1
    for (let n = 0; n < width; n++) {
      const x = step === 1 ? n : width - 1 - n
      const i = y * width + x
      if (!inside[i]) continue
      const chosen = nearestColor(labs, work[i * 3]!, work[i * 3 + 1]!, work[i * 3 + 2]!)
      indices[i] = chosen
      for (const [dx, dy, share] of shares) {
        const nx = x + dx * step
        const at = (y + dy) * width + nx
        if (nx < 0 || nx >= width || y + dy >= height || !inside[at]) continue
        for (let axis = 0; axis < 3; axis++) {
          work[at * 3 + axis]! += (work[i * 3 + axis]! - labs[chosen]![axis]!) * share * (passed * strength)
        }
      }
    }
  }
  return indices
}
