import { createCanvas, paintArt, type Surface } from '../render/art.ts'
import { cloud, disc, mountain, noise, pine, type Brush } from '../render/landscape.ts'
import type { Stage } from '../render/stage.ts'
import type { Theme } from '../themes.ts'
import { drawPalm, props } from './props.ts'
import { groundOf, paintCloud, skyOf } from './scenes.ts'
import { coverSky } from './scenery.ts'

/** A world that passes by: sky that stands, land in layers that move the slower the further away, ground that runs. */
export interface Parallax {
  resize(stage: Stage): void
  /** @param way how far the ground has moved, in pixels */
  draw(context: CanvasRenderingContext2D, stage: Stage, way: number): void
}

/** All layers repeat after this many pixels, the ground, whose finds are nearer to the eye, after twice as many. */
const PERIOD = 480
const LAYER_HEIGHT = 130

interface Layer {
  /** Share of the ground's speed. */
  pace: number
  paint(brush: Brush, foot: number): void
}

/** @param picture stands in for sky and far land, if the customer gave one */
export function createParallax(
  theme: Theme,
  picture: HTMLImageElement | undefined,
  calm: boolean,
  groundY: number,
): Parallax {
  const layers = layersOf[theme].map(({ pace, paint }) => {
    const strip = createCanvas(PERIOD, LAYER_HEIGHT)
    // Painted three times, a period apart: what sticks out on one side comes in on the other.
    for (const shift of [-PERIOD, 0, PERIOD]) {
      strip.context.setTransform(1, 0, 0, 1, shift, 0)
      paint(strip.context, LAYER_HEIGHT)
    }
    return { pace, canvas: strip.canvas }
  })
  const cloudOf = theme === 'space' ? undefined : highCloud(theme)
  let sky: Surface = createCanvas(1, 1)
  let ground: Surface = createCanvas(1, 1)

  return {
    resize(stage) {
      const level = stage.top + groundY
      sky = createCanvas(stage.width, stage.height)
      skyOf[theme](sky.context, stage, level)
      if (picture) coverSky(sky.context, picture, stage.width, level)
      const margin = 24
      ground = createCanvas(PERIOD * 2, stage.height - level + margin)
      groundOf[theme](ground.context, { width: PERIOD * 2, height: ground.canvas.height }, margin)
    },
    draw(context, stage, way) {
      const level = stage.top + groundY
      context.drawImage(sky.canvas, 0, 0)
      if (!picture && cloudOf) drawHighClouds(context, cloudOf, stage.width, level - LAYER_HEIGHT, calm ? 0 : way)
      for (const { pace, canvas } of picture ? layers.slice(-1) : layers) {
        repeat(context, canvas, calm && pace < 0.5 ? 0 : way * pace, level - LAYER_HEIGHT, stage.width)
      }
      repeat(context, ground.canvas, way, level - 24, stage.width)
    },
  }
}

function highCloud(theme: Theme): HTMLCanvasElement {
  const { canvas, context } = createCanvas(69, 33)
  paintCloud(theme, context, 1.5)
  return canvas
}

/** What fills the much of sky that a tall screen shows above the layers. */
function drawHighClouds(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  width: number,
  bottom: number,
  way: number,
): void {
  const span = width + 80
  for (let i = 0; 50 + i * 44 < bottom; i += 1) {
    const x = span - 70 - ((way * (0.02 + (i % 3) * 0.008) + noise(i, 95) * span) % span)
    context.drawImage(picture, Math.round(x), 50 + i * 44 + Math.round(noise(i, 96) * 16))
  }
}

function repeat(
  context: CanvasRenderingContext2D,
  strip: HTMLCanvasElement,
  way: number,
  y: number,
  width: number,
): void {
  for (let x = -(Math.round(way) % strip.width); x < width; x += strip.width) context.drawImage(strip, x, y)
}

/** A rolling silhouette that meets itself after one period. */
function rolling(
  brush: Brush,
  foot: number,
  base: number,
  height: number,
  waves: number,
  color: string,
  light: string,
) {
  for (let x = 0; x < PERIOD; x += 1) {
    const t = (x / PERIOD) * Math.PI * 2
    const lift = Math.sin(t * waves) * 0.5 + Math.sin(t * (waves * 2 + 1) + 1.3) * 0.3 + Math.sin(t + 4) * 0.3
    const top = Math.round(foot - base - height * (0.5 + lift * 0.5))
    brush.fillStyle = color
    brush.fillRect(x, top, 1, foot - top)
    brush.fillStyle = light
    brush.fillRect(x, top, 1, x % 2 === 0 ? 2 : 1)
  }
}

/** Calls `paint` at uneven distances of about `gap` pixels over one period. */
function along(gap: number, salt: number, paint: (x: number, dice: number) => void): void {
  const count = Math.floor(PERIOD / gap)
  for (let i = 0; i < count; i += 1) {
    paint(Math.floor(i * gap + noise(i, salt) * gap * 0.7), noise(i, salt + 1))
  }
}

function clouds(light: string, shade: string): Layer {
  return {
    pace: 0.05,
    paint: (brush) =>
      along(120, 90, (x, dice) => {
        const { canvas, context } = createCanvas(46, 22)
        cloud(context, 12, 12, 1, light, shade)
        brush.drawImage(canvas, x, Math.round(4 + dice * 40))
      }),
  }
}

function tree(brush: Brush, x: number, foot: number, r: number): void {
  brush.fillStyle = '#8a5a3b'
  brush.fillRect(x - 1, foot - 12, 3, 12)
  disc(brush, x, foot - 12 - r, r, '#3f9455')
  disc(brush, x - 2, foot - 14 - r, r - 3, '#5bb262')
  disc(brush, x - 4, foot - 16 - r, Math.max(2, r - 7), '#80cb72')
}

function fence(brush: Brush, foot: number): void {
  for (let x = 0; x < PERIOD; x += 10) {
    brush.fillStyle = '#d9e6e6'
    brush.fillRect(x, foot - 9, 10, 2)
    brush.fillRect(x, foot - 4, 10, 2)
    brush.fillStyle = '#fbfdf8'
    brush.fillRect(x + 2, foot - 12, 5, 12)
    brush.fillRect(x + 3, foot - 13, 3, 1)
    brush.fillStyle = '#c3d4d8'
    brush.fillRect(x + 6, foot - 11, 1, 11)
  }
}

function boats(brush: Brush, foot: number): void {
  along(160, 41, (x) => brush.drawImage(paintArt(props.boat.rows, props.boat.palette), x, foot - 58))
}

const layersOf: Record<Theme, readonly Layer[]> = {
  garden: [
    clouds('#ffffff', '#d5ebf5'),
    { pace: 0.1, paint: (brush, foot) => rolling(brush, foot, 10, 50, 2, '#a4d8a8', '#bde6b4') },
    { pace: 0.22, paint: (brush, foot) => rolling(brush, foot, 0, 34, 3, '#7cc47e', '#98d68c') },
    { pace: 0.4, paint: (brush, foot) => along(48, 1, (x, dice) => tree(brush, x, foot, 8 + Math.floor(dice * 7))) },
    { pace: 0.65, paint: fence },
  ],
  seaside: [
    clouds('#ffffff', '#dff0ef'),
    { pace: 0.06, paint: (brush, foot) => islands(brush, foot) },
    { pace: 0.18, paint: boats },
    { pace: 0.4, paint: surf },
    { pace: 0.65, paint: (brush, foot) => along(96, 61, (x) => drawPalm(brush, x, foot + 1)) },
  ],
  snow: [
    clouds('#b9b7e0', '#8f8fc6'),
    {
      pace: 0.1,
      paint: (brush, foot) =>
        along(60, 3, (x, dice) => {
          mountain(brush, x, foot - 70 - Math.floor(dice * 40), foot, ['#8f9ad0', '#6d77b4', '#f4f3ff'])
        }),
    },
    { pace: 0.25, paint: (brush, foot) => rolling(brush, foot, 0, 32, 3, '#c8d3f0', '#e4eafb') },
    {
      pace: 0.5,
      paint: (brush, foot) =>
        along(24, 5, (x, dice) => {
          pine(brush, x, foot, 16 + Math.floor(dice * 20), ['#2f5f74', '#e9f2ff', '#5a4152'])
        }),
    },
  ],
  space: [
    { pace: 0.08, paint: (brush, foot) => rolling(brush, foot, 14, 60, 2, '#4e4382', '#6a5ca3') },
    { pace: 0.25, paint: (brush, foot) => rolling(brush, foot, 0, 38, 3, '#6a609f', '#8a80bd') },
    {
      pace: 0.5,
      paint: (brush, foot) => along(80, 13, (x, dice) => tower(brush, x, foot, 14 + Math.floor(dice * 26))),
    },
  ],
}

function islands(brush: Brush, foot: number): void {
  const horizon = foot - 48
  along(120, 51, (x, dice) => {
    brush.save()
    brush.beginPath()
    brush.rect(-PERIOD, 0, PERIOD * 3, horizon)
    brush.clip()
    disc(brush, x, horizon + 8, 14 + Math.floor(dice * 12), '#8fc3bd')
    disc(brush, x - 3, horizon + 6, 10 + Math.floor(dice * 9), '#a7d4c6')
    brush.restore()
  })
}

function surf(brush: Brush, foot: number): void {
  for (let x = 0; x < PERIOD; x += 1) {
    const t = (x / PERIOD) * Math.PI * 2
    const foam = Math.round(Math.sin(t * 9) * 1.6 + Math.sin(t * 20) * 0.8)
    brush.fillStyle = '#eafaf3'
    brush.fillRect(x, foot - 11 + foam, 1, 3)
    brush.fillStyle = '#e8c98a'
    brush.fillRect(x, foot - 8 + Math.round(Math.sin(t * 9) * 1.6), 1, 10)
  }
}

/** A dome, a mast or a rocket of somebody's moon base. */
function tower(brush: Brush, x: number, foot: number, tall: number): void {
  brush.fillStyle = '#8f86bf'
  brush.fillRect(x, foot - tall, 3, tall)
  brush.fillStyle = '#b9b1de'
  brush.fillRect(x, foot - tall, 1, tall)
  disc(brush, x + 1, foot - tall, 4, '#a79fd0')
  disc(brush, x, foot - tall - 1, 2, '#9df5ee')
  disc(brush, x + 22, foot, 11, '#7d74b0')
  disc(brush, x + 20, foot - 2, 8, '#958cc4')
  brush.fillStyle = '#ffe9a8'
  brush.fillRect(x + 15, foot - 5, 3, 3)
  brush.fillRect(x + 22, foot - 5, 3, 3)
}
