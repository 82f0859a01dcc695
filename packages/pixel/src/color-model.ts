/** Groups samples of three numbers each by likeness; returns the number of its group for each of `chosen`, else 255. */
export function groupColors(samples: Float64Array, chosen: number[], count: number): Uint8Array {
  const groupOf = new Uint8Array(samples.length / 3).fill(255)
  if (chosen.length === 0) return groupOf
  cluster(samples, chosen, count).forEach((group, number) => {
    for (const i of group) groupOf[i] = number
  })
  return groupOf
}

/**
 * How much likelier each group is among the pixels marked `on` than among those marked `off`, as a natural logarithm. A
 * group that one side lacks counts as if it had one.
 */
export function leadsOf(groupOf: Uint8Array, count: number, on: Uint8Array, off: Uint8Array): Float64Array {
  const ons = new Float64Array(count).fill(1)
  const offs = new Float64Array(count).fill(1)
  let onSum = count
  let offSum = count
  for (let i = 0; i < groupOf.length; i++) {
    const group = groupOf[i]!
    if (group === 255) continue
    if (on[i]) {
      ons[group]!++
      onSum++
    }
    if (off[i]) {
      offs[group]!++
      offSum++
    }
  }
  return ons.map((value, group) => naturalLog(value / onSum) - naturalLog(offs[group]! / offSum))
}

/** Splits at the mean of the widest axis until there are enough groups, then evens them out by k-means. */
function cluster(samples: Float64Array, chosen: number[], count: number): number[][] {
  let groups = [chosen]
  while (groups.length < count) {
    const widths = groups.map((group) => widest(samples, group))
    let worst = 0
    for (let i = 1; i < groups.length; i++) if (widths[i]!.spread > widths[worst]!.spread) worst = i
    const { axis, spread, mean } = widths[worst]!
    if (spread <= 0) break
    const low = groups[worst]!.filter((i) => samples[i * 3 + axis]! < mean)
    const high = groups[worst]!.filter((i) => samples[i * 3 + axis]! >= mean)
    if (low.length === 0 || high.length === 0) break
    groups.splice(worst, 1, low, high)
  }
  for (let round = 0; round < 4; round++) {
    const means = groups.map((group) => meanOf(samples, group))
    const next: number[][] = means.map(() => [])
    for (const i of chosen) next[nearest(samples, means, i)]!.push(i)
    groups = next.filter((group) => group.length > 0)
  }
  return groups
}

function nearest(samples: Float64Array, means: number[][], i: number): number {
  let best = 0
  let least = Infinity
  for (let k = 0; k < means.length; k++) {
    const mean = means[k]!
    const x = samples[i * 3]! - mean[0]!
    const y = samples[i * 3 + 1]! - mean[1]!
    const z = samples[i * 3 + 2]! - mean[2]!
    const distance = x * x + y * y + z * z
    if (distance >= least) continue
    least = distance
    best = k
  }
  return best
}

function meanOf(samples: Float64Array, group: number[]): number[] {
  const sum = [0, 0, 0]
  for (const i of group) for (let axis = 0; axis < 3; axis++) sum[axis]! += samples[i * 3 + axis]!
  return sum.map((value) => value / group.length)
}

function widest(samples: Float64Array, group: number[]): { axis: number; spread: number; mean: number } {
  const mean = meanOf(samples, group)
  const spreads = [0, 0, 0]
  for (const i of group) {
    for (let axis = 0; axis < 3; axis++) {
      const off = samples[i * 3 + axis]! - mean[axis]!
      spreads[axis]! += off * off
    }
  }
  const axis = spreads.indexOf(Math.max(...spreads))
  return { axis, spread: spreads[axis]!, mean: mean[axis]! }
}

/** The natural logarithm of a number above 0, by the series of artanh: engines may differ in the last bit of `Math.log`. */
export function naturalLog(value: number): number {
  let reduced = value
  let halvings = 0
  while (reduced > 1.5) {
    reduced /= 2
    halvings++
  }
  while (reduced < 0.75) {
    reduced *= 2
    halvings--
  }
  return logNearOne(reduced) + halvings * logOfTwo
}

function logNearOne(value: number): number {
  const ratio = (value - 1) / (value + 1)
  const square = ratio * ratio
  let term = ratio
  let sum = 0
  for (let power = 1; power < 24; power += 2) {
    sum += term / power
    term *= square
  }
  return 2 * sum
}

const logOfTwo = -2 * logNearOne(Math.sqrt(0.5))
