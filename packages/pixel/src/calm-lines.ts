import { copyPixels, createImage, type Image, type Rect } from './image.ts'

/**
 * Rows of the body's lower half that differ least from the row below, at most `count`, spread out, calmest first: they can
 * be taken out or doubled unseen, while the face above moves as a whole.
 */
export function calmRows(image: Image, body: Rect, count: number): number[] {
  const from = body.y + Math.floor(body.height * 0.5)
  const to = body.y + Math.floor(body.height * 0.92)
  return calmest(from, to, count, (y) => {
    let cost = 0
    for (let x = body.x; x < body.x + body.width; x++) cost += difference(image, x, y, x, y + 1)
    return cost
  })
}

/** Calm columns in pairs, one of the left third, one of the right: eyes and nose between keep their places. */
export function calmColumns(image: Image, body: Rect, count: number): number[] {
  const third = Math.floor(body.width / 3)
  const cost = (x: number) => {
    let sum = 0
    for (let y = body.y; y < body.y + body.height; y++) sum += difference(image, x, y, x + 1, y)
    return sum
  }
  const right = body.x + body.width - 1
  const lefts = calmest(body.x + 1, body.x + third, count / 2, cost)
  const rights = calmest(right - third, right - 1, count / 2, cost)
  return Array.from({ length: Math.min(lefts.length, rights.length) }, (_, i) => [lefts[i]!, rights[i]!]).flat()
}

/** The body taller by `change` rows (lower where negative) on the same ground; `calm` lists the rows to use, best first. */
export function resampleRows(image: Image, body: Rect, calm: number[], change: number): Image {
  if (change === 0) return image
  const sources = editLines(body.y, body.height, calm, change)
  const top = body.y + body.height - sources.length
  const result = createImage(image.width, image.height)
  sources.forEach((y, i) => copyPixels(image, { x: 0, y, width: image.width, height: 1 }, result, 0, top + i))
  return result
}

/** The picture wider by `change` columns (an even number) about its middle, cut to its old width. */
export function resampleColumns(image: Image, calm: number[], change: number): Image {
  if (change === 0) return image
  const sources = editLines(0, image.width, calm, change)
  const left = -Math.floor((sources.length - image.width) / 2)
  const result = createImage(image.width, image.height)
  const height = image.height
  sources.forEach((x, i) => copyPixels(image, { x, y: 0, width: 1, height }, result, left + i, 0))
  return result
}

/** The line numbers start..start+length-1 with the first |change| calm ones doubled (or left out, if negative). */
function editLines(start: number, length: number, calm: number[], change: number): number[] {
  const edited = calm.slice(0, Math.abs(change))
  const times = change > 0 ? 2 : 0
  return Array.from({ length }, (_, i) => start + i).flatMap((line) =>
    edited.includes(line) ? Array.from({ length: times }, () => line) : [line],
  )
}

/** The calmest line of each of `count` equal bands of from..to-1, calmest first; fewer if there are not so many lines. */
function calmest(from: number, to: number, count: number, cost: (line: number) => number): number[] {
  const bands = Math.min(count, to - from)
  const found: { line: number; cost: number }[] = []
  for (let band = 0; band < bands; band++) {
    const start = from + Math.floor(((to - from) * band) / bands)
    const end = from + Math.floor(((to - from) * (band + 1)) / bands)
    let best = { line: start, cost: cost(start) }
    for (let line = start + 1; line < end; line++) {
      const lineCost = cost(line)
      if (lineCost < best.cost) best = { line, cost: lineCost }
    }
    found.push(best)
  }
  return found.sort((one, other) => one.cost - other.cost || one.line - other.line).map((entry) => entry.line)
}

/** How much two pixels differ: the sum over the channels, alpha included. */
function difference(image: Image, x: number, y: number, otherX: number, otherY: number): number {
  const at = (y * image.width + x) * 4
  const other = (otherY * image.width + otherX) * 4
  let sum = 0
  for (let channel = 0; channel < 4; channel++) {
    sum += Math.abs((image.data[at + channel] ?? 0) - (image.data[other + channel] ?? 0))
  }
  return sum
}
