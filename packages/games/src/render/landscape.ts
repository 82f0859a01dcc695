/** Brushes for scenery: all hard-edged, so that everything stays on the pixel grid. */
export type Brush = CanvasRenderingContext2D

/** Repeatable decoration: the same place always gets the same number, 0 to 1, whatever the screen's size. */
export function noise(index: number, salt: number): number {
  let h = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000
}

/** Bands of colour from top to bottom with a row of dithering where two meet. */
export function skyBands(brush: Brush, colors: readonly string[], top: number, bottom: number, width: number): void {
  const height = (bottom - top) / colors.length
  colors.forEach((color, index) => {
    const y = Math.round(top + index * height)
    brush.fillStyle = color
    brush.fillRect(0, y, width, Math.ceil(height) + 1)
    if (index === 0) return
    for (let x = 0; x < width; x += 1) {
      if (x % 2 === 0) brush.fillRect(x, y - 1, 1, 1)
      if (x % 4 === 1) brush.fillRect(x, y - 2, 1, 1)
      if (x % 4 === 3) brush.fillRect(x, y - 3, 1, 1)
    }
  })
}

export function disc(brush: Brush, cx: number, cy: number, radius: number, color: string): void {
  brush.fillStyle = color
  for (let y = -radius; y <= radius; y += 1) {
    const half = Math.floor(Math.sqrt((radius + 0.4) * (radius + 0.4) - y * y))
    brush.fillRect(Math.round(cx) - half, Math.round(cy) + y, half * 2 + 1, 1)
  }
}

/** What a disc shows beside a second one that covers its right part. */
export function crescent(brush: Brush, cx: number, cy: number, radius: number, color: string): void {
  brush.fillStyle = color
  const square = (radius + 0.4) * (radius + 0.4)
  for (let y = -radius; y <= radius; y += 1) {
    const half = Math.sqrt(square - y * y)
    const shade = radius * 0.55 - Math.sqrt(Math.max(0, square * 0.8 - (y + 2) * (y + 2)))
    brush.fillRect(Math.round(cx - half), Math.round(cy) + y, Math.max(1, Math.round(Math.min(half, shade) + half)), 1)
  }
}

/** A rolling silhouette down to `bottom`; `light` draws its rim. */
export function hills(
  brush: Brush,
  width: number,
  shape: { base: number; height: number; length: number; shift: number },
  bottom: number,
  color: string,
  light?: string,
): void {
  for (let x = 0; x < width; x += 1) {
    const t = (x + shape.shift) / shape.length
    const lift = Math.sin(t * 6.28) * 0.6 + Math.sin(t * 14.1 + 1.3) * 0.28 + Math.sin(t * 3.1 + 4) * 0.4
    const top = Math.round(shape.base - shape.height * (0.5 + lift * 0.5))
    brush.fillStyle = color
    brush.fillRect(x, top, 1, bottom - top)
    if (light === undefined) continue
    brush.fillStyle = light
    brush.fillRect(x, top, 1, 1)
    if (x % 2 === 0) brush.fillRect(x, top + 1, 1, 1)
  }
}

/** A peak with snow on its lit side. */
export function mountain(
  brush: Brush,
  peakX: number,
  peakY: number,
  base: number,
  colors: readonly [string, string, string],
): void {
  const [lit, dark, cap] = colors
  for (let y = peakY; y < base; y += 1) {
    const depth = y - peakY
    const half = Math.round(depth * 0.72 + noise(y, peakX) * 2)
    const capped = depth < 15 + ((y * 5) % 4)
    brush.fillStyle = capped ? cap : lit
    brush.fillRect(peakX - half, y, half, 1)
    brush.fillStyle = capped && depth % 3 !== 0 ? lit : dark
    brush.fillRect(peakX, y, half, 1)
  }
}

export function pine(
  brush: Brush,
  x: number,
  foot: number,
  tall: number,
  colors: readonly [string, string, string],
): void {
  const [dark, light, trunk] = colors
  brush.fillStyle = trunk
  brush.fillRect(x - 1, foot - 3, 2, 3)
  for (let y = 0; y < tall; y += 1) {
    const half = 1 + Math.floor((y % 7) * 0.7 + (y / tall) * tall * 0.2)
    brush.fillStyle = dark
    brush.fillRect(x - half, foot - 3 - tall + y, half * 2, 1)
    brush.fillStyle = light
    brush.fillRect(x - half, foot - 3 - tall + y, Math.max(1, Math.floor(half / 2)), 1)
  }
}

export function cloud(brush: Brush, x: number, y: number, size: number, light: string, shade: string): void {
  const puffs = [
    [0, 0, 5],
    [7, -3, 6],
    [15, -1, 5],
    [20, 1, 3],
  ] as const
  for (const [dx, dy, r] of puffs) disc(brush, x + dx * size, y + dy * size + 1, Math.round(r * size), shade)
  for (const [dx, dy, r] of puffs) disc(brush, x + dx * size, y + dy * size - 1, Math.round(r * size) - 1, light)
  brush.clearRect(x - 10 * size, Math.round(y + 4 * size), 44 * size, 14 * size)
}

/** Sprinkles `count` single pixels over a rectangle. */
export function speckle(
  brush: Brush,
  area: { x: number; y: number; width: number; height: number },
  count: number,
  colors: readonly string[],
  salt: number,
): void {
  for (let i = 0; i < count; i += 1) {
    brush.fillStyle = colors[i % colors.length] ?? '#000'
    const wide = noise(i, salt + 3) > 0.6 ? 2 : 1
    brush.fillRect(
      Math.floor(area.x + noise(i, salt) * area.width),
      Math.floor(area.y + noise(i, salt + 1) * area.height),
      wide,
      1,
    )
  }
}
