import { createBitmap, type Bitmap } from './bitmap.ts'
import { pixelArea } from './crop.ts'
import { dropSpecks } from './edge.ts'
import { groupColors, leadsOf } from './color-model.ts'
import type { Image, Rect } from './image.ts'
import { minCut } from './min-cut.ts'
import { labOfImage } from './oklab.ts'
import { chromaWeight } from './palette.ts'
import type { Area } from './recipe.ts'
import { resizeArea } from './resize.ts'

/** Longest edge of the grid that is cut; a sprite has fewer pixels than that. */
const gridEdge = 160
const rounds = 4
/** Colours are told apart by so many groups. */
const groups = 32

/**
 * What stands out from the surroundings of a box, after Rother, Kolmogorov and Blake, "GrabCut" (2004): it is
 * learned which colours are inside and outside, the picture is cut where that costs least, and both are done again with
 * the result. Works on a small grid; the edge is then drawn finer from the photo.
 */
export function guessCutOut(image: Image, box: Area): Bitmap {
  const scale = Math.min(1, gridEdge / Math.max(image.width, image.height))
  const width = Math.max(1, Math.floor(image.width * scale + 0.5))
  const height = Math.max(1, Math.floor(image.height * scale + 0.5))
  const small = scale < 1 ? resizeArea(image, width, height) : image
  const grid: Grid = { width, height, samples: weighChroma(labOfImage(small)), image: small }
  const inside = readBox(grid, pixelArea(box, width, height))
  const ties = tieNeighbours(grid)
  const opaque = Array.from({ length: width * height }, (_, i) => i).filter((i) => small.data[i * 4 + 3]! >= 128)
  const groupOf = groupColors(grid.samples, opaque, groups)
  let leads = leadsOf(groupOf, groups, inside.core, inside.rim)
  let kept: Uint8Array = inside.core
  for (let round = 0; round < rounds; round++) {
    kept = minCut(width, height, pullOf(groupOf, inside.possible, leads), ties)
    leads = leadsOf(groupOf, groups, kept, Uint8Array.from(kept, (on) => 1 - on)) // prettier-ignore
  }
  const clean = dropSpecks(
    { width, height, data: Uint8Array.from(kept, (on) => (on ? 255 : 0)) },
    (width * height) / 60,
  )
  return scale < 1 ? drawFiner(image, grid, clean) : clean
}

type Grid = { width: number; height: number; samples: Float64Array; image: Image }

function weighChroma(lab: Float64Array): Float64Array {
  for (let i = 0; i < lab.length; i++) if (i % 3 !== 0) lab[i]! *= chromaWeight
  return lab
}

/**
 * Where the pet can be at all, the core where it is taken to be at first (an ellipse, wider at its foot, where pets sit),
 * and the rim, which is taken for its surroundings: all outside the box, and a narrow band inside.
 */
function readBox({ width, height, image }: Grid, box: Rect) {
  const possible = new Uint8Array(width * height)
  const core = new Uint8Array(width * height)
  const rim = new Uint8Array(width * height).fill(1)
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const i = y * width + x
      const across = (2 * (x + 0.5 - box.x)) / box.width - 1
      const down = (2 * (y + 0.5 - box.y)) / box.height - 1
      rim[i] = Math.max(Math.abs(across), Math.abs(down)) > 0.9 ? 1 : 0
      if (image.data[i * 4 + 3]! < 128) continue
      possible[i] = 1
      core[i] = across * across + down * down * (down > 0 ? 0.6 : 1) < 0.45 ? 1 : 0
    }
  }
  return { possible, core, rim }
}

/** One unit of cost in the cut's whole numbers. */
const costUnit = 100
const certain = 100_000

function pullOf(groupOf: Uint8Array, possible: Uint8Array, leads: Float64Array): Int32Array {
  const pull = new Int32Array(possible.length)
  for (let i = 0; i < pull.length; i++) pull[i] = possible[i] ? Math.trunc(leads[groupOf[i]!]! * costUnit) : -certain
  return pull
}

const smoothness = 25
const diagonalLength = Math.sqrt(2)

/** Neighbours of like colour hold together; how unlike counts as an edge is measured by the picture's own contrast. */
function tieNeighbours({ width, height, samples }: Grid): Int32Array {
  const distances = new Float64Array(width * height * 8)
  let sum = 0
  let count = 0
  for (let i = 0; i < width * height; i++) {
    const x = i % width
    for (let direction = 0; direction < 8; direction++) {
      const dx = [-1, 0, 1, -1, 1, -1, 0, 1][direction]!
      const j = i + [-1, -1, -1, 0, 0, 1, 1, 1][direction]! * width + dx
      if (x + dx < 0 || x + dx >= width || j < 0 || j >= width * height) {
        distances[i * 8 + direction] = -1
        continue
      }
      let distance = 0
      for (let axis = 0; axis < 3; axis++) {
        const off = samples[i * 3 + axis]! - samples[j * 3 + axis]!
        distance += off * off
      }
      distances[i * 8 + direction] = distance
      sum += distance
      count++
    }
  }
  const mean = Math.max(1e-6, sum / Math.max(1, count))
  const ties = new Int32Array(distances.length)
  for (let k = 0; k < ties.length; k++) {
    const distance = distances[k]!
    if (distance < 0) continue
    const diagonal = k % 8 === 0 || k % 8 === 2 || k % 8 === 5 || k % 8 === 7
    const contrast = distance / (2 * mean)
    // 1 / (1 + c + c * c / 2) in place of GrabCut's exp(-c), which engines compute differently.
    const tie = (smoothness * costUnit) / (1 + contrast + (contrast * contrast) / 2) / (diagonal ? diagonalLength : 1)
    ties[k] = Math.floor(tie / 10 + 0.5)
  }
  return ties
}

/**
 * The grid's cut drawn on the photo's own pixels. Far from the edge it is what the cell says; near it, each pixel is placed
 * between the mean colours that pet and surroundings have in the cells around, as far as these differ.
 */
function drawFiner(image: Image, grid: Grid, cut: Bitmap): Bitmap {
  const fine = createBitmap(image.width, image.height)
  const sides = meansBySide(grid, cut)
  for (let y = 0; y < image.height; y++) {
    const cellY = Math.floor((y * grid.height) / image.height)
    for (let x = 0; x < image.width; x++) {
      const cell = cellY * grid.width + Math.floor((x * grid.width) / image.width)
      const side = sides[cell]
      const i = y * image.width + x
      if (side === null || side === undefined) fine.data[i] = cut.data[cell]!
      else fine.data[i] = side.shareOf(image.data[i * 4]!, image.data[i * 4 + 1]!, image.data[i * 4 + 2]!)
    }
  }
  return fine
}

type Sides = { shareOf: (red: number, green: number, blue: number) => number }

/** For each cell near the edge, how to tell pet from surroundings by colour; null for the others. */
function meansBySide({ width, height, image }: Grid, cut: Bitmap): (Sides | null)[] {
  return Array.from({ length: width * height }, (_, cell) => {
    const cx = cell % width
    const cy = (cell - cx) / width
    const on = [0, 0, 0, 0]
    const off = [0, 0, 0, 0]
    let nearEdge = false
    for (let y = Math.max(0, cy - 2); y <= Math.min(height - 1, cy + 2); y++) {
      for (let x = Math.max(0, cx - 2); x <= Math.min(width - 1, cx + 2); x++) {
        const i = y * width + x
        if (cut.data[i] !== cut.data[cell] && Math.abs(x - cx) <= 1 && Math.abs(y - cy) <= 1) nearEdge = true
        const side = cut.data[i] ? on : off
        for (let channel = 0; channel < 3; channel++) side[channel]! += image.data[i * 4 + channel]!
        side[3]!++
      }
    }
    if (!nearEdge) return null
    const [r0, g0, b0] = off.map((sum) => sum / off[3]!) as [number, number, number]
    const [r1, g1, b1] = on.map((sum) => sum / on[3]!) as [number, number, number]
    const [dr, dg, db] = [r1 - r0, g1 - g0, b1 - b0]
    const length = dr * dr + dg * dg + db * db
    if (length < leastContrast) return null
    return {
      shareOf: (red, green, blue) => {
        const share = ((red - r0) * dr + (green - g0) * dg + (blue - b0) * db) / length
        // Twice as steep about the middle: a fringe of half tones is fur, a wide veil is not.
        return Math.floor(Math.min(1, Math.max(0, 2 * share - 0.5)) * 255 + 0.5)
      },
    }
  })
}

/** Squared distance of two mean colours, in bytes, below which colour says nothing about the side. */
const leastContrast = 30 * 30
