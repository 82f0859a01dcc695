import {
  cloud,
  crescent,
  disc,
  hills,
  mountain,
  noise,
  pine,
  skyBands,
  speckle,
  type Brush,
} from '../render/landscape.ts'
import { paintArt } from '../render/art.ts'
import type { Theme } from '../themes.ts'
import { drawCabin, drawPalm, props, type Prop } from './props.ts'

/** Paints what does not move. `ground` is the row on which the pet stands. */
export type PaintScene = (brush: Brush, size: { width: number; height: number }, ground: number) => void

/** Rows of sea between the horizon and the beach. */
const SEA = 48

const gardenSky: PaintScene = (brush, { width }, ground) => {
  skyBands(brush, ['#6fc3ee', '#86d0f1', '#9edcf3', '#b8e7f3', '#d3f0ee', '#ecf6e2'], 0, ground - 20, width)
  disc(brush, width - 34, 62, 15, '#fff3b8')
  disc(brush, width - 34, 62, 12, '#ffe272')
}

const gardenLand: PaintScene = (brush, { width }, ground) => {
  hills(brush, width, { base: ground - 26, height: 44, length: 230, shift: 40 }, ground, '#a4d8a8', '#bde6b4')
  hills(brush, width, { base: ground - 12, height: 30, length: 150, shift: 300 }, ground, '#7cc47e', '#98d68c')
  for (let x = 6; x < width; x += 46) {
    const cx = x + Math.floor(noise(x, 1) * 26)
    const r = 8 + Math.floor(noise(x, 2) * 6)
    brush.fillStyle = '#8a5a3b'
    brush.fillRect(cx - 1, ground - 14, 3, 12)
    disc(brush, cx, ground - 16 - r, r, '#3f9455')
    disc(brush, cx - 2, ground - 18 - r, r - 3, '#5bb262')
    disc(brush, cx - 4, ground - 20 - r, Math.max(2, r - 7), '#80cb72')
  }
  for (let x = 0; x < width; x += 9) {
    brush.fillStyle = '#d9e6e6'
    brush.fillRect(x, ground - 11, 9, 2)
    brush.fillRect(x, ground - 5, 9, 2)
    brush.fillStyle = '#fbfdf8'
    brush.fillRect(x + 2, ground - 15, 5, 15)
    brush.fillRect(x + 3, ground - 16, 3, 1)
    brush.fillStyle = '#c3d4d8'
    brush.fillRect(x + 6, ground - 14, 1, 14)
  }
}

const gardenGround: PaintScene = (brush, { width, height }, ground) => {
  layGround(brush, width, height, ground, ['#8ed65f', '#63b552', '#4b9c4d', '#8b5e3c', '#6f472f'])
  bury(brush, width, height, ground, [props.oldBone, props.stone, props.stone, props.root], 23)
  scatter(brush, width, ground, [props.daisy, props.tulip, props.tuft, props.bluebell, props.tuft], 17)
}

const seasideSky: PaintScene = (brush, { width }, ground) => {
  const horizon = ground - SEA
  skyBands(brush, ['#4fb4ea', '#6cc5ef', '#8ed5f1', '#b4e4ee', '#dcefdc', '#fff0c9'], 0, horizon, width)
  disc(brush, 36, 66, 15, '#fff6cf')
  disc(brush, 36, 66, 12, '#ffe57f')
  skyBands(brush, ['#2f8fcf', '#369fd8', '#45b4dc', '#62c9da', '#8fdcd6'], horizon, ground - 8, width)
  speckle(brush, { x: 0, y: horizon + 3, width, height: 34 }, Math.floor(width / 3), ['#aee9f0', '#5fc1e6'], 31)
}

const seasideLand: PaintScene = (brush, { width }, ground) => {
  const horizon = ground - SEA
  hills(brush, width, { base: horizon + 2, height: 18, length: 260, shift: 90 }, horizon, '#8fc3bd', '#a7d4c6')
  brush.drawImage(paintArt(props.boat.rows, props.boat.palette), Math.floor(width * 0.68), horizon - 15)
  brush.fillStyle = '#eafaf3'
  for (let x = 0; x < width; x += 1) {
    const foam = Math.round(Math.sin(x / 11) * 1.6 + Math.sin(x / 5) * 0.8)
    brush.fillRect(x, ground - 11 + foam, 1, 3)
  }
  brush.fillStyle = '#e8c98a'
  for (let x = 0; x < width; x += 1) brush.fillRect(x, ground - 8 + Math.round(Math.sin(x / 11) * 1.6), 1, 10)
  drawPalm(brush, 12, ground + 1)
  drawPalm(brush, width - 16, ground + 2)
}

const seasideGround: PaintScene = (brush, { width, height }, ground) => {
  layGround(brush, width, height, ground, ['#fae3ab', '#f2d394', '#e8c283', '#dcb075', '#cb9a63'])
  bury(brush, width, height, ground, [props.fossil, props.stone, props.chest, props.stone], 24)
  scatter(brush, width, ground, [props.shell, props.starfish, props.pebble, props.pebble], 29)
}

const snowSky: PaintScene = (brush, { width }, ground) => {
  skyBands(brush, ['#34437f', '#45549a', '#6470b4', '#8d8fca', '#bba9d6', '#e8c3d4', '#fbdcd2'], 0, ground - 24, width)
  crescent(brush, width - 36, 60, 11, '#fff4dd')
  speckle(brush, { x: 0, y: 0, width, height: ground * 0.45 }, Math.floor(width / 6), ['#dfe6ff', '#aab4e8'], 5)
}

const snowLand: PaintScene = (brush, { width }, ground) => {
  for (let x = -20; x < width + 40; x += 58) {
    const peak = ground - 74 - Math.floor(noise(x + 99, 3) * 34)
    mountain(brush, x + Math.floor(noise(x + 99, 4) * 20), peak, ground, ['#8f9ad0', '#6d77b4', '#f4f3ff'])
  }
  hills(brush, width, { base: ground - 10, height: 26, length: 170, shift: 20 }, ground, '#c8d3f0', '#e4eafb')
  for (let x = 4; x < width; x += 21) {
    const tall = 16 + Math.floor(noise(x, 6) * 18)
    pine(brush, x + Math.floor(noise(x, 5) * 12), ground - 2, tall, ['#2f5f74', '#e9f2ff', '#5a4152'])
  }
  drawCabin(brush, Math.floor(width / 2) + 30, ground)
}

const snowGround: PaintScene = (brush, { width, height }, ground) => {
  layGround(brush, width, height, ground, ['#ffffff', '#eaf1fd', '#d5e1f7', '#bccdee', '#a7b9e2'])
  bury(brush, width, height, ground, [props.ice, props.ice, props.frozenFish], 25)
  scatter(brush, width, ground, [props.drift, props.twig, props.drift], 37)
}

const spaceSky: PaintScene = (brush, { width }, ground) => {
  skyBands(brush, ['#120c2b', '#191036', '#221544', '#2d1b55', '#3b2367', '#4d2d79', '#63398a'], 0, ground, width)
  for (let i = 0; i < 9; i += 1) {
    const x = noise(i, 50) * width
    const y = ground * (0.25 + noise(i, 51) * 0.35)
    for (let dot = 0; dot < 40; dot += 1) {
      brush.fillStyle = dot % 3 === 0 ? '#7a4499' : '#4a2f80'
      const reach = 22 * noise(dot, 60 + i)
      brush.fillRect(x + Math.cos(dot) * reach * 1.6, y + Math.sin(dot) * reach * 0.7, 2, 1)
    }
  }
  speckle(
    brush,
    { x: 0, y: 0, width, height: ground - 20 },
    Math.floor(width * 0.7),
    ['#fff7e0', '#b6a8f0', '#8f7fd4'],
    8,
  )
  drawPlanet(brush, Math.floor(width * 0.74), stagePlanetY(ground))
  disc(brush, Math.floor(width * 0.17), Math.floor(ground * 0.55), 7, '#e07a9a')
  disc(brush, Math.floor(width * 0.17) - 2, Math.floor(ground * 0.55) - 2, 4, '#f5a3b5')
}

const spaceLand: PaintScene = (brush, { width }, ground) => {
  hills(brush, width, { base: ground - 8, height: 34, length: 190, shift: 70 }, ground, '#4e4382', '#6a5ca3')
  hills(brush, width, { base: ground + 2, height: 22, length: 120, shift: 10 }, ground, '#6a609f', '#8a80bd')
}

const spaceGround: PaintScene = (brush, { width, height }, ground) => {
  layGround(brush, width, height, ground, ['#c9c2ea', '#a39bd0', '#8b82bd', '#736aa6', '#5d548f'])
  bury(brush, width, height, ground, [props.gem, props.hole, props.hole, props.ufo], 26)
  scatter(brush, width, ground, [props.crater, props.crystal, props.crater, props.flag], 41)
}

function stagePlanetY(ground: number): number {
  return Math.max(60, Math.floor(ground * 0.32))
}

function drawPlanet(brush: Brush, x: number, y: number): void {
  disc(brush, x, y, 19, '#d9794f')
  disc(brush, x - 3, y - 3, 15, '#f09a5c')
  brush.fillStyle = '#ffbe7a'
  brush.fillRect(x - 16, y - 6, 22, 2)
  brush.fillRect(x - 17, y + 3, 27, 2)
  brush.fillStyle = '#c4633f'
  brush.fillRect(x - 10, y + 9, 24, 2)
  for (let step = -30; step <= 30; step += 1) {
    const bow = Math.round(Math.sqrt(Math.max(0, 1 - (step * step) / 900)) * 5)
    const tilt = Math.round(step * -0.22)
    brush.fillStyle = Math.abs(step) % 2 === 0 ? '#ffe9b0' : '#d9b87c'
    brush.fillRect(x + step, y + tilt + bow, 1, 2)
    if (Math.abs(step) > 20) brush.fillRect(x + step, y + tilt - bow, 1, 1)
  }
}

/** A lit edge, three layers going down, and scattered stones. */
function layGround(brush: Brush, width: number, height: number, ground: number, colors: readonly string[]): void {
  const [edge = '', top = '', body = '', deep = '', deepest = ''] = colors
  const wavy = (x: number, salt: number) => Math.floor(noise(Math.floor(x / 3), salt) * 3)
  for (let x = 0; x < width; x += 1) {
    const layers = [
      [edge, 0],
      [top, 3],
      [body, 10 + wavy(x, 70)],
      [deep, 20 + wavy(x, 71)],
      [deepest, 46 + wavy(x, 72)],
    ] as const
    for (const [color, depth] of layers) {
      brush.fillStyle = color
      brush.fillRect(x, ground + depth, 1, Math.max(0, height - ground - depth))
    }
  }
  speckle(brush, { x: 0, y: ground + 5, width, height: 13 }, Math.floor(width / 4), [edge, body], 80)
  const below = { x: 0, y: ground + 26, width, height: Math.max(0, height - ground - 26) }
  speckle(brush, below, Math.floor((width * below.height) / 90), [deepest, body], 81)
}

/** Finds in the earth, where a tall screen shows much of it. */
function bury(brush: Brush, width: number, height: number, ground: number, list: readonly Prop[], salt: number): void {
  for (let y = ground + 30, row = 0; y < height - 8; y += 20, row += 1) {
    for (let x = 4 + (row % 2) * 20; x < width; x += 44) {
      const prop = list[Math.floor(noise(x, salt + row) * list.length)]
      if (!prop || noise(x, salt + row + 9) < 0.35) continue
      brush.drawImage(
        paintArt(prop.rows, prop.palette),
        x + Math.floor(noise(x, salt + 1) * 18),
        y + Math.floor(noise(x, row) * 8),
      )
    }
  }
}

function scatter(brush: Brush, width: number, ground: number, list: readonly Prop[], gap: number): void {
  for (let i = 0; i * gap < width; i += 1) {
    const prop = list[Math.floor(noise(i, gap) * list.length)]
    if (!prop) continue
    const x = i * gap + Math.floor(noise(i, gap + 1) * 9)
    const drop = Math.floor(noise(i, gap + 2) * 8)
    brush.drawImage(paintArt(prop.rows, prop.palette), x, ground - prop.rows.length + 5 + drop)
  }
}

/** A world in three parts, back to front, for games in which they move at different speeds. */
export const skyOf: Record<Theme, PaintScene> = {
  garden: gardenSky,
  seaside: seasideSky,
  snow: snowSky,
  space: spaceSky,
}
export const landOf: Record<Theme, PaintScene> = {
  garden: gardenLand,
  seaside: seasideLand,
  snow: snowLand,
  space: spaceLand,
}
export const groundOf: Record<Theme, PaintScene> = {
  garden: gardenGround,
  seaside: seasideGround,
  snow: snowGround,
  space: spaceGround,
}

const whole =
  (theme: Theme): PaintScene =>
  (brush, size, ground) => {
    for (const part of [skyOf, landOf, groundOf]) part[theme](brush, size, ground)
  }

export const sceneOf: Record<Theme, PaintScene> = {
  garden: whole('garden'),
  seaside: whole('seaside'),
  snow: whole('snow'),
  space: whole('space'),
}

/** One cloud of each theme on its own small canvas brush; space has none. */
export function paintCloud(theme: Theme, brush: Brush, size: number): void {
  const tone = {
    garden: ['#ffffff', '#d5ebf5'],
    seaside: ['#ffffff', '#dff0ef'],
    snow: ['#b9b7e0', '#8f8fc6'],
    space: [],
  }[theme]
  const [light, shade] = tone
  if (light !== undefined && shade !== undefined) cloud(brush, 12 * size, 12 * size, size, light, shade)
}
