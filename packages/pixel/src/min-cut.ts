/** The eight neighbours; direction d leads back by 7 - d. */
const stepsX = [-1, 0, 1, -1, 1, -1, 0, 1]
const stepsY = [-1, -1, -1, 0, 0, 1, 1, 1]

const free = 0
const source = 1
const sink = 2
/** In place of a direction to the parent. */
const noParent = -1
const terminal = 8

/**
 * The cheapest cut of a grid in two, after Boykov and Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow
 * Algorithms" (2004): two search trees that are mended, not grown anew, after every path. `pull` above 0 binds a pixel to
 * the source, below 0 to the sink; `ties` holds eight whole numbers a pixel, what it costs to part it from the neighbour in
 * each direction. Whole numbers only, so the cut is the same everywhere. Returns 1 for pixels on the source's side.
 */
export function minCut(width: number, height: number, pull: Int32Array, ties: Int32Array): Uint8Array {
  const count = width * height
  const toTerminal = pull.slice()
  const rest = ties.slice()
  const tree = new Uint8Array(count)
  const parent = new Int8Array(count).fill(noParent)
  /** When a pixel's way to its root was last known to be whole, and how long it was then. */
  const stamp = new Int32Array(count)
  const depth = new Int32Array(count)
  const orphans: number[] = []
  const queue = new Int32Array(count + 1)
  const queued = new Uint8Array(count)
  let head = 0
  let tail = 0
  let now = 0

  const activate = (i: number) => {
    if (queued[i]) return
    queued[i] = 1
    queue[tail] = i
    tail = tail === count ? 0 : tail + 1
  }
  const neighbour = (i: number, direction: number): number => {
    const x = (i % width) + stepsX[direction]!
    const target = i + stepsY[direction]! * width + stepsX[direction]!
    return x < 0 || x >= width || target < 0 || target >= count ? -1 : target
  }
  for (let i = 0; i < count; i++) {
    if (toTerminal[i] === 0) continue
    tree[i] = toTerminal[i]! > 0 ? source : sink
    parent[i] = terminal
    depth[i] = 1
    activate(i)
  }

  /** Grows the trees until they touch; returns where, as [pixel of the source's tree, direction], or null at the end. */
  const growTrees = (): [number, number] | null => {
    while (head !== tail) {
      const i = queue[head]!
      if (tree[i] !== free) {
        for (let direction = 0; direction < 8; direction++) {
          const j = neighbour(i, direction)
          if (j < 0) continue
          const flow = tree[i] === source ? rest[i * 8 + direction]! : rest[j * 8 + 7 - direction]!
          if (flow === 0) continue
          if (tree[j] === free) {
            tree[j] = tree[i]!
            parent[j] = 7 - direction
            stamp[j] = stamp[i]!
            depth[j] = depth[i]! + 1
            activate(j)
          } else if (tree[j] !== tree[i]) {
            return tree[i] === source ? [i, direction] : [j, 7 - direction]
          } else if (stamp[j]! <= stamp[i]! && depth[j]! > depth[i]! + 1 && parent[j] !== terminal) {
            parent[j] = 7 - direction
            stamp[j] = stamp[i]!
            depth[j] = depth[i]! + 1
          }
        }
      }
      queued[i] = 0
      head = head === count ? 0 : head + 1
    }
    return null
  }

  /** Visits the links from a pixel up to its root: `visit(arc)` by index into `rest`, flow's direction. */
  const augment = ([from, direction]: [number, number]) => {
    const to = neighbour(from, direction)
    let most = rest[from * 8 + direction]!
    let root = from
    for (; parent[root] !== terminal; root = neighbour(root, parent[root]!)) {
      most = Math.min(most, rest[neighbour(root, parent[root]!) * 8 + 7 - parent[root]!]!)
    }
    most = Math.min(most, toTerminal[root]!)
    root = to
    for (; parent[root] !== terminal; root = neighbour(root, parent[root]!)) {
      most = Math.min(most, rest[root * 8 + parent[root]!]!)
    }
    most = Math.min(most, -toTerminal[root]!)

    rest[from * 8 + direction]! -= most
    rest[to * 8 + 7 - direction]! += most
    for (let i = from; ;) {
      const up = parent[i]!
      if (up === terminal) {
        toTerminal[i]! -= most
        if (toTerminal[i] === 0) orphan(i)
        break
      }
      const above = neighbour(i, up)
      rest[i * 8 + up]! += most
      if ((rest[above * 8 + 7 - up]! -= most) === 0) orphan(i)
      i = above
    }
    for (let i = to; ;) {
      const up = parent[i]!
      if (up === terminal) {
        toTerminal[i]! += most
        if (toTerminal[i] === 0) orphan(i)
        break
      }
      const above = neighbour(i, up)
      rest[above * 8 + 7 - up]! += most
      if ((rest[i * 8 + up]! -= most) === 0) orphan(i)
      i = above
    }
  }
  const orphan = (i: number) => {
    parent[i] = noParent
    orphans.push(i)
  }

  /** How far a pixel is from its root, or -1 if its way up is broken. Remembers what it found for this round. */
  const originOf = (start: number): number => {
    let length = 0
    let i = start
    for (;;) {
      if (stamp[i] === now) {
        length += depth[i]!
        break
      }
      if (parent[i] === noParent) return -1
      length++
      if (parent[i] === terminal) {
        stamp[i] = now
        depth[i] = 1
        break
      }
      i = neighbour(i, parent[i]!)
    }
    let left = length
    for (i = start; stamp[i] !== now; i = neighbour(i, parent[i]!)) {
      stamp[i] = now
      depth[i] = left--
    }
    return length
  }

  const adopt = (i: number) => {
    let best = noParent
    let least = Infinity
    for (let direction = 0; direction < 8; direction++) {
      const j = neighbour(i, direction)
      if (j < 0 || tree[j] !== tree[i]) continue
      const flow = tree[i] === source ? rest[j * 8 + 7 - direction]! : rest[i * 8 + direction]!
      if (flow === 0) continue
      const origin = originOf(j)
      if (origin < 0 || origin >= least) continue
      least = origin
      best = direction
    }
    if (best !== noParent) {
      parent[i] = best
      stamp[i] = now
      depth[i] = least + 1
      return
    }
    for (let direction = 0; direction < 8; direction++) {
      const j = neighbour(i, direction)
      if (j < 0 || tree[j] !== tree[i]) continue
      const flow = tree[i] === source ? rest[j * 8 + 7 - direction]! : rest[i * 8 + direction]!
      if (flow > 0) activate(j)
      if (parent[j] === 7 - direction) orphan(j)
    }
    tree[i] = free
  }

  for (let path = growTrees(); path; path = growTrees()) {
    now++
    augment(path)
    for (let i = orphans.pop(); i !== undefined; i = orphans.pop()) adopt(i)
  }
  return tree.map((side) => (side === source ? 1 : 0))
}
