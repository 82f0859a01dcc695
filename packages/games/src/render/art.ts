/** Turns rows of palette letters into a canvas, one pixel a letter; `.` and unknown letters stay clear. */
export function paintArt(rows: readonly string[], palette: Readonly<Record<string, string>>): HTMLCanvasElement {
  const { canvas, context } = createCanvas(Math.max(...rows.map((row) => row.length)), rows.length)
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const color = palette[row[x] ?? '.']
      if (color === undefined) continue
      context.fillStyle = color
      context.fillRect(x, y, 1, 1)
    }
  })
  return canvas
}

export interface Surface {
  canvas: HTMLCanvasElement
  context: CanvasRenderingContext2D
}

/**
 * A canvas for pixel work: never smoothed. One that is `measured`, by reading its pixels, is kept out of the graphics
 * card: to read from there stops everything for up to half a second.
 */
export function createCanvas(width: number, height: number, measured = false): Surface {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  return { canvas, context: contextOf(canvas, measured) }
}

export function contextOf(canvas: HTMLCanvasElement, measured = false): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: measured })
  if (!context) throw new Error('This browser cannot draw on a canvas')
  context.imageSmoothingEnabled = false
  return context
}

/** Adds a one-pixel border around everything opaque, which lifts a sprite off busy scenery. */
export function outlined(source: HTMLCanvasElement, color: string): HTMLCanvasElement {
  const { canvas, context } = createCanvas(source.width + 2, source.height + 2)
  for (const [x, y] of [
    [0, 1],
    [2, 1],
    [1, 0],
    [1, 2],
  ] as const) {
    context.drawImage(source, x, y)
  }
  context.globalCompositeOperation = 'source-in'
  context.fillStyle = color
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.globalCompositeOperation = 'source-over'
  context.drawImage(source, 1, 1)
  return canvas
}
