import { createCanvas, type Surface } from '../render/art.ts'
import { noise } from '../render/landscape.ts'
import type { Stage } from '../render/stage.ts'
import type { Theme } from '../themes.ts'
import { paintCloud, sceneOf } from './scenes.ts'

export interface Scenery {
  /** Repaints the still parts for another screen. */
  resize(stage: Stage): void
  /** @param lean how far the pet stands from the middle, -1 to 1: near things move against it */
  draw(context: CanvasRenderingContext2D, stage: Stage, tick: number, lean: number): void
}

/**
 * The theme's world, or the customer's own picture above the theme's ground.
 *
 * @param groundY row of the field on which the pet stands
 * @param calm stops what drifts by itself
 */
export function createScenery(
  theme: Theme,
  picture: HTMLImageElement | undefined,
  calm: boolean,
  groundY: number,
): Scenery {
  let still: Surface = createCanvas(1, 1)
  const clouds = [1, 1.5].map((size) => {
    const surface = createCanvas(46 * size, 22 * size)
    paintCloud(theme, surface.context, size)
    return surface.canvas
  })

  return {
    resize(stage) {
      still = createCanvas(stage.width, stage.height)
      const ground = stage.top + groundY
      sceneOf[theme](still.context, stage, ground)
      if (picture) coverSky(still.context, picture, stage.width, ground)
    },
    draw(context, stage, tick, lean) {
      const time = calm ? 0 : tick
      const ground = stage.top + groundY
      context.drawImage(still.canvas, 0, 0)
      if (!picture && theme !== 'space') drawClouds(context, clouds, stage, time, lean)
      if (theme === 'snow') drawSnow(context, stage, time, ground)
      else if (theme === 'space') drawTwinkle(context, stage, time, ground)
      else if (theme === 'seaside') drawGlints(context, stage, time, ground)
      else drawButterflies(context, stage, time, ground)
    },
  }
}

/** Fills everything above the ground, as CSS `cover` would, drawn at art size so that it matches the pixels around it. */
export function coverSky(
  context: CanvasRenderingContext2D,
  picture: HTMLImageElement,
  width: number,
  height: number,
): void {
  const factor = Math.max(width / picture.naturalWidth, height / picture.naturalHeight)
  const sourceWidth = width / factor
  const sourceHeight = height / factor
  context.imageSmoothingEnabled = factor < 1
  context.drawImage(
    picture,
    (picture.naturalWidth - sourceWidth) / 2,
    (picture.naturalHeight - sourceHeight) / 2,
    sourceWidth,
    sourceHeight,
    0,
    0,
    width,
    height,
  )
  context.imageSmoothingEnabled = false
}

function drawClouds(
  context: CanvasRenderingContext2D,
  clouds: readonly HTMLCanvasElement[],
  stage: Stage,
  time: number,
  lean: number,
): void {
  for (let i = 0; i < 5; i += 1) {
    const picture = clouds[i % clouds.length]
    if (!picture) continue
    const span = stage.width + 100
    const drift = (time * (0.05 + (i % 2) * 0.04) + noise(i, 90) * span + i * 71) % span
    const y = 40 + noise(i, 91) * (stage.top + 80)
    context.drawImage(picture, Math.round(drift - 60 - lean * (3 + (i % 2) * 3)), Math.round(y))
  }
}

function drawSnow(context: CanvasRenderingContext2D, stage: Stage, time: number, ground: number): void {
  context.fillStyle = '#ffffff'
  const floor = ground + 12
  for (let i = 0; i < stage.width / 4; i += 1) {
    const near = i % 3 === 0
    const y = (noise(i, 1) * floor + time * (near ? 0.5 : 0.28)) % floor
    const x = (noise(i, 2) * stage.width + Math.sin(time / 60 + i) * 6 + stage.width) % stage.width
    context.globalAlpha = near ? 0.9 : 0.55
    context.fillRect(Math.round(x), Math.round(y), near ? 2 : 1, near ? 2 : 1)
  }
  context.globalAlpha = 1
}

function drawTwinkle(context: CanvasRenderingContext2D, stage: Stage, time: number, ground: number): void {
  const sky = ground - 30
  for (let i = 0; i < 16; i += 1) {
    const glow = Math.sin(time / 22 + i * 2.4)
    if (glow < 0.2) continue
    const x = Math.round(noise(i, 11) * stage.width)
    const y = Math.round(noise(i, 12) * sky)
    context.fillStyle = '#fffbe6'
    context.fillRect(x, y, 1, 1)
    if (glow < 0.75) continue
    context.fillRect(x - 1, y, 3, 1)
    context.fillRect(x, y - 1, 1, 3)
  }
}

function drawGlints(context: CanvasRenderingContext2D, stage: Stage, time: number, ground: number): void {
  const horizon = ground - 48
  context.fillStyle = '#f2fdff'
  for (let i = 0; i < stage.width / 9; i += 1) {
    if (Math.sin(time / 18 + i * 1.9) < 0.55) continue
    context.fillRect(Math.round(noise(i, 21) * stage.width), Math.round(horizon + 4 + noise(i, 22) * 30), 3, 1)
  }
}

function drawButterflies(context: CanvasRenderingContext2D, stage: Stage, time: number, ground: number): void {
  for (let i = 0; i < 3; i += 1) {
    const x = Math.round((noise(i, 31) + Math.sin(time / 210 + i * 2) * 0.2) * stage.width)
    const y = Math.round(ground - 30 - noise(i, 32) * 40 + Math.sin(time / 37 + i) * 9)
    const open = Math.floor(time / 8 + i) % 2 === 0
    context.fillStyle = ['#ffffff', '#ffc46b', '#ffa8cf'][i] ?? '#fff'
    context.fillRect(x - (open ? 2 : 1), y - 1, open ? 2 : 1, 2)
    context.fillRect(x + 1, y - 1, open ? 2 : 1, 2)
    context.fillStyle = '#4a3550'
    context.fillRect(x, y - 1, 1, 3)
  }
}
