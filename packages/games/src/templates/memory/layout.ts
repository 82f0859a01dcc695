/** Where cards lie in the field: in simulation and picture alike, so that a tap hits what is seen. */

const AREA = { left: 5, top: 44, width: 170, height: 136 }
const GAP = 3
const MAX_WIDTH = 38
const MAX_HEIGHT = 46

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

export interface Grid {
  columns: number
  rows: number
}

/** The card's rectangle in field pixels. */
export function placeOf({ columns, rows }: Grid, index: number): Place {
  const cellWidth = Math.floor(AREA.width / columns)
  const cellHeight = Math.floor(AREA.height / rows)
  const height = Math.min(MAX_HEIGHT, cellHeight - GAP)
  const width = Math.min(MAX_WIDTH, cellWidth - GAP, Math.floor((height * 9) / 10))
  const stepX = Math.min(cellWidth, width + 8)
  const stepY = Math.min(cellHeight, height + 8)
  const left = AREA.left + Math.floor((AREA.width - stepX * columns) / 2) + Math.floor((stepX - width) / 2)
  const top = AREA.top + Math.floor((AREA.height - stepY * rows) / 2) + Math.floor((stepY - height) / 2)
  const column = index % columns
  const row = Math.floor(index / columns)
  return { x: left + column * stepX, y: top + row * stepY, width, height }
}

/** The place under a point, or -1; the gaps around a card belong to nobody. */
export function placeAt(grid: Grid, x: number, y: number): number {
  const count = grid.columns * grid.rows
  for (let index = 0; index < count; index += 1) {
    const place = placeOf(grid, index)
    const inside = x >= place.x - 1 && x <= place.x + place.width && y >= place.y - 1 && y <= place.y + place.height
    if (inside) return index
  }
  return -1
}
