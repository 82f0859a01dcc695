/** The four 32-bit words of xoshiro128**, stored as signed integers so that a state hash sees one form only. */
export type Rng = [number, number, number, number]

/** Seeds the generator by splitmix32, as its authors advise: neighbouring seeds give unrelated sequences. */
export function seedRng(seed: number): Rng {
  let s = seed | 0
  const next = () => {
    s = (s + 0x9e3779b9) | 0
    let z = s
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) | 0
  }
  return [next(), next(), next(), next()]
}

/** The next 32 random bits, 0 to 2^32 - 1 (xoshiro128** 1.1, Blackman and Vigna). */
export function nextUint32(rng: Rng): number {
  const scaled = Math.imul(rng[1], 5)
  const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0
  const t = rng[1] << 9
  rng[2] ^= rng[0]
  rng[3] ^= rng[1]
  rng[1] ^= rng[2]
  rng[0] ^= rng[3]
  rng[2] ^= t
  rng[3] = (rng[3] << 11) | (rng[3] >>> 21)
  return result
}

/** An integer from `min` to `max`, both included. The bias (below 2^-16 for a game's small ranges) is not noticeable. */
export function between(rng: Rng, min: number, max: number): number {
  return min + Math.floor((nextUint32(rng) / 0x1_0000_0000) * (max - min + 1))
}

/** True in `share` of 256 cases. */
export function chance(rng: Rng, share: number): boolean {
  return nextUint32(rng) >>> 24 < share
}
