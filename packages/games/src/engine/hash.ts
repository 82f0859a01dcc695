/** What a simulation's state may be made of. Numbers must be integers that a double holds exactly. */
export type StateValue = number | boolean | readonly StateValue[] | { readonly [key: string]: StateValue }

interface Lanes {
  a: number
  b: number
  count: number
}

/**
 * A 64-bit fingerprint of a state, as 16 hex digits: two lanes of MurmurHash3 (x86, 32 bit) with different seeds over the
 * values in key order. It detects drift between engines; it is no defence against forgery.
 *
 * @throws if a value is not an integer, which would mean that the simulation left exact arithmetic
 */
export function stateHash(state: StateValue | object): string {
  const lanes: Lanes = { a: 0x9747b28c, b: 0x3c6ef372, count: 0 }
  feed(lanes, state as StateValue)
  return hex(finish(lanes.a, lanes.count)) + hex(finish(lanes.b, lanes.count))
}

function feed(lanes: Lanes, value: StateValue): void {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`Simulation state holds ${value}, which is no exact integer`)
    mix(lanes, value | 0)
    mix(lanes, Math.floor(value / 0x1_0000_0000) | 0)
  } else if (typeof value === 'boolean') {
    mix(lanes, value ? 1 : 0)
  } else if (isList(value)) {
    mix(lanes, value.length)
    for (const item of value) feed(lanes, item)
  } else {
    // Sorted by code unit, so that the order in which fields were written does not matter.
    const keys = Object.keys(value).sort()
    mix(lanes, ~keys.length)
    for (const key of keys) feed(lanes, value[key] as StateValue)
  }
}

function isList(value: StateValue): value is readonly StateValue[] {
  return Array.isArray(value)
}

function mix(lanes: Lanes, word: number): void {
  let k = Math.imul(word, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  k = Math.imul(k, 0x1b873593)
  lanes.a = round(lanes.a ^ k)
  lanes.b = round(lanes.b ^ Math.imul(k, 0x85ebca6b))
  lanes.count += 4
}

function round(h: number): number {
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
}

function finish(lane: number, count: number): number {
  let h = lane ^ count
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}
