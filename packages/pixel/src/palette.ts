import { labOfColor, labOfRgb, rgbOfLab, type Lab } from './oklab.ts'

/** Colours of one kind: their mean place in OKLab (chroma scaled, see `chromaWeight`) and how much they matter. */
type Sample = { point: Lab; weight: number }

/** Eyes, nose and collar are small but coloured: distances along a and b count more than along lightness. */
export const chromaWeight = 2
const refinements = 10

/**
 * The palette that shows the inside pixels best with at most `count` colours, as 0xrrggbb from dark to light: variance-cut
 * (split the worst box at its mean, after Wu 1991) and then k-means, both in OKLab. A picture that has no more colours
 * than that keeps exactly its own.
 */
export function extractPalette(lab: Float64Array, inside: Uint8Array, count: number): number[] {
  const exact = distinctColors(lab, inside, count)
  if (exact) return sortByLightness(exact)
  const samples = collectSamples(lab, inside)
  const centers = refine(samples, splitBoxes(samples, count).map(meanOf))
  const colors = centers.map(([lightness, a, b]) => rgbOfLab(lightness, a / chromaWeight, b / chromaWeight))
  return sortByLightness([...new Set(colors)])
}

/** The `count` colours of a given palette that the inside pixels need most, from dark to light. */
export function choosePalette(lab: Float64Array, inside: Uint8Array, palette: number[], count: number): number[] {
  const distinct = [...new Set(palette)]
  if (distinct.length <= count) return sortByLightness(distinct)
  const labs = distinct.map(labOfColor)
  const uses = distinct.map(() => 0)
  for (let i = 0; i < inside.length; i++) {
    if (inside[i]) uses[nearestColor(labs, lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!)]!++
  }
  const byUse = distinct.map((color, i) => ({ color, uses: uses[i]! }))
  byUse.sort((one, other) => other.uses - one.uses || one.color - other.color)
  return sortByLightness(byUse.slice(0, count).map((entry) => entry.color))
}

/** Index of the palette colour nearest in OKLab; the first of equals. */
export function nearestColor(labs: readonly Lab[], lightness: number, a: number, b: number): number {
  let nearest = 0
  let least = Infinity
  for (let i = 0; i < labs.length; i++) {
    const [otherLightness, otherA, otherB] = labs[i]!
    const dl = otherLightness - lightness
    const da = (otherA - a) * chromaWeight
    const db = (otherB - b) * chromaWeight
    const distance = dl * dl + da * da + db * db
    if (distance >= least) continue
    least = distance
    nearest = i
  }
  return nearest
}

/** From dark to light; colours equally light by their number. */
export function sortByLightness(colors: number[]): number[] {
  return colors
    .map((color) => ({ color, lightness: labOfColor(color)[0] }))
    .sort((one, other) => one.lightness - other.lightness || one.color - other.color)
    .map((entry) => entry.color)
}

/** How many colours the inside pixels have; counting stops above `limit`. */
export function countColors(lab: Float64Array, inside: Uint8Array, limit: number): number {
  return distinctColors(lab, inside, limit)?.length ?? limit + 1
}

function distinctColors(lab: Float64Array, inside: Uint8Array, limit: number): number[] | null {
  const colors = new Set<number>()
  for (let i = 0; i < inside.length; i++) {
    if (inside[i]) colors.add(rgbOfLab(lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!))
    if (colors.size > limit) return null
  }
  return [...colors]
}

/**
 * Pools pixels of nearly the same colour, each pool weighted by the fourth root of its size: a large even coat then leaves
 * colours for the eyes. Sums are whole numbers and pools are ordered by colour, so that the palette does not depend on
 * where pixels lie.
 */
function collectSamples(lab: Float64Array, inside: Uint8Array): Sample[] {
  const pools = new Map<number, { count: number; sum: Lab }>()
  for (let i = 0; i < inside.length; i++) {
    if (!inside[i]) continue
    const color = rgbOfLab(lab[i * 3]!, lab[i * 3 + 1]!, lab[i * 3 + 2]!)
    const pool = pools.get(color & 0xf0f0f0) ?? { count: 0, sum: [0, 0, 0] }
    pools.set(color & 0xf0f0f0, pool)
    pool.count++
    pool.sum[0] += color >> 16
    pool.sum[1] += (color >> 8) & 255
    pool.sum[2] += color & 255
  }
  return [...pools.entries()]
    .sort((one, other) => one[0] - other[0])
    .map(([, { count, sum }]) => {
      const [red, green, blue] = sum
      const [lightness, a, b] = labOfRgb(rounded(red / count), rounded(green / count), rounded(blue / count))
      return { point: [lightness, a * chromaWeight, b * chromaWeight], weight: Math.sqrt(Math.sqrt(count)) }
    })
}

function rounded(value: number): number {
  return Math.floor(value + 0.5)
}

function splitBoxes(samples: Sample[], count: number): Sample[][] {
  const boxes = [samples]
  while (boxes.length < count) {
    const spreads = boxes.map(widestAxis)
    let worst = 0
    for (let i = 1; i < boxes.length; i++) if (spreads[i]!.spread > spreads[worst]!.spread) worst = i
    const { axis, spread } = spreads[worst]!
    if (spread <= 0) break
    const box = boxes[worst]!
    const mean = meanOf(box)[axis]
    const low = box.filter((sample) => sample.point[axis] < mean)
    const high = box.filter((sample) => sample.point[axis] >= mean)
    if (low.length === 0 || high.length === 0) break
    boxes.splice(worst, 1, low, high)
  }
  return boxes
}

function meanOf(box: Sample[]): Lab {
  const sum: Lab = [0, 0, 0]
  let weight = 0
  for (const sample of box) {
    for (const axis of axes) sum[axis] += sample.point[axis] * sample.weight
    weight += sample.weight
  }
  return [sum[0] / weight, sum[1] / weight, sum[2] / weight]
}

/** The axis along which a box is spread most, and its squared error along it. */
function widestAxis(box: Sample[]): { axis: 0 | 1 | 2; spread: number } {
  const mean = meanOf(box)
  const spreads: Lab = [0, 0, 0]
  for (const sample of box) {
    for (const axis of axes) {
      const off = sample.point[axis] - mean[axis]
      spreads[axis] += off * off * sample.weight
    }
  }
  const axis = spreads[1] > spreads[0] ? (spreads[2] > spreads[1] ? 2 : 1) : spreads[2] > spreads[0] ? 2 : 0
  return { axis, spread: box.length > 1 ? spreads[axis] : 0 }
}

/** k-means (Lloyd): every sample joins its nearest centre, every centre moves to the mean of its samples. */
function refine(samples: Sample[], start: Lab[]): Lab[] {
  let centers = start
  for (let round = 0; round < refinements; round++) {
    const groups: Sample[][] = centers.map(() => [])
    for (const sample of samples) groups[closest(centers, sample.point)]!.push(sample)
    centers = groups.map((group, i) => (group.length > 0 ? meanOf(group) : centers[i]!))
  }
  return centers
}

function closest(centers: Lab[], point: Lab): number {
  let nearest = 0
  let least = Infinity
  for (let i = 0; i < centers.length; i++) {
    const [x, y, z] = centers[i]!
    const dx = x - point[0]
    const dy = y - point[1]
    const dz = z - point[2]
    const distance = dx * dx + dy * dy + dz * dz
    if (distance >= least) continue
    least = distance
    nearest = i
  }
  return nearest
}

const axes = [0, 1, 2] as const
